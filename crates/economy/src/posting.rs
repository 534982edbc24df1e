//! What is posted: legs that move tokens together, or not at all.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Tokens};

/// Why tokens move. The text form is stored and hashed; it never changes once used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The starting balance of a new member: mint to member.
    SignUpBonus,
    /// A stake: member to house.
    Stake,
    /// A payout: house to member.
    Payout,
    /// Tokens given by staff: mint to member.
    Grant,
    /// Tokens taken by staff: member to mint.
    Deduction,
    /// The stake of a crash round: member to escrow.
    EscrowIn,
    /// That stake back, after a cash-out or a refund: escrow to member.
    EscrowReturn,
    /// What a cash-out pays above the stake: house to member.
    CrashWin,
    /// That stake lost: escrow to house, in the member's chain, whose balance paid it at the bet.
    EscrowLoss,
    /// The reward of an achievement, once it is claimed: mint to member.
    Achievement,
    /// Tokens bought with money, once the payment is captured: mint to member.
    TokenPurchase,
    /// What an item or a package costs: member to shop.
    ShopPayment,
    /// Tokens that come with a package: mint to member.
    PackageTokens,
    /// That payment back: shop to member.
    ShopRefund,
    /// Bought tokens that a refund takes back: member to mint.
    PurchaseReversal,
}

impl Kind {
    /// Every kind, in the order of its declaration.
    pub const ALL: [Self; 15] = [
        Self::SignUpBonus,
        Self::Stake,
        Self::Payout,
        Self::Grant,
        Self::Deduction,
        Self::EscrowIn,
        Self::EscrowReturn,
        Self::CrashWin,
        Self::EscrowLoss,
        Self::Achievement,
        Self::TokenPurchase,
        Self::ShopPayment,
        Self::PackageTokens,
        Self::ShopRefund,
        Self::PurchaseReversal,
    ];

    /// The text that is stored and hashed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignUpBonus => "sign_up_bonus",
            Self::Stake => "stake",
            Self::Payout => "payout",
            Self::Grant => "grant",
            Self::Deduction => "deduction",
            Self::EscrowIn => "escrow_in",
            Self::EscrowReturn => "escrow_return",
            Self::CrashWin => "crash_win",
            Self::EscrowLoss => "escrow_loss",
            Self::Achievement => "achievement",
            Self::TokenPurchase => "token_purchase",
            Self::ShopPayment => "shop_payment",
            Self::PackageTokens => "package_tokens",
            Self::ShopRefund => "shop_refund",
            Self::PurchaseReversal => "purchase_reversal",
        }
    }

    /// The kind of that text, if there is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One movement of a posting. Balanced by construction: what one account loses the other gains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The account that loses the tokens.
    pub debit: AccountId,
    /// The account that gains them.
    pub credit: AccountId,
    /// How many; above zero.
    pub amount: Tokens,
    /// Why.
    pub kind: Kind,
}

/// Legs that belong to one operation of one member and commit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Unique for ever; with the leg's number it names the transfer.
    pub operation: String,
    /// What it is about, for people: a hand, a receipt, a reason.
    pub reference: String,
    /// In the order they are applied; each must leave the member at or above zero.
    pub legs: Vec<Leg>,
}

impl Posting {
    /// A posting without legs yet.
    #[must_use]
    pub fn new(operation: impl Into<String>, reference: impl Into<String>) -> Self {
        Self {
            operation: operation.into(),
            reference: reference.into(),
            legs: Vec::new(),
        }
    }

    /// Adds a leg; an amount of zero adds nothing, because a transfer moves something.
    #[must_use]
    pub fn leg(mut self, kind: Kind, debit: AccountId, credit: AccountId, amount: Tokens) -> Self {
        if !amount.is_zero() {
            self.legs.push(Leg {
                debit,
                credit,
                amount,
                kind,
            });
        }
        self
    }

    /// The starting balance of a new member.
    #[must_use]
    pub fn sign_up(member: AccountId, amount: Tokens) -> Self {
        let operation = format!("sign-up:{}", member.0);
        Self::new(operation, "sign-up").leg(Kind::SignUpBonus, AccountId::MINT, member, amount)
    }

