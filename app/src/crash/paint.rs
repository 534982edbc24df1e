//! The picture of the curve.

use std::f64::consts::TAU;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::scale::{Scale, height, reached};
use crate::browser;

/// How fine the curve is drawn.
const SEGMENTS: u32 = 96;
/// Room for the numbers at the right and below, and for the head of the curve above, in CSS pixels.
const RIGHT: f64 = 46.0;
const BELOW: f64 = 26.0;
const ABOVE: f64 = 14.0;
const LEFT: f64 = 14.0;
const HEAD: f64 = 6.0;
/// No screen gains from more than that.
const RATIO_MAX: f64 = 3.0;

/// How the curve looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing runs.
    Resting,
    /// It climbs.
    Climbing,
    /// It was left in time.
    Won,
    /// It broke off.
    Lost,
}

/// What is to be painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) look: Look,
    /// Where the curve has come to, in milliseconds.
    pub(super) elapsed_ms: f64,
    /// The auto cash-out, in multiples.
    pub(super) target: Option<f64>,
    /// What stands behind a number of seconds.
    pub(super) seconds: &'static str,
}

/// The colours of the curve.
struct Palette {
    grid: String,
    ground: String,
    figures: String,
    head: String,
    climbing: String,
    won: String,
    lost: String,
}

thread_local! {
    /// The club's tokens do not change while its page is open, and asking for them costs: a browser
    /// works the style of the whole page out for that.
    static PALETTE: Palette = Palette::of_the_club();
}

impl Palette {
    fn of_the_club() -> Self {
        let token = |name| browser::css_variable(&format!("--color-{name}"));
        Self {
            grid: token("ink-800"),
            ground: token("ink-600"),
            figures: token("paper-400"),
            head: token("paper-100"),
            climbing: token("neon"),
            won: token("win"),
            lost: token("lose"),
        }
    }

    fn curve(&self, look: Look) -> &str {
        match look {
            Look::Resting => &self.ground,
            Look::Climbing => &self.climbing,
            Look::Won => &self.won,
            Look::Lost => &self.lost,
        }
    }
}

/// A canvas that fits the screen, with the colours of the club's tokens.
struct Easel<'a> {
    palette: &'a Palette,
    context: CanvasRenderingContext2d,
    scale: Scale,
    width: f64,
    height: f64,
}

/// Paints the picture; a canvas that is not on the page yet is left alone.
pub(super) fn paint(canvas: &HtmlCanvasElement, picture: &Picture) {
    PALETTE.with(|palette| {
        let Some(easel) = Easel::set_up(palette, canvas, picture) else {
            return;
        };
        easel.grid(picture.seconds);
        if let Some(target) = picture.target {
            easel.target(target);
        }
        easel.curve(picture);
    });
}

impl<'a> Easel<'a> {
    fn set_up(palette: &'a Palette, canvas: &HtmlCanvasElement, picture: &Picture) -> Option<Self> {
        let (width, height) = (canvas.client_width(), canvas.client_height());
        let context = canvas.get_context("2d").ok()??;
        let context = context.dyn_into::<CanvasRenderingContext2d>().ok()?;
        let (width, height) = (f64::from(width), f64::from(height));
        let (inner, tall) = (width - LEFT - RIGHT, height - ABOVE - BELOW);
        if inner <= 0.0 || tall <= 0.0 {
            return None;
        }
        fit(canvas, &context, width, height);
        _ = context.translate(LEFT, ABOVE);
        Some(Self {
            palette,
            context,
            scale: Scale::of(inner, tall, picture.elapsed_ms),
            width: inner,
            height: tall,
        })
    }

    fn grid(&self, seconds: &str) {
        let context = &self.context;
        context.set_stroke_style_str(&self.palette.grid);
        context.set_fill_style_str(&self.palette.figures);
        context.set_line_width(1.0);
        context.set_font("500 13px Pretendard, system-ui, sans-serif");
        context.set_text_baseline("middle");
        for level in self.scale.levels() {
            self.level(level);
            let text = format!("{}×", rounded(level));
            _ = context.fill_text(&text, self.width + 8.0, self.scale.y(level));
        }
        context.set_text_align("center");
        for second in self.scale.seconds() {
            let text = format!("{}{seconds}", rounded(second));
            _ = context.fill_text(&text, self.scale.x(second * 1_000.0), self.height + 15.0);
        }
        context.set_text_align("start");
        context.set_stroke_style_str(&self.palette.ground);
        self.line(0.0, self.height, self.width, self.height);
    }

