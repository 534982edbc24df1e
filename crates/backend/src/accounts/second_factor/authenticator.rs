//! Codes that follow from a secret and the time (RFC 6238): six digits, another one each 30 seconds, by
//! HMAC-SHA-1, as every authenticator makes them.

use economy::Timestamp;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Algorithm, Builder, Totp};
use wire::Secret;
use wire::auth::TotpSetup;

use crate::{Entropy, Error, Result};

/// Bytes of a secret, as RFC 4226 recommends.
pub(super) const SECRET_BYTES: usize = 20;
/// As whose an authenticator lists it.
const ISSUER: &str = "Casino-Club";
/// The least width of a QR code that is drawn, in pixels; its dots are whole ones.
const QR_PIXELS_MIN: u32 = 240;

/// A fresh secret.
pub(super) fn draw(entropy: &dyn Entropy) -> [u8; SECRET_BYTES] {
    let mut secret = [0; SECRET_BYTES];
    entropy.fill(&mut secret);
    secret
}

/// What makes the codes of a secret.
pub(super) struct Authenticator(Totp);

impl Authenticator {
    pub(super) fn new(secret: Vec<u8>) -> Result<Self> {
        // Clocks differ: the step before and the one after count as well.
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_skew(1)
            .with_secret(secret)
            .build();
        let odd = |_| Error::Internal("a secret of an odd length".to_owned());
        Ok(Self(totp.map_err(odd)?))
    }

    /// The step that a code is of, blanks aside: the present one, the one before or the one after.
    pub(super) fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let secs = u64::try_from(now.millis().div_euclid(1_000)).ok()?;
        let digits: String = code.split_whitespace().collect();
        let step = self.0.check(&digits, secs)?;
        i64::try_from(step).ok()
    }

    /// What a member's authenticator is told. A site id has no sign that an address would have to escape.
    pub(super) fn setup(&self, site_id: &str) -> Result<TotpSetup> {
        let secret = self.0.secret().to_base32();
        let uri = format!(
            "otpauth://totp/{ISSUER}:{site_id}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30"
        );
        Ok(TotpSetup {
            qr_svg: Secret(drawn(&uri)?),
            secret: Secret(secret),
            uri: Secret(uri),
        })
    }
}

fn drawn(uri: &str) -> Result<String> {
    let code = QrCode::new(uri);
    let code = code.map_err(|_| Error::Internal("a QR code that is not drawn".to_owned()))?;
    let mut drawing = code
        .render::<svg::Color<'_>>()
        .min_dimensions(QR_PIXELS_MIN, QR_PIXELS_MIN)
        .build();
    // It goes into a page, where no XML declaration may stand.
    let begins = drawing.find("<svg").unwrap_or_default();
    Ok(drawing.split_off(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the test vectors of RFC 6238; its codes have eight digits, of which the last six are ours.
    fn of_the_rfc() -> Authenticator {
        Authenticator::new(b"12345678901234567890".to_vec()).unwrap()
    }

    fn step(code: &str, secs: i64) -> Option<i64> {
        of_the_rfc().step_of(code, Timestamp::from_millis(secs * 1_000))
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (secs, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step(code, secs), Some(secs / 30), "{secs}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_and_one_late_and_no_more() {
        let code = "279037";
        let of = 2_000_000_000 / 30;
        let begins = of * 30;
        for secs in [begins - 30, begins, begins + 29, begins + 59] {
            assert_eq!(step(code, secs), Some(of), "{secs}");
        }
        for secs in [begins - 31, begins + 60, -1] {
            assert_eq!(step(code, secs), None, "{secs}");
        }
    }

    #[test]
    fn a_code_is_six_digits_blanks_aside() {
        let at = 2_000_000_000;
        assert!(step(" 279 037\n", at).is_some());
        for odd in ["", "27903", "2790370", "+79037", "27903x", "２７９０３７"] {
            assert_eq!(step(odd, at), None, "{odd:?}");
        }
    }

    #[test]
    fn what_an_authenticator_is_told_says_how_codes_are_made() {
        let setup = of_the_rfc().setup("Ann_1").unwrap();
        assert_eq!(setup.secret.0, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let uri = "otpauth://totp/Casino-Club:Ann_1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
                   &issuer=Casino-Club&algorithm=SHA1&digits=6&period=30";
        assert_eq!(setup.uri.0, uri);
        let drawing = setup.qr_svg.0;
        assert!(drawing.starts_with("<svg") && drawing.ends_with("</svg>"));
    }

    #[test]
    fn a_secret_that_is_too_short_is_refused() {
        assert!(Authenticator::new(b"short".to_vec()).is_err());
    }
}