    /// A reward, which a member gets once for each kind and code.
    #[must_use]
    pub fn reward(kind: Kind, code: &str, member: AccountId, reward: Tokens) -> Self {
        let operation = format!("{}:{}:{code}", kind.as_str(), member.0);
        Self::new(operation, code).leg(kind, AccountId::MINT, member, reward)
    }

    /// Tokens that staff give, once for each id.
    #[must_use]
    pub fn grant(id: &str, member: AccountId, amount: Tokens) -> Self {
        let operation = format!("grant:{id}");
        Self::new(operation, id).leg(Kind::Grant, AccountId::MINT, member, amount)
    }

    /// Tokens that staff take, once for each id.
    #[must_use]
    pub fn deduction(id: &str, member: AccountId, amount: Tokens) -> Self {
        let operation = format!("deduction:{id}");
        Self::new(operation, id).leg(Kind::Deduction, member, AccountId::MINT, amount)
    }

    /// A settled hand: the stake to the house, the payout back.
    #[must_use]
    pub fn hand(hand: &str, member: AccountId, stake: Tokens, payout: Tokens) -> Self {
        Self::new(format!("hand:{hand}"), hand)
            .leg(Kind::Stake, member, AccountId::HOUSE, stake)
            .leg(Kind::Payout, AccountId::HOUSE, member, payout)
    }

    /// The bet of a crash round: the stake waits in escrow until the round is settled.
    #[must_use]
    pub fn crash_bet(game: &str, member: AccountId, stake: Tokens) -> Self {
        let operation = format!("crash:{game}:bet");
        Self::new(operation, game).leg(Kind::EscrowIn, member, AccountId::ESCROW_CRASH, stake)
    }

    /// The end of a crash round: a payout of zero sends the stake to the house, any other brings it
    /// back with the profit on top.
    ///
    /// # Panics
    /// On a payout between zero and the stake, which no crash round has.
    #[must_use]
    pub fn crash_end(game: &str, member: AccountId, stake: Tokens, payout: Tokens) -> Self {
        let posting = Self::new(format!("hand:{game}"), game);
        let escrow = AccountId::ESCROW_CRASH;
        if payout.is_zero() {
            return posting.leg(Kind::EscrowLoss, escrow, AccountId::HOUSE, stake);
        }
        let profit = payout
            .checked_sub(stake)
            .expect("a cash-out or a refund pays the stake at least");
        posting.leg(Kind::EscrowReturn, escrow, member, stake).leg(
            Kind::CrashWin,
            AccountId::HOUSE,
            member,
            profit,
        )
    }

    /// Names the operations of a purchase: first what it moved, then what undoing it moved.
    #[must_use]
    pub fn operations_of_purchase(receipt: &str) -> [String; 2] {
        [format!("purchase:{receipt}"), format!("refund:{receipt}")]
    }

    /// Tokens that were paid with money; the receipt's operation is unique, so they come once.
    #[must_use]
    pub fn tokens_bought(receipt: &str, member: AccountId, tokens: Tokens) -> Self {
        let [operation, _] = Self::operations_of_purchase(receipt);
        Self::new(operation, receipt).leg(Kind::TokenPurchase, AccountId::MINT, member, tokens)
    }

    /// An item or a package: the payment to the shop, then the tokens that come with it.
    #[must_use]
    pub fn shop_purchase(
        receipt: &str,
        member: AccountId,
        price: Tokens,
        contents: Tokens,
    ) -> Self {
        let [operation, _] = Self::operations_of_purchase(receipt);
        Self::new(operation, receipt)
            .leg(Kind::ShopPayment, member, AccountId::SHOP, price)
            .leg(Kind::PackageTokens, AccountId::MINT, member, contents)
    }

    /// A purchase undone: what was paid in tokens comes back, then the tokens it brought are taken.
    #[must_use]
    pub fn refund(receipt: &str, member: AccountId, paid: Tokens, brought: Tokens) -> Self {
        let [_, operation] = Self::operations_of_purchase(receipt);
        Self::new(operation, receipt)
            .leg(Kind::ShopRefund, AccountId::SHOP, member, paid)
            .leg(Kind::PurchaseReversal, member, AccountId::MINT, brought)
    }
}
