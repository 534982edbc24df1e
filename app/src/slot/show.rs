//! Showing a settled hand. Nothing here changes it.

use games::slot::{Animation, Spin};
use leptos::prelude::*;
use wire::{Tokens, slot::SpinResult};

use super::{
    machine::{Machine, Said},
    sound::{self, Cue},
};

/// The shortest run of the reels, so that the eye can follow.
const RUN_MS: f64 = 620.0;
/// From one reel's stop to the next.
const STAGGER_MS: i32 = 190;
/// How long lit lines stand before the next free spin.
const LINES_MS: i32 = 900;
/// How long a free spin runs.
const FREE_RUN_MS: i32 = 480;
/// How long free spins are announced.
const ANNOUNCE_MS: i32 = 1_100;
/// How many steps a win is counted in.
const COUNT_STEPS: i64 = 24;

/// Shows a hand from its first stop to its last count.
pub(super) async fn hand(machine: Machine, result: &SpinResult, stake: Tokens, started_ms: f64) {
    let calm = machine.table.is_calm();
    if !calm {
        machine.table.pause_since(started_ms, RUN_MS).await;
    }
    let first = Spin {
        reels: result.reels,
        win_lines: result.win_lines.clone(),
        payout: first_payout(result),
    };
    spin(machine, &first, 0, calm).await;
    for (at, free) in result.free_spins.iter().enumerate() {
        free_spin(machine, free, at, result.free_spins.len(), calm).await;
    }
    finish(machine, result, stake, calm).await;
}

/// What the staked spin paid: the whole less the free spins.
fn first_payout(result: &SpinResult) -> Tokens {
    let free = result
        .free_spins
        .iter()
        .map(|spin| spin.payout.get())
        .sum::<i64>();
    Tokens::new(result.win_amount.get() - free).unwrap_or_default()
}

async fn free_spin(machine: Machine, spin_shown: &Spin, at: usize, all: usize, calm: bool) {
    if at == 0 {
        sound::play(machine, Cue::Free);
    }
    machine.said.set(Said::Free(at + 1, all));
    if !calm {
        machine
            .table
            .pause(if at == 0 { ANNOUNCE_MS } else { LINES_MS / 2 })
            .await;
        machine.lit.set(Vec::new());
        for reel in machine.reels {
            reel.runs.set(true);
        }
        machine.table.pause(FREE_RUN_MS).await;
    }
    let base = machine.win.try_get_untracked().unwrap_or_default();
    spin(machine, spin_shown, base, calm).await;
}

/// Stops the reels one after another, lights the lines and counts their payout on top of `base`.
async fn spin(machine: Machine, spin: &Spin, base: i64, calm: bool) {
    for (at, (reel, symbols)) in machine.reels.iter().zip(spin.reels).enumerate() {
        if at > 0 && !calm {
            machine.table.pause(STAGGER_MS).await;
        }
        reel.symbols.set(symbols);
        reel.runs.set(false);
        sound::play(machine, Cue::Stop);
    }
    if spin.win_lines.is_empty() {
        return;
    }
    machine.lit.set(spin.win_lines.clone());
    count(machine, base, spin.payout.get(), calm).await;
}

async fn count(machine: Machine, base: i64, payout: i64, calm: bool) {
    if !calm {
        for step in 1..COUNT_STEPS {
            machine.win.set(base + payout * step / COUNT_STEPS);
            machine.table.pause(LINES_MS / 24).await;
        }
    }
    machine.win.set(base + payout);
}

/// Celebrates what was won above the stake, and nothing else.
async fn finish(machine: Machine, result: &SpinResult, stake: Tokens, calm: bool) {
    machine.win.set(result.win_amount.get());
    let cue = match result.animation {
        _ if result.win_amount <= stake => None,
        Animation::Jackpot => Some(Cue::Jackpot),
        Animation::BigWin => Some(Cue::Big),
        _ => Some(Cue::Win),
    };
    if let Some(cue) = cue {
        sound::play(machine, cue);
        if !calm {
            machine.table.pause(300).await;
        }
    }
}
