//! How much of the curve is in the picture, and where on it everything is.

/// The least that is shown, in milliseconds and in multiples of the stake.
const SPAN_MIN_MS: f64 = 10_000.0;
const TOP_MIN: f64 = 2.0;
/// How much room is kept ahead of the curve.
const AHEAD: f64 = 1.16;
const ABOVE: f64 = 1.3;
/// How many lines there are at most in each direction.
const LINES_MAX: f64 = 5.0;
/// What a grid may count by.
const STEPS: [f64; 12] = [
    0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0,
];

/// The curve as a drawing needs it; what is paid is decided by [`games::crash::curve`].
pub(super) fn height(elapsed_ms: f64) -> f64 {
    (f64::from(games::crash::GROWTH_PER_100_000_MS) * elapsed_ms / 100_000.0).exp()
}

/// When that is reached, in milliseconds.
pub(super) fn reached(times: f64) -> f64 {
    times.ln() * 100_000.0 / f64::from(games::crash::GROWTH_PER_100_000_MS)
}

/// From time and multiple to places in the picture, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    width: f64,
    height: f64,
    span_ms: f64,
    top: f64,
}

impl Scale {
    /// A picture of that size whose curve has come so far.
    pub(super) fn of(width: f64, height: f64, elapsed_ms: f64) -> Self {
        Self {
            width,
            height,
            span_ms: (elapsed_ms * AHEAD).max(SPAN_MIN_MS),
            top: (1.0 + (self::height(elapsed_ms) - 1.0) * ABOVE).max(TOP_MIN),
        }
    }

    pub(super) fn x(self, elapsed_ms: f64) -> f64 {
        self.width * elapsed_ms / self.span_ms
    }

    pub(super) fn y(self, times: f64) -> f64 {
        self.height * (1.0 - (times - 1.0) / (self.top - 1.0))
    }

    /// The multiples that get a line.
    pub(super) fn levels(self) -> Vec<f64> {
        let step = step(self.top - 1.0);
        let first = (1.0 / step).floor() * step + step;
        marks(first, step, self.top)
    }

    /// The seconds that get a line.
    pub(super) fn seconds(self) -> Vec<f64> {
        let step = step(self.span_ms / 1_000.0).max(1.0);
        marks(step, step, self.span_ms / 1_000.0)
    }
}

/// The finest step that makes few lines.
fn step(range: f64) -> f64 {
    let fits = |step: &f64| range / step <= LINES_MAX;
    STEPS.into_iter().find(fits).unwrap_or(range)
}

fn marks(first: f64, step: f64, end: f64) -> Vec<f64> {
    let at = |mark: u32| step.mul_add(f64::from(mark), first);
    (0..10).map(at).take_while(|mark| *mark < end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_stays_in_the_picture_and_above_its_middle_once_it_is_high() {
        for elapsed_ms in [0.0, 1_000.0, 11_553.0, 38_377.0, 115_130.0] {
            let scale = Scale::of(300.0, 200.0, elapsed_ms);
            let (x, y) = (scale.x(elapsed_ms), scale.y(height(elapsed_ms)));
            assert!((0.0..300.0).contains(&x) && (0.0..=200.0).contains(&y));
            assert!(elapsed_ms < 20_000.0 || y < 100.0);
        }
    }

    #[test]
    fn a_few_lines_at_round_numbers() {
        let start = Scale::of(300.0, 200.0, 0.0);
        assert_eq!(start.seconds(), [2.0, 4.0, 6.0, 8.0]);
        let text: Vec<_> = start.levels().iter().map(|it| format!("{it:.1}")).collect();
        assert_eq!(text, ["1.2", "1.4", "1.6", "1.8"]);
        let high = Scale::of(300.0, 200.0, 38_377.0);
        assert_eq!(high.levels(), [5.0, 10.0]);
    }
}
