//! Recovery codes anew.

use super::*;

#[apply(both_engines)]
async fn recovery_codes_are_made_anew_for_password_and_code(club: Club) {
    let ann = club.member("ann").await.member;
    let missing = renews(&club, &ann, PASSWORD, "000000").await;
    assert_eq!(code(missing), Some(Code::NotFound));
    let (_, old) = club.has_factor(&ann).await;
    let wrong = renews(&club, &ann, "not the password", old[0].text()).await;
    assert_eq!(code(wrong), Some(Code::WrongPassword));
    let empty = renews(&club, &ann, PASSWORD, "").await;
    assert_eq!(code(empty), Some(Code::CodeRequired));
    let wrong = renews(&club, &ann, PASSWORD, "000000").await;
    assert_eq!(code(wrong), Some(Code::WrongCode));
    // The last that is left will do.
    let fresh = renews(&club, &ann, PASSWORD, old[0].text()).await.unwrap();
    assert_eq!(fresh.recovery_codes.len(), 10);
    for gone in &old[..2] {
        let refused = confirms(&club, &ann, PASSWORD, Some(gone.text())).await;
        assert_eq!(code(refused), Some(Code::WrongCode));
    }
    let first = fresh.recovery_codes[0].text();
    confirms(&club, &ann, PASSWORD, Some(first)).await.unwrap();
    let left = "SELECT COUNT(*) FROM recovery_codes WHERE used_at IS NULL";
    assert_eq!(number(&club, left).await, 9);
}
