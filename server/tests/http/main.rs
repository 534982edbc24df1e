//! The running server, over HTTP: what it answers, what it refuses, and that a refusal moves nothing.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod answer;
mod app;
mod auth;
mod bad_input;
mod binary;
mod bodies;
mod cookies;
mod crash;
mod crash_game;
mod crash_kill;
mod documented;
mod errors;
mod exits;
mod fairness;
mod features;
mod forms;
mod gacha;
mod health;
mod html;
mod idempotency;
mod install;
mod invite;
mod limits;
mod live;
mod member;
mod openapi;
mod pages;
mod plain;
mod record;
mod rps;
mod shapes;
mod shop;
mod tokens;
mod users;
mod words;
