// A club of a test's own: its process, its port, its database, on the engine that is tested.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDatabase, dropDatabase, sqlIn } from './database';
import { binary, settings } from './environment';

const START_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 50;

export class OwnClub {
  private process: ChildProcess | undefined;

  private readonly databaseUrl: string;
  private readonly log: string;

  private constructor(
    private readonly name: string,
    private readonly port: number,
  ) {
    this.databaseUrl = createDatabase(name);
    this.log = join(mkdtempSync(join(tmpdir(), 'casino-club-own-')), 'server.log');
  }

  /** Opens a club that nobody has been in. */
  static async open(): Promise<OwnClub> {
    const port = await freePort();
    const club = new OwnClub(`casino_club_own_${process.pid}_${port}`, port);
    await club.start();
    return club;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where the curve of a round of crash breaks off. */
  point(game: string): number {
    return Number(sqlIn(this.databaseUrl, `SELECT point_hundredths FROM crash_sessions WHERE id = '${game}'`)[0]) / 100;
  }

  /** Starts the server on the database as it is, and waits until it answers. */
  async start(): Promise<void> {
    const env = {
      ...process.env,
      ...settings,
      DATABASE_URL: this.databaseUrl,
      LEPTOS_SITE_ADDR: `127.0.0.1:${this.port}`,
      SITE_URL: this.origin,
    };
    this.process = spawn('sh', ['-c', `exec "${binary}" serve >> "${this.log}" 2>&1`], { env });
    await this.healthy();
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
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.kill();
    dropDatabase(this.name);
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
