// The wasm half of the shared vectors: the rules compiled for the browser give the same outcomes,
// bit for bit, as the rules compiled for the server (`vectors.rs`). From the root of the project:
//
//   cargo build -p games --example vectors --target wasm32-unknown-unknown --release
//   node crates/games/tests/vectors.mjs
//
// Exits with 1 when the digests differ or the module cannot be loaded.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../../target", import.meta.url));
const module = await readFile(`${target}/wasm32-unknown-unknown/release/examples/vectors.wasm`);
const committed = (await readFile(new URL("vectors.sha256", import.meta.url), "utf8")).trim();

// No imports: the rules ask nothing of the world, and a module that did would not load here.
const { instance } = await WebAssembly.instantiate(module, {});
const { digest_byte, vectors } = instance.exports;
const bytes = Array.from({ length: 32 }, (_, index) => digest_byte(index));
const digest = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");

if (digest !== committed) {
  console.error(`${vectors()} vectors, sha256 ${digest}, but ${committed} is committed`);
  process.exit(1);
}
console.log(`${vectors()} vectors, sha256 ${digest}, equal`);
