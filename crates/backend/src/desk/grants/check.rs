//! What a request to give many members something may say.

use economy::Tokens;
use wire::AppError;
use wire::desk::GrantItem;

use crate::Result;

/// How many items there are at most.
pub(super) const ITEMS_MAX: usize = 1_000;
/// The most characters of a description, and of all of them together as they are kept.
const DESCRIPTION_CHARS_MAX: usize = 500;

/// The amount of an item, if it can be one.
pub(super) fn amount(item: &GrantItem) -> Option<Tokens> {
    let amount = Tokens::new(item.amount).ok();
    amount.filter(|amount| !amount.is_zero())
}

/// Refuses what cannot be given to anybody; each item says why where the club is strict.
///
/// # Errors
/// `invalid` with the field.
pub(super) fn items(items: &[GrantItem], is_strict: bool) -> Result<()> {
    if items.is_empty() || items.len() > ITEMS_MAX {
        return Err(AppError::field("items", "range", "items are 1 to 1,000").into());
    }
    for (number, item) in items.iter().enumerate() {
        let refuse = |field: &str, code, message| {
            let field = format!("items[{number}].{field}");
            Err(AppError::field(&field, code, message).into())
        };
        if amount(item).is_none() {
            return refuse("amount", "range", "amount is 1 to 9,007,199,254,740,991");
        }
        let text = description(item);
        if text.is_none() && is_strict {
            return refuse("source_description", "required", "say why");
        }
        let chars = text.unwrap_or_default().chars().count();
        if chars > DESCRIPTION_CHARS_MAX {
            let message = "a description has 5 to 500 characters";
            return refuse("source_description", "too_long", message);
        }
    }
    Ok(())
}

fn description(item: &GrantItem) -> Option<&str> {
    let text = item.source_description.as_deref().map(str::trim);
    text.filter(|text| !text.is_empty())
}

/// Why all of it is given: each description once, cut to as much as a reason may be.
pub(super) fn reason(items: &[GrantItem]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for text in items.iter().filter_map(description) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    let reason: String = all.join("; ").chars().take(DESCRIPTION_CHARS_MAX).collect();
    (!reason.is_empty()).then_some(reason)
}

#[cfg(test)]
mod tests {
    use wire::UserId;
    use wire::desk::RewardType;

    use super::*;

    fn item(amount: i64, text: Option<&str>) -> GrantItem {
        GrantItem {
            user_id: UserId(7),
            reward_type: RewardType::Tokens,
            amount,
            source_description: text.map(str::to_owned),
        }
    }

    #[test]
    fn a_reason_is_each_description_once() {
        let told = [Some("spring"), None, Some(" spring "), Some("an event")];
        let told = told.map(|text| item(1, text));
        assert_eq!(reason(&told).as_deref(), Some("spring; an event"));
        assert_eq!(reason(&[item(1, None), item(1, Some("  "))]), None);
        let long = item(1, Some(&"봄".repeat(500)));
        let both = reason(&[long, item(1, Some("another"))]).unwrap();
        assert_eq!(both.chars().count(), 500);
    }

    #[test]
    fn what_cannot_be_given_names_its_field() {
        let field = |given: &[GrantItem], is_strict| {
            let refused = items(given, is_strict).unwrap_err().public();
            refused.fields[0].field.clone()
        };
        let good = || item(1, Some("an event"));
        assert!(items(&vec![good(); ITEMS_MAX], true).is_ok());
        assert_eq!(field(&[], false), "items");
        assert_eq!(field(&vec![good(); ITEMS_MAX + 1], false), "items");
        for amount in [0, -1, Tokens::MAX.get() + 1, i64::MIN] {
            let odd = [good(), item(amount, None)];
            assert_eq!(field(&odd, false), "items[1].amount", "{amount}");
        }
        assert!(items(&[item(1, None)], false).is_ok());
        assert_eq!(field(&[item(1, None)], true), "items[0].source_description");
        let long = "a".repeat(501);
        let long = [item(1, Some(&long))];
        assert_eq!(field(&long, false), "items[0].source_description");
    }
}
