//! The club's words: which language, and which sentence for what.

#[cfg(test)]
mod locales;

use wire::{
    Code,
    live::Notice,
    shop::{PurchaseKind, Status},
    user::Rank,
};

use crate::{
    error::{FieldFault, PageError},
    i18n::{Locale, td_string},
};

pub use crate::i18n::I18n;

/// A closure that gives a phrase in the language in force.
#[macro_export]
macro_rules! tr {
    ($i18n:expr, $($key:tt)+) => {
        $crate::words::phrase($i18n, |locale| $crate::i18n::td_string!(locale, $($key)+))
    };
}

/// What `tr!` gives. Every phrase is of this one type, so that the page carries the code that shows
/// and follows a phrase once, and not for each of them.
pub fn phrase(
    i18n: I18n,
    of: fn(Locale) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || of(i18n.get_locale())
}

/// A phrase in the language in force, for event handlers: nothing follows the language there.
#[macro_export]
macro_rules! tr_now {
    ($i18n:expr, $($key:tt)+) => { $crate::i18n::td_string!($i18n.get_locale_untracked(), $($key)+) };
}

/// A phrase for `<Title>`: text on the server, which reads a title after the page's reactive values
/// are gone, and a closure in the browser, where the title follows the language.
#[macro_export]
macro_rules! tr_title {
    ($i18n:expr, $($key:tt)+) => {{
        #[cfg(feature = "ssr")]
        let title = $crate::tr_now!($i18n, $($key)+);
        #[cfg(not(feature = "ssr"))]
        let title = $crate::tr!($i18n, $($key)+);
        title
    }};
}

/// A phrase with its `{names}` filled in; `{name:s}` is the "s" of an English plural, so that one
/// token is a token.
#[must_use]
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(phrase.to_owned(), |text, (name, value)| {
            let plural = if *value == "1" { "" } else { "s" };
            text.replace(&format!("{{{name}}}"), value)
                .replace(&format!("{{{name}:s}}"), plural)
        })
}

/// What happened and what to do next, for any failure.
#[must_use]
pub fn failure(locale: Locale, error: &PageError) -> String {
    match error {
        PageError::Offline => td_string!(locale, error.offline).to_owned(),
        PageError::Refused(refusal) => {
            let text = of_code(locale, refusal.code).to_owned();
            let Some(secs) = refusal.retry_after_secs.filter(|secs| *secs > 1) else {
                return text;
            };
            format!("{text} {}", retry_in(locale, secs))
        }
    }
}

/// When to come back: in seconds, or in hours where those would be hard to read.
fn retry_in(locale: Locale, secs: i64) -> String {
    let hours = secs.saturating_add(3_599) / 3_600;
    if hours > 1 {
        let phrase = td_string!(locale, error.retry_in_hours);
        return fill(phrase, &[("hours", &hours.to_string())]);
    }
    let phrase = td_string!(locale, error.retry_in);
    fill(phrase, &[("seconds", &secs.to_string())])
}

/// What is wrong with which field: read aloud, it need not be seen beside it.
#[must_use]
pub fn of_field(locale: Locale, field: &str, fault: &FieldFault) -> String {
    match fault {
        // Its sentence says what it is about.
        FieldFault::Code(code) => of_code(locale, *code).to_owned(),
        FieldFault::Word(word) => format!("{field}: {}", of_word(locale, word)),
    }
}

fn of_word(locale: Locale, word: &str) -> &'static str {
    match word {
        "required" => td_string!(locale, field.required),
        "too_short" => td_string!(locale, field.too_short),
        "too_long" => td_string!(locale, field.too_long),
        "characters" => td_string!(locale, field.characters),
        "type" => td_string!(locale, field.format),
        "range" => td_string!(locale, field.range),
        "weak" => td_string!(locale, field.weak),
        _ => td_string!(locale, field.other),
    }
}

