// Luck that a test wrote: seeds whose hands are known before they are played.
//
// The rules are read here once more, apart from the code of the club: whoever knows the seeds can work a hand out.

import { createHash, createHmac } from 'node:crypto';

import { sqlIn } from './database';
import { engine } from './environment';
import type { Rarity } from './pages/gacha';
import type { Shape } from './pages/rps';

/** The member's half. */
const CLIENT_SEED = 'known-beforehand';
/** The rarest hand, a jackpot, comes once in some 2,000. */
const SEEDS_MAX = 200_000;

/** What a test wants of a hand: what came, or nothing where something else did. `earlier` is what was pulled before. */
export type Wanted<T> = (draws: Draws, earlier: Rarity[]) => T | undefined;

/** The random stream of one hand. */
class Draws {
  private block = 0;
  private unread: number[] = [];

  constructor(
    private readonly server: Uint8Array,
    private readonly nonce: number,
  ) {}

  /** A whole number below n; a draw beyond the last multiple of n is thrown away. */
  below(n: number): number {
    const bytes = n > 2 ** 32 ? 8 : 4;
    const range = 1n << BigInt(8 * bytes);
    const fair = range - (range % BigInt(n));
    for (;;) {
      let draw = 0n;
      for (let read = 0; read < bytes; read += 1) draw = (draw << 8n) | BigInt(this.byte());
      if (draw < fair) return Number(draw % BigInt(n));
    }
  }

  private byte(): number {
    if (this.unread.length === 0) {
      this.unread = [...createHmac('sha256', this.server).update(`${CLIENT_SEED}:${this.nonce}:${this.block}`).digest()];
      this.block += 1;
    }
    return this.unread.shift()!;
  }
}

/** A member's seeds, as the test wants them. */
export class Luck {
  constructor(
    private readonly database: string,
    private readonly user: number,
  ) {}

  /**
   * Sees to it that the member's first hands are these, in this order, and tells what each will bring.
   * To be called before anything is played and before a page has kept the promise of other seeds.
   */
  deals<T extends unknown[]>(...hands: { [K in keyof T]: Wanted<T[K]> }): T {
    for (let tries = 0; tries < SEEDS_MAX; tries += 1) {
      const server = createHash('sha256').update(`seed ${tries}`).digest();
      const brought = play(server, hands as Wanted<unknown>[]);
      if (!brought) continue;
      this.write(server);
      return brought as T;
    }
    throw new Error(`none of ${SEEDS_MAX} seeds brings these hands`);
  }

  private write(server: Uint8Array): void {
    const hash = hex(createHash('sha256').update(server).digest());
    const bytes = engine === 'sqlite' ? `x'${hex(server)}'` : `'\\x${hex(server)}'::bytea`;
    const written = sqlIn(
      this.database,
      `UPDATE seed_pairs SET server_seed = ${bytes}, server_seed_hash = '${hash}', client_seed = '${CLIENT_SEED}'
       WHERE user_id = ${this.user} AND status = 'active' AND nonce = 0 RETURNING id`,
    );
    if (written.length !== 1) throw new Error(`member ${this.user} has no pair of seeds that is still whole`);
  }
}

