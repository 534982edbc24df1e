//! What is signed cannot be changed or moved to another line.

use economy::receipt::{Statement, is_signed};
use ed25519_dalek::{Signer, SigningKey};

fn signed(statement: &Statement) -> (String, String) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let signature = key.sign(statement.as_str().as_bytes());
    (
        hex::encode(signature.to_bytes()),
        hex::encode(key.verifying_key().to_bytes()),
    )
}

fn statement() -> Statement {
    Statement::new().fact("receipt", "CC-1").fact("total", 100)
}

#[test]
fn only_what_was_signed_verifies() {
    let (signature, key) = signed(&statement());
    assert!(is_signed(&statement(), &signature, &key));
    let other = Statement::new().fact("receipt", "CC-1").fact("total", 1);
    assert!(!is_signed(&other, &signature, &key));
    let other_key = hex::encode(SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes());
    assert!(!is_signed(&statement(), &signature, &other_key));
    let flipped = signature.replacen(signature.get(..1).unwrap(), "g", 1);
    for bad in ["", "00", flipped.as_str()] {
        assert!(!is_signed(&statement(), bad, &key), "{bad}");
        assert!(!is_signed(&statement(), &signature, bad), "{bad}");
    }
}

#[test]
fn a_value_cannot_pose_as_another_line() {
    let posing = Statement::new().fact("receipt", "CC-1\ntotal 100");
    assert_ne!(posing, statement());
    assert_eq!(posing.as_str().lines().count(), 2);
    assert_eq!(
        statement().as_str(),
        "casino-club receipt v1\nreceipt CC-1\ntotal 100"
    );
}
