//! Opening the capsules. Nothing here changes what is in them.

use games::gacha::Animation;
use leptos::prelude::*;
use wire::gacha::{PullResult, PulledItem};

use super::{
    machine::Machine,
    sound::{self, Cue},
};

/// The shortest turn of the knob, so that the eye can follow.
const TURN_MS: f64 = 900.0;

/// Waits until the knob has turned and the capsule has dropped.
pub(super) async fn turned(machine: Machine, started_ms: f64) {
    if machine.table.is_calm() {
        return;
    }
    machine.table.pause_since(started_ms, TURN_MS).await;
}

/// Opens the capsules one by one, or all at once for whoever asks for that or for less motion.
pub(super) async fn round(machine: Machine, result: &PullResult) {
    if !machine.table.is_calm() {
        for (at, item) in result.items.iter().enumerate() {
            if shows_all(machine) {
                break;
            }
            capsule(machine, at, item).await;
        }
    }
    machine.spot.set(None);
    machine.opened.set(result.items.len());
}

/// Brings one capsule into the light, lets it glow, and opens it.
async fn capsule(machine: Machine, at: usize, item: &PulledItem) {
    machine.is_open.set(false);
    machine.spot.set(Some(at));
    sound::play(machine.table, Cue::Drop);
    wait(machine, glow_ms(item.animation)).await;
    machine.is_open.set(true);
    machine.opened.set(at + 1);
    sound::play(machine.table, cue(item.animation));
    wait(machine, look_ms(item.animation)).await;
}

/// Waits; a tap ends this wait and no other, except that asking for all ends every one.
async fn wait(machine: Machine, millis: i32) {
    if shows_all(machine) {
        return;
    }
    machine.table.skip.set(false);
    machine.table.pause(millis).await;
}

/// Whether all that is left is to be shown at once.
fn shows_all(machine: Machine) -> bool {
    machine.all.try_get_untracked().unwrap_or_default()
}

/// How long a capsule glows before it opens.
fn glow_ms(animation: Animation) -> i32 {
    match animation {
        Animation::Normal => 650,
        Animation::NearMiss => 1_200,
        Animation::Epic | Animation::Pity => 1_300,
        Animation::Legendary => 1_700,
    }
}

/// How long an item is looked at.
fn look_ms(animation: Animation) -> i32 {
    match animation {
        Animation::Normal | Animation::NearMiss => 1_000,
        Animation::Epic | Animation::Pity => 2_000,
        Animation::Legendary => 2_800,
    }
}

/// Only an epic or better is celebrated.
fn cue(animation: Animation) -> Cue {
    match animation {
        Animation::Normal | Animation::NearMiss => Cue::Open,
        Animation::Epic | Animation::Pity => Cue::Epic,
        Animation::Legendary => Cue::Legendary,
    }
}
