//! The fields of a type.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{has, parts};

/// A field of a struct or of a variant.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is called.
    pub name: String,
    of: TokenStream,
}

impl Field {
    /// Whether this word stands in its type, however deep.
    #[must_use]
    pub fn is_of(&self, word: &str) -> bool {
        has(&self.of, word)
    }
}

/// The fields that have a name in the braces among these tokens, and in those within them.
pub(super) fn within(tokens: TokenStream) -> Vec<Field> {
    let bodies = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let found = bodies.flat_map(|body| parts(&body));
    let found = found.flat_map(|part| match read(&part) {
        Some(field) => vec![field],
        // It may be a variant, with fields of its own.
        None => within(part.into_iter().collect()),
    });
    found.collect()
}

/// What stands before the first colon is the name, and what stands after it the type.
fn read(part: &[TokenTree]) -> Option<Field> {
    let is_colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':');
    let colon = part.iter().position(is_colon)?;
    let TokenTree::Ident(name) = part.get(colon.checked_sub(1)?)? else {
        return None;
    };
    Some(Field {
        name: name.to_string(),
        of: part[colon + 1..].iter().cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use crate::source::types;

    #[test]
    fn a_field_has_a_name_and_the_words_of_its_type() {
        let code = "
#[derive(Read)]
struct One<T: Into<String>> {
    /// Its words: they are none.
    #[a(b: c)]
    pub(in crate::x) first: Option<&'a a::Text>,
    second: [u8; 32],
}
enum Two {
    A(a::Text),
    B { third: Text },
}
struct Three(String);
";
        let of = |word: &str| {
            let fields = types(code).into_iter().flat_map(|it| it.fields());
            let fields = fields.filter(|field| field.is_of(word));
            fields.map(|field| field.name).collect::<Vec<_>>()
        };
        assert_eq!(of("Text"), ["first", "third"]);
        assert_eq!(of("Option"), ["first"]);
        assert_eq!(of("u8"), ["second"]);
        assert!(of("String").is_empty());
    }
}