/// The sentence of each code.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub fn of_code(locale: Locale, code: Code) -> &'static str {
    match code {
        Code::MalformedBody => td_string!(locale, error.malformed_body),
        Code::Invalid => td_string!(locale, error.invalid),
        Code::BodyTooLarge => td_string!(locale, error.body_too_large),
        Code::UnsupportedMediaType => td_string!(locale, error.unsupported_media_type),
        Code::Unauthenticated => td_string!(locale, error.unauthenticated),
        Code::BadCredentials => td_string!(locale, error.bad_credentials),
        Code::BadRefreshToken => td_string!(locale, error.bad_refresh_token),
        Code::CodeRequired => td_string!(locale, error.code_required),
        Code::WrongCode => td_string!(locale, error.wrong_code),
        Code::Forbidden => td_string!(locale, error.forbidden),
        Code::ForeignOrigin => td_string!(locale, error.foreign_origin),
        Code::Banned => td_string!(locale, error.banned),
        Code::NotFound => td_string!(locale, error.not_found),
        Code::UnknownGame => td_string!(locale, error.unknown_game),
        Code::MethodNotAllowed | Code::UpgradeRequired => {
            td_string!(locale, error.method_not_allowed)
        }
        Code::TimedOut => td_string!(locale, error.timed_out),
        Code::SiteIdTaken => td_string!(locale, error.site_id_taken),
        Code::NicknameTaken => td_string!(locale, error.nickname_taken),
        Code::PhoneTaken => td_string!(locale, error.phone_taken),
        Code::InviteUnknown => td_string!(locale, error.invite_unknown),
        Code::InviteUsedUp => td_string!(locale, error.invite_used_up),
        Code::InviteExpired => td_string!(locale, error.invite_expired),
        Code::InviteInactive => td_string!(locale, error.invite_inactive),
        Code::InsufficientTokens => td_string!(locale, error.insufficient_tokens),
        Code::BalanceTooLarge => td_string!(locale, error.balance_too_large),
        Code::StakeTooSmall => td_string!(locale, error.stake_too_small),
        Code::StakeTooLarge => td_string!(locale, error.stake_too_large),
        Code::StakeUneven => td_string!(locale, error.stake_uneven),
        Code::BadLines => td_string!(locale, error.bad_lines),
        Code::WrongPassword => td_string!(locale, error.wrong_password),
        Code::RoundRunning => td_string!(locale, error.round_running),
        Code::RoundActive => td_string!(locale, error.round_active),
        Code::SessionOpen => td_string!(locale, error.session_open),
        Code::SessionEnded => td_string!(locale, error.session_ended),
        Code::AlreadyClaimed => td_string!(locale, error.already_claimed),
        Code::TooEarly => td_string!(locale, error.too_early),
        Code::PackageUnavailable => td_string!(locale, error.package_unavailable),
        Code::NotStarted => td_string!(locale, error.not_started),
        Code::Expired => td_string!(locale, error.expired),
        Code::OutOfStock => td_string!(locale, error.out_of_stock),
        Code::UserLimit => td_string!(locale, error.user_limit),
        Code::PromoInvalid => td_string!(locale, error.promo_invalid),
        Code::PriceChanged => td_string!(locale, error.price_changed),
        Code::PaymentDeclined => td_string!(locale, error.payment_declined),
        Code::GatewayUnreachable => td_string!(locale, error.gateway_unreachable),
        Code::TooManyPurchases => td_string!(locale, error.too_many_purchases),
        Code::ItemUsed => td_string!(locale, error.item_used),
        Code::NotRefundable => td_string!(locale, error.not_refundable),
        Code::ItemNotUsable => td_string!(locale, error.item_not_usable),
        Code::BadSignature => td_string!(locale, error.bad_signature),
        Code::StaleMessage => td_string!(locale, error.stale_message),
        Code::ReplayedMessage => td_string!(locale, error.replayed_message),
        Code::IdempotencyMismatch => td_string!(locale, error.idempotency_mismatch),
        Code::InProgress => td_string!(locale, error.in_progress),
        Code::Locked => td_string!(locale, error.locked),
        Code::RateLimited => td_string!(locale, error.rate_limited),
        Code::Unavailable => td_string!(locale, error.unavailable),
        Code::Internal => td_string!(locale, error.internal),
        Code::StaffSessionRequired
        | Code::SecondFactorRequired
        | Code::ConfirmationRequired
        | Code::SecondFactorSet
        | Code::OwnAccount
        | Code::EditConflict
        | Code::PreviewChanged
        | Code::ApprovalWaits
        | Code::TooMuchWaits
        | Code::ApprovalDecided
        | Code::LastOwner => of_staff_code(locale, code),
    }
}

