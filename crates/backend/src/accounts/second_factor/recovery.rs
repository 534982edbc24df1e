//! Recovery codes: what takes the place of an authenticator that is lost, each once.

use sha2::{Digest, Sha256};

use crate::Entropy;

/// How many a member has.
const COUNT: usize = 10;
/// Letters of one: of 32 letters, 16 are 80 bits.
const LETTERS: usize = 16;
/// How many of them stand together, so that they can be read.
const GROUP: usize = 4;
/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Fresh ones, as they are shown.
pub(super) fn draw_all(entropy: &dyn Entropy) -> Vec<String> {
    (0..COUNT).map(|_| draw(entropy)).collect()
}

fn draw(entropy: &dyn Entropy) -> String {
    let mut random = [0; LETTERS];
    entropy.fill(&mut random);
    // 32 letters divide 256, so each is as likely as the others.
    let letters = random.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let groups = letters.chunks(GROUP).map(String::from_iter);
    groups.collect::<Vec<_>>().join("-")
}

/// What a code is kept and found by, in whatever case and grouping it is typed; nothing for what cannot be
/// one. A quick hash is enough: 80 bits of chance are guessed by nobody who has it, however quick it is.
pub(super) fn digest(typed: &str) -> Option<[u8; 32]> {
    let letters = typed.chars().filter(|it| !it.is_whitespace() && *it != '-');
    // More than one is worth no looking at.
    let letters: String = letters.take(LETTERS + 1).collect();
    let letters = letters.to_ascii_uppercase();
    let is_one = letters.len() == LETTERS && letters.bytes().all(|it| ALPHABET.contains(&it));
    is_one.then(|| Sha256::digest(letters.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chance that counts.
    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (byte, number) in bytes.iter_mut().zip(30..) {
                *byte = number;
            }
        }
    }

    #[test]
    fn one_is_four_groups_of_letters_that_nobody_mistakes() {
        assert_eq!(draw(&Counting), "89AB-CDEF-GHJK-LMNP");
        assert_eq!(draw_all(&Counting).len(), 10);
    }

    #[test]
    fn one_is_found_however_it_is_typed() {
        let kept = digest("89AB-CDEF-GHJK-LMNP");
        assert!(kept.is_some());
        for typed in ["89abcdefghjklmnp", " 89ab cdef\tghjk-lmnp\n"] {
            assert_eq!(digest(typed), kept, "{typed:?}");
        }
        assert_ne!(digest("99AB-CDEF-GHJK-LMNP"), kept);
        let long = "A".repeat(70_000);
        for odd in [
            "",
            "123456",
            "89AB-CDEF-GHJK-LMN",
            "01AB-CDEF-GHJK-LMNP",
            &long,
        ] {
            assert_eq!(digest(odd), None, "{odd:?}");
        }
    }
}
