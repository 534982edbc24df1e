// A club of a worker's own: its process, its port, its database, on the engine that is tested.
//
// A worker runs one test at a time, so nobody else is there when a test moves the clock, kills the server,
// speaks to everyone or touches the books.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserContext } from '@playwright/test';

import type { Credentials } from './api';
import { createDatabase, dropDatabase } from './database';
import * as door from './door';
import { binary, settings } from './environment';
import { expect, test as base } from './fixtures';

const START_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 20;
const COMMAND_LIMIT_MS = 60_000;

type Settings = Record<string, string>;

export class OwnClub {
  private process: ChildProcess | undefined;
  private isAhead = false;

  readonly databaseUrl: string;
  private readonly log: string;

  private constructor(
    private readonly name: string,
    private readonly port: number,
    /** What it is started with besides what every club is. */
    private readonly own: Settings,
  ) {
    this.databaseUrl = createDatabase(name);
    this.log = join(mkdtempSync(join(tmpdir(), 'casino-club-own-')), 'server.log');
  }

  /** Opens a club that nobody has been in. */
  static async open(own: Settings): Promise<OwnClub> {
    const port = await freePort();
    const club = new OwnClub(`casino_club_own_${process.pid}_${port}`, port, own);
    await club.start();
    return club;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server on the database as it is, and waits until it answers. */
  async start(): Promise<void> {
    const serve = `exec "${binary}" serve >> "${this.log}" 2>&1`;
    this.process = spawn('sh', ['-c', serve], { env: { ...process.env, ...this.settings() } });
    await this.healthy();
  }

  /** Moves the club's clock forward; the test environment alone lets it. */
  async passes(minutes: number): Promise<void> {
    const body = JSON.stringify({ advance_secs: minutes * 60 });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.origin}/api/test/clock`, { method: 'POST', headers, body });
    if (answer.status !== 204) throw new Error(`the clock did not move: ${answer.status} ${await answer.text()}`);
    this.isAhead = true;
  }

  /** Makes the club as a test expects it: open, and at the time of day. */
  async setRight(): Promise<void> {
    if (this.isAhead && this.isOpen()) await this.kill();
    this.isAhead = false;
    if (!this.isOpen()) await this.start();
  }

  /** What a command of the binary says on this club's database, and how it ends. */
  run(...args: string[]): { status: number | null; said: string } {
    const env = { ...process.env, ...this.settings() };
    const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8', timeout: COMMAND_LIMIT_MS, env });
    return { status, said: stdout + stderr };
  }

  /** Makes a member an owner, which ends what they are signed in, and signs them in anew in this browser. */
  async makesOwner(context: BrowserContext, member: Credentials): Promise<void> {
    const { status, said } = this.run('promote-admin', '--site-id', member.site_id);
    expect(status, said).toBe(0);
    await door.signIn(context, member);
  }

  /** Ends the server as a power cut would. */
  async kill(): Promise<void> {
    const process = this.process!;
    await new Promise<void>((dead) => {
      process.once('exit', () => dead());
      process.kill('SIGKILL');
    });
  }

  async close(): Promise<void> {
    if (this.isOpen()) await this.kill();
    dropDatabase(this.name);
  }

  private isOpen(): boolean {
    return this.process?.exitCode === null && this.process.signalCode === null;
  }

  private settings(): Settings {
    return {
      ...settings,
      ...this.own,
      DATABASE_URL: this.databaseUrl,
      LEPTOS_SITE_ADDR: `127.0.0.1:${this.port}`,
      SITE_URL: this.origin,
    };
  }

  private async healthy(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS;
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.origin}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
    throw new Error(`the club did not open: see ${this.log}`);
  }
}

interface OfWorker {
  /** What the club is started with besides what every club is; a spec says so with `test.use`. */
  clubSettings: Settings;
  ownClub: OwnClub;
}

/** Tests in a club of the worker's own: it opens for the first of them, and its books are checked when it closes. */
export const test = base.extend<{ club: OwnClub }, OfWorker>({
  clubSettings: [{}, { scope: 'worker', option: true }],
  ownClub: [
    async ({ clubSettings }, use) => {
      const club = await OwnClub.open(clubSettings);
      await use(club);
      const books = ['verify-ledger', 'verify-hands'].map((command) => club.run(command));
      await club.close();
      for (const { status, said } of books) expect(status, said).toBe(0);
    },
    { scope: 'worker' },
  ],
  club: async ({ ownClub }, use) => {
    await use(ownClub);
  },
  // Every browser and request asks for it first.
  baseURL: async ({ ownClub }, use) => {
    await ownClub.setRight();
    await use(ownClub.origin);
  },
  database: async ({ ownClub }, use) => {
    await use(ownClub.databaseUrl);
  },
});

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((found) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