/// The sentence of what staff alone are refused.
#[cfg(feature = "ssr")]
fn of_staff_code(locale: Locale, code: Code) -> &'static str {
    match code {
        Code::StaffSessionRequired => td_string!(locale, error.staff_session_required),
        Code::SecondFactorRequired => td_string!(locale, error.second_factor_required),
        Code::ConfirmationRequired => td_string!(locale, error.confirmation_required),
        Code::SecondFactorSet => td_string!(locale, error.second_factor_set),
        Code::OwnAccount => td_string!(locale, error.own_account),
        Code::EditConflict => td_string!(locale, error.edit_conflict),
        Code::PreviewChanged => td_string!(locale, error.preview_changed),
        Code::ApprovalWaits => td_string!(locale, error.approval_waits),
        Code::TooMuchWaits => td_string!(locale, error.too_much_waits),
        Code::ApprovalDecided => td_string!(locale, error.approval_decided),
        Code::LastOwner => td_string!(locale, error.last_owner),
        _ => td_string!(locale, error.forbidden),
    }
}

/// The server alone makes the pages of staff, so that a browser is sent none of their sentences.
#[cfg(not(feature = "ssr"))]
fn of_staff_code(locale: Locale, _: Code) -> &'static str {
    td_string!(locale, error.forbidden)
}

/// Why tokens moved, from the text in the ledger.
#[must_use]
pub fn of_kind(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "sign_up_bonus" => td_string!(locale, kind.sign_up_bonus),
        "stake" => td_string!(locale, kind.stake),
        "payout" => td_string!(locale, kind.payout),
        "grant" => td_string!(locale, kind.grant),
        "deduction" => td_string!(locale, kind.deduction),
        "escrow_in" => td_string!(locale, kind.escrow_in),
        "escrow_return" => td_string!(locale, kind.escrow_return),
        "crash_win" => td_string!(locale, kind.crash_win),
        "achievement" => td_string!(locale, kind.achievement),
        "token_purchase" => td_string!(locale, kind.token_purchase),
        "shop_payment" => td_string!(locale, kind.shop_payment),
        "package_tokens" => td_string!(locale, kind.package_tokens),
        "shop_refund" => td_string!(locale, kind.shop_refund),
        "purchase_reversal" => td_string!(locale, kind.purchase_reversal),
        "escrow_loss" => td_string!(locale, kind.escrow_loss),
        _ => td_string!(locale, kind.other),
    }
}

/// A notice in words.
pub struct Said {
    /// What it is.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
}

impl Said {
    /// All of it in one line.
    #[must_use]
    pub fn line(&self) -> String {
        if self.text.is_empty() {
            return self.title.clone();
        }
        format!("{} · {}", self.title, self.text)
    }
}

/// What the club told.
#[must_use]
pub fn of_notice(locale: Locale, notice: &Notice) -> Said {
    let (title, text) = match notice {
        Notice::CrashEnded(_) => (
            td_string!(locale, live.crash_ended).to_owned(),
            String::new(),
        ),
        Notice::Achievement(unlocked) => (
            td_string!(locale, live.achievement).to_owned(),
            of_achievement(locale, &unlocked.code).0.to_owned(),
        ),
        Notice::Purchase(purchase) => (
            td_string!(locale, live.purchase).to_owned(),
            of_status(locale, purchase.status).to_owned(),
        ),
        Notice::AdminBroadcast(words) => (words.title.clone(), words.body.clone()),
    };
    Said { title, text }
}

/// How a purchase stands.
#[must_use]
pub fn of_status(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Pending => td_string!(locale, purchase.pending),
        Status::Captured => td_string!(locale, purchase.captured),
        Status::Declined => td_string!(locale, purchase.declined),
        Status::Voided => td_string!(locale, purchase.voided),
        Status::Refunded => td_string!(locale, purchase.refunded),
    }
}

