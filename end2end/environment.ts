// Where the club under test is. `cargo xtask test` says so; by hand the defaults do.

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const { env } = process;

/** A database nobody has used; workers inherit the environment, so it is made once. */
function freshDatabase(): string {
  if (env.E2E_ENGINE === 'postgres') {
    throw new Error('E2E_ENGINE=postgres needs E2E_DATABASE_URL, the address of an empty database');
  }
  return `sqlite://${join(mkdtempSync(join(tmpdir(), 'casino-club-e2e-')), 'casino-club.db')}`;
}

env.E2E_DATABASE_URL ||= freshDatabase();

export const databaseUrl = env.E2E_DATABASE_URL;
export const engine = databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres';
export const port = Number(env.E2E_PORT || '3999');
export const origin = `http://127.0.0.1:${port}`;
export const binary = env.CASINO_CLUB_BIN || join(root, 'target', 'release', 'casino-club');
/** Whether looks leave pictures. */
export const pictures = Boolean(env.E2E_PICTURES);
export const chromium = env.CHROMIUM_PATH || '/usr/bin/chromium';

for (const [what, path] of Object.entries({ CASINO_CLUB_BIN: binary, CHROMIUM_PATH: chromium })) {
  if (!existsSync(path)) {
    throw new Error(`there is no ${path}; build the release with \`cargo xtask run\` or set ${what}`);
  }
}

/** What the club is started with; its command line gets the same. */
export const settings: Record<string, string> = {
  ENVIRONMENT: 'test',
  DATABASE_URL: databaseUrl,
  JWT_SECRET_KEY: 'casino-club-browser-tests-'.padEnd(64, '0123456789abcdef'),
  LEPTOS_HASH_FILES: env.LEPTOS_HASH_FILES || 'true',
  LEPTOS_OUTPUT_NAME: env.LEPTOS_OUTPUT_NAME || 'casino-club',
  LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
  LEPTOS_SITE_ROOT: env.LEPTOS_SITE_ROOT || join(root, 'target', 'site'),
  SITE_URL: origin,
  UNLIMITED_INVITE_CODE: '5858',
  // SQLite stands for a club with nothing beside it, PostgreSQL for one with everything.
  REDIS_URL: (engine === 'postgres' && env.E2E_REDIS_URL) || '',
};
