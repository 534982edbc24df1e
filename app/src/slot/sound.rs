//! Short sounds, made in the page; off until switched on.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::{AudioContext, OscillatorType};

use super::machine::Machine;

/// What is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The reels start.
    Start,
    /// A reel stops.
    Stop,
    /// Free spins begin.
    Free,
    /// More than the stake came back.
    Win,
    /// Much more.
    Big,
    /// Three sevens.
    Jackpot,
}

/// One tone: when it starts and how long it lasts, in seconds, and its pitch in hertz.
type Tone = (f64, f64, f32);

impl Cue {
    fn tones(self) -> &'static [Tone] {
        match self {
            Self::Start => &[(0.0, 0.08, 196.0), (0.06, 0.10, 262.0)],
            Self::Stop => &[(0.0, 0.06, 147.0)],
            Self::Free => &[(0.0, 0.18, 392.0), (0.14, 0.18, 494.0), (0.28, 0.30, 587.0)],
            Self::Win => &[(0.0, 0.14, 523.0), (0.11, 0.22, 659.0)],
            Self::Big => &[
                (0.0, 0.14, 523.0),
                (0.11, 0.14, 659.0),
                (0.22, 0.14, 784.0),
                (0.33, 0.40, 1047.0),
            ],
            Self::Jackpot => &[
                (0.0, 0.16, 523.0),
                (0.12, 0.16, 659.0),
                (0.24, 0.16, 784.0),
                (0.36, 0.16, 1047.0),
                (0.50, 0.16, 784.0),
                (0.62, 0.70, 1319.0),
            ],
        }
    }
}

/// As loud as anything here gets.
const VOLUME: f32 = 0.06;

thread_local! {
    /// A browser allows few of these, so one is kept.
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Plays a cue unless the machine is muted.
pub(super) fn play(machine: Machine, cue: Cue) {
    if machine.muted.try_get_untracked() != Some(false) {
        return;
    }
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        if let Some(context) = context {
            _ = context.resume();
            for tone in cue.tones() {
                _ = ring(context, *tone);
            }
        }
    });
}

/// Plays one tone that swells fast and fades; an error is silence.
fn ring(context: &AudioContext, (start, length, pitch): Tone) -> Result<(), wasm_bindgen::JsValue> {
    let at = context.current_time() + start;
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    oscillator.set_type(OscillatorType::Triangle);
    oscillator.frequency().set_value(pitch);
    gain.gain().set_value_at_time(0.0001, at)?;
    gain.gain()
        .exponential_ramp_to_value_at_time(VOLUME, at + 0.012)?;
    gain.gain()
        .exponential_ramp_to_value_at_time(0.0001, at + length)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    oscillator.start_with_when(at)?;
    oscillator.stop_with_when(at + length + 0.02)
}