/// What a kind of purchase is called.
#[must_use]
pub fn of_purchase(locale: Locale, kind: PurchaseKind) -> &'static str {
    match kind {
        PurchaseKind::Tokens => td_string!(locale, receipt.tokens),
        PurchaseKind::Item => td_string!(locale, receipt.item),
        PurchaseKind::Package => td_string!(locale, receipt.package),
    }
}

/// What an achievement is called and what it asks for, from its code.
#[must_use]
pub fn of_achievement(locale: Locale, code: &str) -> (&'static str, &'static str) {
    macro_rules! words {
        ($name:ident, $text:ident) => {
            (
                td_string!(locale, achievement.$name),
                td_string!(locale, achievement.$text),
            )
        };
    }
    match code {
        "first_hand" => words!(first_hand, first_hand_text),
        "first_win" => words!(first_win, first_win_text),
        "hundred_hands" => words!(hundred_hands, hundred_hands_text),
        "thousand_hands" => words!(thousand_hands, thousand_hands_text),
        "all_games" => words!(all_games, all_games_text),
        "five_in_a_row" => words!(five_in_a_row, five_in_a_row_text),
        "tenfold" => words!(tenfold, tenfold_text),
        "fiftyfold" => words!(fiftyfold, fiftyfold_text),
        "big_night" => words!(big_night, big_night_text),
        "slot_regular" => words!(slot_regular, slot_regular_text),
        "mind_reader" => words!(mind_reader, mind_reader_text),
        "high_flyer" => words!(high_flyer, high_flyer_text),
        "collector" => words!(collector, collector_text),
        "curator" => words!(curator, curator_text),
        "legend" => words!(legend, legend_text),
        _ => words!(other, other_text),
    }
}

/// A rank's name.
#[must_use]
pub fn of_rank(locale: Locale, rank: Rank) -> &'static str {
    match rank {
        Rank::Standard => td_string!(locale, rank.standard),
        Rank::Premium => td_string!(locale, rank.premium),
        Rank::Vip => td_string!(locale, rank.vip),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_no_plural() {
        let say = |count| fill("{count} spin{count:s}", &[("count", count)]);
        assert_eq!(["1", "2", "21"].map(say), ["1 spin", "2 spins", "21 spins"]);
    }

    #[test]
    fn every_code_has_a_text_in_both_languages() {
        for code in Code::ALL {
            let (korean, english) = (of_code(Locale::ko, *code), of_code(Locale::en, *code));
            assert!(!korean.is_empty() && !english.is_empty(), "{code:?}");
            assert_ne!(korean, english, "{code:?} reads the same in both languages");
        }
    }

    #[test]
    fn every_kind_of_transfer_has_a_name() {
        for kind in economy::Kind::ALL {
            assert_ne!(
                of_kind(Locale::ko, kind.as_str()),
                of_kind(Locale::ko, "something else"),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn every_seeded_achievement_has_a_name() {
        let seeded = include_str!("../../migrations/sqlite/0007_extend_play.sql");
        let rows = seeded.split("INSERT INTO achievements").nth(1).unwrap();
        let rows = rows.split(';').next().unwrap();
        let codes: Vec<&str> = rows
            .split("('")
            .skip(1)
            .filter_map(|row| row.split('\'').next())
            .collect();
        assert!(codes.len() >= 12, "{codes:?}");
        for code in codes {
            assert_ne!(
                of_achievement(Locale::ko, code),
                of_achievement(Locale::ko, ""),
                "{code}"
            );
        }
    }

    #[test]
    fn a_long_wait_is_told_in_hours() {
        let say = |secs| retry_in(Locale::en, secs);
        assert_eq!(say(600), "You can try again in 600 seconds.");
        assert_eq!(say(3_600), "You can try again in 3600 seconds.");
        assert_eq!(say(3_601), "You can try again in 2 hours.");
        assert_eq!(say(86_400), "You can try again in 24 hours.");
    }

    #[test]
    fn names_are_filled_in() {
        assert_eq!(fill("{a} and {b}", &[("a", "1"), ("b", "2")]), "1 and 2");
    }
}