/** What these seeds bring, unless it is something else than wanted. */
function play(server: Uint8Array, hands: Wanted<unknown>[]): unknown[] | undefined {
  const earlier: Rarity[] = [];
  const brought: unknown[] = [];
  for (const [nonce, wanted] of hands.entries()) {
    const one = wanted(new Draws(server, nonce), earlier);
    if (one === undefined) return undefined;
    brought.push(one);
  }
  return brought;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A round of crash whose point is at least this; tells it. */
export function climbsTo(least: number): Wanted<number> {
  return crashesBetween(least, 1_000);
}

/** A round of crash whose point is one of these, both included; tells it. */
export function crashesBetween(least: number, most: number): Wanted<number> {
  return (draws) => {
    const point = crashPoint(draws);
    return point >= least && point <= most ? point : undefined;
  };
}

/** Where the curve breaks off: 0.97 of what one in 2^52 draws is, in hundredths, from 1x to 1,000x. */
function crashPoint(draws: Draws): number {
  const all = 2 ** 52;
  const hundredths = Number((97n * BigInt(all)) / BigInt(all - draws.below(all)));
  return Math.min(Math.max(hundredths, 100), 100_000) / 100;
}

/** A throw in which the house shows this. */
export function houseShows(shape: Shape): Wanted<Shape> {
  const shapes: Shape[] = ['rock', 'paper', 'scissors'];
  return (draws) => (shapes[draws.below(3)] === shape ? shape : undefined);
}

/** How a spin of five lines ends, its free spins not counted. */
export type SpinEnd = 'nothing' | 'return' | 'win' | 'big_win' | 'free_spins' | 'jackpot';

/** The strips: cherry, lemon, orange, grape, diamond, seven, wild, scatter (X). */
const STRIPS = ['DLCOGSCLOCXLOCWCGLCODLCLXOGCLOGC', 'COCGXLCOWLDOLGCSLCOLOWGCXCOLCGDL', 'GCDLOLWOXCLCGOLCLDOWLXOLCGOCGCSC'];
/** What a line pays in its own stakes; the first that fits. */
const PAYS: [RegExp, number][] = [
  [/^[SW]{3}/, 300],
  [/^[DW]{3}/, 75],
  [/^[GW]{3}/, 20],
  [/^[OW]{3}/, 12],
  [/^[SW]{2}/, 10],
  [/^[LW]{3}/, 8],
  [/^[CW]{3}/, 5],
  [/^[DW]{2}/, 4],
];
/** The row of each reel that a line crosses. */
const LINES = [[1, 1, 1], [0, 0, 0], [2, 2, 2], [0, 1, 2], [2, 1, 0]];

/** A spin of five lines that ends like this; tells what its paid spin pays, in stakes of a line. */
export function spinEnds(wanted: SpinEnd): Wanted<number> {
  return (draws) => {
    const reels = STRIPS.map((strip) => (strip + strip).substring(draws.below(32)).slice(0, 3));
    const lines = LINES.map((rows) => rows.map((row, reel) => reels[reel]![row]).join(''));
    const pays = lines.map((line) => PAYS.find(([row]) => row.test(line))?.[1] ?? 0);
    const paid = pays.reduce((sum, one) => sum + one, 0);
    const scatters = reels.join('').split('X').length - 1;
    return spinEnd(paid, scatters, pays.includes(300)) === wanted ? paid : undefined;
  };
}

function spinEnd(paid: number, scatters: number, isJackpot: boolean): SpinEnd {
  if (isJackpot) return 'jackpot';
  if (scatters >= 3) return 'free_spins';
  if (paid === 0) return 'nothing';
  if (paid <= LINES.length) return 'return';
  return paid < 10 * LINES.length ? 'win' : 'big_win';
}

/** The order of the draw, what each entry weighs in 100,000, and what it delivers: the last two are near misses. */
const ENTRIES: [Rarity, number][] = [
  ['legendary', 200],
  ['epic', 2_500],
  ['rare', 15_000],
  ['common', 65_000],
  ['rare', 8_000],
  ['rare', 9_300],
];
const ITEMS: Record<Rarity, number> = { common: 10, rare: 8, epic: 6, legendary: 4 };

/** So many pulls of somebody who has not waited long (30 pulls at most), which bring this rarity; tells all of them. */
export function pullsBring(rarity: Rarity, count: 1 | 10): Wanted<Rarity[]> {
  return (draws, earlier) => {
    const pulled: Rarity[] = [];
    for (let pull = 0; pull < count; pull += 1) {
      const one = pullOne(draws, earlier.slice(-10));
      earlier.push(one);
      pulled.push(one);
    }
    return pulled.includes(rarity) ? pulled : undefined;
  };
}

/** What is rarer than common keeps four fifths of its weight while it is among the last ten; common gets the rest. */
function pullOne(draws: Draws, recent: Rarity[]): Rarity {
  const weights = ENTRIES.map(([rarity, weight]) => (rarity !== 'common' && recent.includes(rarity) ? Math.floor((weight * 4) / 5) : weight));
  weights[3] = 100_000 - weights.reduce((sum, weight, entry) => (entry === 3 ? sum : sum + weight), 0);
  let left = draws.below(100_000);
  const entry = weights.findIndex((weight) => (left -= weight) < 0);
  const [rarity] = ENTRIES[entry]!;
  // Which item it is takes a draw as well.
  draws.below(ITEMS[rarity]);
  return rarity;
}
