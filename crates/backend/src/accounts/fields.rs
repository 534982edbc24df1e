//! What people type, parsed: a value of these types is a good one.

use secrecy::SecretString;
use wire::error::FieldError;
use wire::{AppError, Code};

use super::{common_passwords, names};
use crate::Error;

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    code: &'static str,
    message: &'static str,
}

impl Fault {
    const REQUIRED: Self = Self {
        code: "required",
        message: "This field is required",
    };
    const TOO_LONG: Self = Self {
        code: "too_long",
        message: "The text is too long",
    };
    const TOO_SHORT: Self = Self {
        code: "too_short",
        message: "The text is too short",
    };
    const CHARACTERS: Self = Self {
        code: "characters",
        message: "The text has characters that are not allowed",
    };
    const WEAK: Self = Self {
        code: "weak",
        message: "The password is one of the most common",
    };
}

/// Collects what is wrong with a request, so that all of it is told at once.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldError>);

impl Faults {
    /// The value, or nothing and its fault on the list.
    pub(crate) fn keep<T>(&mut self, field: &str, parsed: Result<T, Fault>) -> Option<T> {
        parsed
            .map_err(|fault| self.add(field, fault.code, fault.message))
            .ok()
    }

    /// Puts a fault on the list.
    pub(crate) fn add(&mut self, field: &str, code: &str, message: &str) {
        let (field, code, message) = (field.to_owned(), code.to_owned(), message.to_owned());
        self.0.push(FieldError {
            field,
            message,
            code,
        });
    }

    /// The refusal that names them all.
    pub(crate) fn into_error(self) -> Error {
        AppError {
            fields: self.0,
            ..AppError::new(Code::Invalid)
        }
        .into()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn length(text: &str, min: usize, max: usize) -> Result<(), Fault> {
    match text.chars().count() {
        0 => Err(Fault::REQUIRED),
        count if count > max => Err(Fault::TOO_LONG),
        count if count < min => Err(Fault::TOO_SHORT),
        _ => Ok(()),
    }
}

fn only(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Fault> {
    if text.chars().all(allowed) {
        Ok(())
    } else {
        Err(Fault::CHARACTERS)
    }
}

/// What a member signs in with: 3 to 50 of `[A-Za-z0-9_]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SiteId {
    /// As it was typed, trimmed.
    pub(crate) text: String,
    /// What it is unique by.
    pub(crate) key: String,
}

impl SiteId {
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = names::nfc(text.trim());
        only(&text, |character| {
            character.is_ascii_alphanumeric() || character == '_'
        })?;
        length(&text, 3, 50)?;
        Ok(Self {
            key: names::key(&text),
            text: text.into_owned(),
        })
    }

    /// The key of what someone signing in typed, whether or not there can be such a site id.
    pub(crate) fn claimed(text: &str) -> Result<String, Fault> {
        let text = names::nfc(text.trim());
        length(&text, 1, 50)?;
        only(&text, |character| !character.is_control())?;
        Ok(names::key(&text))
    }
}

/// What others see: 2 to 50 characters that show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nickname {
    /// As it was typed, trimmed and in NFC.
    pub(crate) text: String,
    /// What it is unique by.
    pub(crate) key: String,
}

impl Nickname {
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = names::nfc(text.trim());
        length(&text, 2, 50)?;
        only(&text, names::shows)?;
        Ok(Self {
            key: names::key(&text),
            text: text.into_owned(),
        })
    }
}

/// A phone number: 10 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PhoneNumber(pub(crate) String);

impl PhoneNumber {
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let text = text.strip_prefix('+').unwrap_or(text);
        let digits: String = text
            .chars()
            .filter(|character| !matches!(character, ' ' | '-' | '(' | ')'))
            .collect();
        only(&digits, |character| character.is_ascii_digit())?;
        length(&digits, 10, 15)?;
        Ok(Self(digits))
    }
}

/// A new password: 8 to 128 characters, in NFC, so that every keyboard sends the same, none of the most
/// common, and none of a demo member.
#[derive(Clone, Debug)]
pub(crate) struct Password(pub(crate) SecretString);

impl Password {
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        if common_passwords::is_of_a_demo(text) {
            return Err(Fault::WEAK);
        }
        Self::parse_of_demo(text)
    }

    /// The same for a demo member, whose password everybody knows.
    pub(crate) fn parse_of_demo(text: &str) -> Result<Self, Fault> {
        let text = names::nfc(text);
        length(&text, 8, 128)?;
        only(&text, |character| character != '\0')?;
        if common_passwords::contain(&text) {
            return Err(Fault::WEAK);
        }
        Ok(Self(SecretString::from(text.into_owned())))
    }
}

/// A password that somebody shows, because it was set before.
#[derive(Clone, Debug)]
pub(crate) struct ShownPassword {
    pub(crate) in_nfc: SecretString,
    /// As it was typed, where that differs: passwords were hashed like that once.
    pub(crate) typed: Option<SecretString>,
}

impl ShownPassword {
    /// What could not have been a password is not worth hashing.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let nfc = names::nfc(text);
        length(&nfc, 1, 128).or_else(|fault| length(text, 1, 128).map_err(|_| fault))?;
        only(text, |character| character != '\0')?;
        Ok(Self {
            // Of another length it could not have been chosen then.
            typed: (nfc != text && length(text, 8, 128).is_ok()).then(|| SecretString::from(text)),
            in_nfc: SecretString::from(nfc.into_owned()),
        })
    }

    /// The same, to be hashed as passwords are now.
    pub(crate) fn into_new(self) -> Password {
        Password(self.in_nfc)
    }
}