    /// Where the auto cash-out waits, once that is in the picture.
    fn target(&self, times: f64) {
        if self.scale.y(times) < -ABOVE {
            return;
        }
        let dashes = js_sys::Array::of2(&JsValue::from(4), &JsValue::from(6));
        _ = self.context.set_line_dash(&dashes);
        self.context.set_stroke_style_str(&self.palette.won);
        self.level(times);
        _ = self.context.set_line_dash(&js_sys::Array::new());
    }

    /// A line at a multiple, from where the curve gets there: what is left of it belongs to the words.
    fn level(&self, times: f64) {
        let y = self.scale.y(times);
        self.line(self.scale.x(reached(times)), y, self.width, y);
    }

    fn curve(&self, picture: &Picture) {
        let colour = self.palette.curve(picture.look);
        let context = &self.context;
        let end = self.trace(picture.elapsed_ms);
        if picture.look != Look::Resting {
            self.shade(end.0, colour);
            _ = self.trace(picture.elapsed_ms);
            context.set_shadow_color(colour);
            context.set_shadow_blur(14.0);
        }
        context.set_stroke_style_str(colour);
        context.set_line_width(3.0);
        context.set_line_cap("round");
        context.set_line_join("round");
        context.stroke();
        match picture.look {
            Look::Resting => {}
            Look::Lost => self.cross(end),
            Look::Climbing | Look::Won => self.head(end, colour),
        }
        context.set_shadow_blur(0.0);
    }

    /// Lays the path of the curve and gives its end.
    fn trace(&self, elapsed_ms: f64) -> (f64, f64) {
        let (mut x, mut y) = (0.0, self.height);
        self.context.begin_path();
        self.context.move_to(x, y);
        for segment in 1..=SEGMENTS {
            let at = elapsed_ms * f64::from(segment) / f64::from(SEGMENTS);
            (x, y) = (self.scale.x(at), self.scale.y(height(at)));
            self.context.line_to(x, y);
        }
        (x, y)
    }

    /// One flat, faint tone below the curve.
    fn shade(&self, end: f64, colour: &str) {
        let context = &self.context;
        context.line_to(end, self.height);
        context.close_path();
        context.set_global_alpha(0.09);
        context.set_fill_style_str(colour);
        context.fill();
        context.set_global_alpha(1.0);
    }

    fn head(&self, (x, y): (f64, f64), colour: &str) {
        let context = &self.context;
        context.begin_path();
        _ = context.arc(x, y, HEAD, 0.0, TAU);
        context.set_fill_style_str(&self.palette.head);
        context.fill();
        context.set_stroke_style_str(colour);
        context.stroke();
    }

    fn cross(&self, (x, y): (f64, f64)) {
        self.line(x - HEAD, y - HEAD, x + HEAD, y + HEAD);
        self.line(x - HEAD, y + HEAD, x + HEAD, y - HEAD);
    }

    fn line(&self, x: f64, y: f64, to_x: f64, to_y: f64) {
        self.context.begin_path();
        self.context.move_to(x, y);
        self.context.line_to(to_x, to_y);
        self.context.stroke();
    }
}

/// Gives the canvas as many pixels as the screen has, and starts on a clean one.
fn fit(canvas: &HtmlCanvasElement, context: &CanvasRenderingContext2d, width: f64, height: f64) {
    let ratio = browser::pixel_ratio().min(RATIO_MAX);
    let (across, down) = ((width * ratio) as u32, (height * ratio) as u32);
    if canvas.width() != across || canvas.height() != down {
        canvas.set_width(across);
        canvas.set_height(down);
    }
    _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, width, height);
}

/// Without a fraction where there is none.
fn rounded(number: f64) -> String {
    let tenths = (number * 10.0).round();
    format!("{}", tenths / 10.0)
}
