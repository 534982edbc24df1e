//! The key that secrets are sealed under.

use backend::settings::SecretsKey;

use super::*;

#[apply(both_engines)]
async fn another_key_is_noticed_while_anybody_has_a_second_factor(club: Club) {
    let accounts = &club.backend.accounts;
    assert!(accounts.opens_second_factors().await.unwrap());
    let key = SecretsKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    let other = another_process(&club, |settings| settings.auth.secrets_key = key);
    let ann = club.member("ann").await.member;
    club.has_factor(&ann).await;
    assert!(!other.accounts.opens_second_factors().await.unwrap());
    assert!(accounts.opens_second_factors().await.unwrap());
    // Once the last is reset nothing is lost, and the other one is the club's.
    let reset = accounts.reset_second_factor_by_command("ann").await;
    reset.unwrap();
    assert!(other.accounts.opens_second_factors().await.unwrap());
}
