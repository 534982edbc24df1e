//! Failures that lock an address, or the block that it is of, and whom they do not keep out.

use super::*;

#[apply(both_engines)]
async fn twenty_failures_lock_an_address_for_every_site_id(club: Club) {
    club.member("ann").await;
    for n in 0..20 {
        club.clock.advance_secs(1);
        fails(&club, &format!("guess{n}"), "192.0.2.66").await;
    }
    assert_locked(&club, "ann", "192.0.2.66", WINDOW_SECS - 19).await;
    tries(&club, "ann", PASSWORD, "192.0.2.67").await.unwrap();
    // A success elsewhere does not clear this address.
    assert_locked(&club, "ann", "192.0.2.66", WINDOW_SECS - 19).await;
    club.clock.advance_secs(WINDOW_SECS - 19);
    tries(&club, "ann", PASSWORD, "192.0.2.66").await.unwrap();
}

#[apply(both_engines)]
async fn a_sign_in_of_ones_own_clears_no_guesses_at_others(club: Club) {
    club.member("ann").await;
    let address = "192.0.2.66";
    for _ in 0..4 {
        fails(&club, "ann", address).await;
    }
    for n in 0..15 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    // What one mistyped oneself is cleared.
    for n in 15..19 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    fails(&club, "guess19", address).await;
    club.member("ben").await;
    assert_locked(&club, "ben", address, WINDOW_SECS).await;
    tries(&club, "ben", PASSWORD, "192.0.2.67").await.unwrap();
}

#[apply(both_engines)]
async fn others_at_an_address_do_not_keep_out_who_last_signed_in_from_it(club: Club) {
    for name in ["ann", "ben"] {
        club.member(name).await;
    }
    let (office, home) = ("192.0.2.66", "192.0.2.67");
    tries(&club, "ann", PASSWORD, office).await.unwrap();
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), office).await;
    }
    assert_locked(&club, "ben", office, WINDOW_SECS).await;
    // Mistyping is hers to do, up to her own limit.
    for _ in 0..4 {
        fails(&club, "ann", office).await;
    }
    tries(&club, "ann", PASSWORD, office).await.unwrap();
    // Only the newest success counts.
    tries(&club, "ann", PASSWORD, home).await.unwrap();
    assert_locked(&club, "ann", office, WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn whom_an_address_is_known_for_has_a_limit_and_is_forgotten(club: Club) {
    club.member("ann").await;
    let address = "192.0.2.66";
    tries(&club, "ann", PASSWORD, address).await.unwrap();
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    for _ in 0..5 {
        fails(&club, "ann", address).await;
    }
    assert_locked(&club, "ann", address, WINDOW_SECS).await;
    // A month later nothing is left, and the address is as strange as any.
    club.clock.advance_secs(30 * 24 * 60 * 60);
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), address).await;
    }
    assert_locked(&club, "ann", address, WINDOW_SECS).await;
}

#[apply(both_engines)]
async fn an_ipv6_block_is_locked_by_four_times_as_many(club: Club) {
    for name in ["ann", "ben"] {
        club.member(name).await;
    }
    tries(&club, "ben", PASSWORD, "2001:db8:1:ff::1")
        .await
        .unwrap();
    for n in 0..80 {
        let address = format!("2001:db8:1:{:x}::1", n / 20);
        fails(&club, &format!("guess{n}"), &address).await;
    }
    assert_locked(&club, "ann", "2001:db8:1:4::1", WINDOW_SECS).await;
    tries(&club, "ben", PASSWORD, "2001:db8:1:ff::2")
        .await
        .unwrap();
    tries(&club, "ann", PASSWORD, "2001:db8:2:4::1")
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn an_ipv6_subscriber_is_one_address(club: Club) {
    club.member("ann").await;
    for n in 0..20 {
        fails(&club, &format!("guess{n}"), &format!("2001:db8:1:2::{n}")).await;
    }
    assert_locked(&club, "ann", "2001:db8:1:2:ffff::1", WINDOW_SECS).await;
    tries(&club, "ann", PASSWORD, "2001:db8:1:3::1")
        .await
        .unwrap();
}
