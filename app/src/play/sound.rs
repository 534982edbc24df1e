//! Short sounds, made in the page; off until switched on.

use std::cell::RefCell;

use web_sys::{AudioContext, OscillatorType};

/// One tone: when it starts and how long it lasts, in seconds, and its pitch in hertz.
pub(crate) type Tone = (f64, f64, f32);

/// As loud as anything here gets.
const VOLUME: f32 = 0.06;

thread_local! {
    /// A browser allows few of these, so one is kept.
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Plays tones.
pub(super) fn ring(tones: &[Tone]) {
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        if let Some(context) = context {
            _ = context.resume();
            for tone in tones {
                _ = play(context, *tone);
            }
        }
    });
}

/// Plays one tone that swells fast and fades; an error is silence.
fn play(context: &AudioContext, (start, length, pitch): Tone) -> Result<(), wasm_bindgen::JsValue> {
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
