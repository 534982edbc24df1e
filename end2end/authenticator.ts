// What an authenticator shows (RFC 6238): six digits that follow from a secret and the time.

import { createHmac } from 'node:crypto';

const STEP_SECS = 30;
/** The letters of base32, each for five bits. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a secret in base32, now or in a club whose clock is so many minutes ahead. */
export function codeOf(secret: string, minutesAhead = 0): string {
  const step = Math.floor((Date.now() / 1_000 + minutesAhead * 60) / STEP_SECS);
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const hash = Uint8Array.from(createHmac('sha1', bytesOf(secret)).update(counter).digest());
  const from = hash.at(-1)! & 0x0f;
  const number = new DataView(hash.buffer).getUint32(from) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function bytesOf(base32: string): Uint8Array {
  const bits = [...base32].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
}
