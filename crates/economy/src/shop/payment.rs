//! How a payment goes on: whoever learns how its charge stands, the same rule says what that means.

use serde::{Deserialize, Serialize};

/// How a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The payment is not settled; nothing was credited.
    Pending,
    /// Paid and delivered.
    Captured,
    /// The card said no.
    Declined,
    /// It was pending for too long, or the gateway let it go.
    Voided,
    /// Paid back and taken back.
    Refunded,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Captured,
        Self::Declined,
        Self::Voided,
        Self::Refunded,
    ];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Captured => "captured",
            Self::Declined => "declined",
            Self::Voided => "voided",
            Self::Refunded => "refunded",
        }
    }

    /// The status of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// Whether it still waits for an end: only then may it be paid, asked after, given up or settled.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending)
    }

    /// Where undoing the purchase moves it; nothing unless it is paid and delivered. What was paid
    /// with money is owed by the gateway from then on.
    #[must_use]
    pub fn undone(self, is_paid_with_money: bool) -> Option<Step> {
        (self == Self::Captured).then_some(Step {
            to: Self::Refunded,
            refund_due: is_paid_with_money,
        })
    }

    /// Whether the gateway owes nothing more, by what it tells of the charge when it is asked for the
    /// money back. That it does not know the charge ends nothing.
    #[must_use]
    pub fn is_given_back(self, told: Option<GatewayState>) -> bool {
        match told {
            Some(GatewayState::Refunded) => true,
            // Nothing was taken; but where the club says that it was, somebody has to look.
            Some(GatewayState::Declined) => self != Self::Refunded,
            Some(GatewayState::Authorized | GatewayState::Captured | GatewayState::Pending)
            | None => false,
        }
    }
}

/// How a charge stands at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GatewayState {
    /// The money is held, not taken.
    Authorized,
    /// The money is taken.
    Captured,
    /// The card said no.
    Declined,
    /// It is not known yet.
    Pending,
    /// The money was given back, or let go.
    Refunded,
}

/// What is known of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The gateway says so.
    State(GatewayState),
    /// It is given up: it never left this machine, or waited for too long.
    GivenUp,
}

/// A purchase that is paid with money, as it stands when news of it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// How it stands.
    pub status: Status,
    /// Whether it waited for longer than a payment may.
    pub is_late: bool,
    /// Whether the member can hold what it brings.
    pub has_room: bool,
}

/// Where a payment moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// How the purchase stands then.
    pub to: Status,
    /// Whether the gateway has to give money back.
    pub refund_due: bool,
}

impl Payment {
    /// What follows from the news; nothing when it changes nothing. Only a capture credits, and
    /// money that was taken for what has ended is owed.
    #[must_use]
    pub fn after(self, news: News) -> Option<Step> {
        use GatewayState as Gateway;
        let step = |to, refund_due| Some(Step { to, refund_due });
        match (self.status, news) {
            (Status::Pending, News::State(Gateway::Captured)) if !self.is_late && self.has_room => {
                step(Status::Captured, false)
            }
            // Too late, or nowhere to put it.
            (Status::Pending, News::State(Gateway::Captured)) => step(Status::Voided, true),
            (Status::Pending, News::State(Gateway::Declined)) => step(Status::Declined, false),
            (Status::Pending, News::State(Gateway::Refunded)) => step(Status::Voided, false),
            // It may have come after all; asking for it back lets go what is held.
            (Status::Pending, News::GivenUp) => step(Status::Voided, true),
            // Money that came after its purchase was over.
            (
                ended @ (Status::Voided | Status::Declined),
                News::State(Gateway::Captured | Gateway::Authorized),
            ) => step(ended, true),
            _ => None,
        }
    }

    /// Whether the gateway gave money back by itself for what was delivered: whether tokens are taken
    /// back is for whoever runs the club.
    #[must_use]
    pub fn is_charged_back(self, news: News) -> bool {
        self.status == Status::Captured && news == News::State(GatewayState::Refunded)
    }
}
