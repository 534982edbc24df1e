//! Rock-paper-scissors against a house that draws uniformly.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use crate::stake::{BadStake, StakeLimits};
use crate::{Draws, HandResult};

/// The version of the rules; a hand names the one it was played under.
pub const RULES_VERSION: i64 = 1;
/// What may be staked on one throw, in tokens.
pub const STAKES: StakeLimits = StakeLimits::new(10, 10_000);
/// What a win pays, in hundredths of the stake.
pub const WIN_HUNDREDTHS: i64 = 195;
/// The exact return to player before rounding, above the line: 0, 100 and 195 hundredths, each one
/// time in three.
pub const RETURN_NUMERATOR: u64 = 295;
/// The exact return to player, below the line.
pub const RETURN_DENOMINATOR: u64 = 300;

/// What a hand shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Beats scissors.
    Rock,
    /// Beats rock.
    Paper,
    /// Beats paper.
    Scissors,
}

impl Shape {
    /// Every shape, in the order of the draw.
    pub const ALL: [Self; 3] = [Self::Rock, Self::Paper, Self::Scissors];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rock => "rock",
            Self::Paper => "paper",
            Self::Scissors => "scissors",
        }
    }

    /// The shape of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.as_str() == name)
    }

    /// The shape that this one beats.
    #[must_use]
    pub const fn beats(self) -> Self {
        match self {
            Self::Rock => Self::Scissors,
            Self::Paper => Self::Rock,
            Self::Scissors => Self::Paper,
        }
    }

    /// Who wins when this one meets `other`.
    #[must_use]
    pub fn against(self, other: Self) -> Verdict {
        if self == other {
            Verdict::Draw
        } else if self.beats() == other {
            Verdict::Win
        } else {
            Verdict::Lose
        }
    }
}

/// Who won, seen from the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The member.
    Win,
    /// Nobody; the stake comes back.
    Draw,
    /// The house.
    Lose,
}

impl Verdict {
    /// The whole payout for a stake, rounded down.
    #[must_use]
    pub fn pays(self, stake: Tokens) -> Tokens {
        match self {
            Self::Win => stake
                .checked_mul(WIN_HUNDREDTHS)
                .and_then(|hundredths| Tokens::new(hundredths.get().checked_div(100)?).ok())
                .expect("10,000 times 195 is below 2^53"),
            Self::Draw => stake,
            Self::Lose => Tokens::ZERO,
        }
    }

    /// How the hand is recorded. A win of the smallest stake is above it, so this is also what
    /// stake and payout say.
    #[must_use]
    pub const fn result(self) -> HandResult {
        match self {
            Self::Win => HandResult::Win,
            Self::Draw => HandResult::Push,
            Self::Lose => HandResult::Lose,
        }
    }
}

/// What is staked on one throw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bet {
    stake: Tokens,
    choice: Shape,
}

impl Bet {
    /// A bet.
    ///
    /// # Errors
    /// [`BadStake`] outside the limits.
    pub fn new(stake: Tokens, choice: Shape) -> Result<Self, BadStake> {
        STAKES.check(stake)?;
        Ok(Self { stake, choice })
    }

    /// The stake, in tokens.
    #[must_use]
    pub const fn stake(self) -> Tokens {
        self.stake
    }

    /// What the member shows.
    #[must_use]
    pub const fn choice(self) -> Shape {
        self.choice
    }
}

/// What one throw gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the house shows.
    pub house: Shape,
    /// Who won.
    pub verdict: Verdict,
    /// The whole payout, in tokens.
    pub payout: Tokens,
}

/// Settles one throw. The same bet and stream always give the same outcome.
pub fn settle(bet: Bet, draws: &mut Draws) -> Outcome {
    let house = match draws.below(3) {
        0 => Shape::Rock,
        1 => Shape::Paper,
        _ => Shape::Scissors,
    };
    let verdict = bet.choice.against(house);
    Outcome {
        house,
        verdict,
        payout: verdict.pays(bet.stake),
    }
}