/// An invite code as someone typed it, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InviteCode(pub(crate) String);

impl InviteCode {
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        length(text, 1, 64)?;
        only(text, |character| !character.is_control())?;
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_site_id_is_three_to_fifty_of_its_characters() {
        assert_eq!(SiteId::parse("Ann_1").unwrap().key, "ann_1");
        assert_eq!(SiteId::parse(""), Err(Fault::REQUIRED));
        assert_eq!(SiteId::parse("ab"), Err(Fault::TOO_SHORT));
        assert_eq!(SiteId::parse(&"a".repeat(51)), Err(Fault::TOO_LONG));
        for bad in ["ann 1", "añn", "ann\0", "ann-1", "ａｎｎ", "ann\u{200b}"] {
            assert_eq!(SiteId::parse(bad), Err(Fault::CHARACTERS), "{bad:?}");
        }
    }

    #[test]
    fn a_site_id_is_known_by_whatever_is_read_as_it() {
        let ann = SiteId::parse(" Ann_1 ").unwrap();
        assert_eq!(ann.text, "Ann_1");
        for typed in ["ann_1", " ANN_1\u{3000}", "ａｎｎ＿１"] {
            assert_eq!(SiteId::claimed(typed).unwrap(), ann.key, "{typed:?}");
        }
        assert_eq!(SiteId::claimed("  "), Err(Fault::REQUIRED));
        assert_eq!(SiteId::claimed("an\nn"), Err(Fault::CHARACTERS));
    }

    #[test]
    fn a_nickname_is_trimmed_and_shows() {
        assert_eq!(Nickname::parse("  Ann  ").unwrap().text, "Ann");
        assert_eq!(Nickname::parse("ÉLAN 봄").unwrap().key, "élan 봄");
        assert_eq!(Nickname::parse("   "), Err(Fault::REQUIRED));
        assert_eq!(Nickname::parse("a"), Err(Fault::TOO_SHORT));
        assert_eq!(Nickname::parse(&"봄".repeat(51)), Err(Fault::TOO_LONG));
        for bad in [
            "an\0n",
            "an\nn",
            "an\u{200b}n",
            "\u{202e}ann",
            "\u{3164}\u{3164}",
        ] {
            assert_eq!(Nickname::parse(bad), Err(Fault::CHARACTERS), "{bad:?}");
        }
    }

    #[test]
    fn a_nickname_is_counted_as_it_is_read() {
        let typed = "e\u{301}".repeat(50);
        let parsed = Nickname::parse(&typed).unwrap();
        assert_eq!(parsed.text, "é".repeat(50));
        assert_eq!(Nickname::parse("e\u{301}"), Err(Fault::TOO_SHORT));
    }

    #[test]
    fn a_phone_number_is_its_digits() {
        assert_eq!(
            PhoneNumber::parse("+82 (10) 1234-5678").unwrap().0,
            "821012345678"
        );
        assert_eq!(PhoneNumber::parse("+"), Err(Fault::REQUIRED));
        assert_eq!(PhoneNumber::parse("123456789"), Err(Fault::TOO_SHORT));
        assert_eq!(PhoneNumber::parse("1234567890123456"), Err(Fault::TOO_LONG));
        assert_eq!(PhoneNumber::parse("0101234567x"), Err(Fault::CHARACTERS));
        assert_eq!(PhoneNumber::parse("٠١٠١٢٣٤٥٦٧٨"), Err(Fault::CHARACTERS));
        assert_eq!(PhoneNumber::parse("010+12345678"), Err(Fault::CHARACTERS));
    }

    #[test]
    fn a_password_has_eight_to_128_characters() {
        assert!(Password::parse("봄여름가을겨울봄").is_ok());
        assert_eq!(Password::parse("1234567").unwrap_err(), Fault::TOO_SHORT);
        assert_eq!(
            Password::parse(&"x".repeat(129)).unwrap_err(),
            Fault::TOO_LONG
        );
        assert_eq!(
            Password::parse("12345678\0").unwrap_err(),
            Fault::CHARACTERS
        );
        assert_eq!(Password::parse("12345678").unwrap_err(), Fault::WEAK);
        assert_eq!(Password::parse("Demo-Password").unwrap_err(), Fault::WEAK);
        assert!(Password::parse_of_demo("demo-password").is_ok());
    }

    #[test]
    fn a_password_is_the_same_from_every_keyboard() {
        let (composed, decomposed) = ("Élan-1234", "E\u{301}lan-1234");
        let new = Password::parse(decomposed).unwrap();
        assert_eq!(new.0.expose_secret(), composed);
        let shown = ShownPassword::parse(decomposed).unwrap();
        assert_eq!(shown.in_nfc.expose_secret(), composed);
        let typed = shown.typed.unwrap();
        assert_eq!(typed.expose_secret(), decomposed);
        assert!(ShownPassword::parse(composed).unwrap().typed.is_none());
    }

    #[test]
    fn a_password_that_was_good_as_it_was_typed_can_be_shown() {
        // This letter is longer in NFC than as it is typed.
        let old = "\u{fb2c}".repeat(128);
        assert!(ShownPassword::parse(&old).is_ok());
        assert_eq!(
            ShownPassword::parse(&"x".repeat(129)).unwrap_err(),
            Fault::TOO_LONG
        );
    }
}
