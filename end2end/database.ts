// The club's database behind its back, for tests that tamper with it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { databaseUrl, engine } from './environment';

const TIME_LIMIT_MS = 20_000;
/** Runs its arguments as one transaction on a file and prints the first column of what they give. */
const SQLITE = `
import sqlite3, sys
con = sqlite3.connect(sys.argv[1], timeout=15, isolation_level=None)
con.execute("BEGIN IMMEDIATE")
for statement in sys.argv[2:]:
    for row in con.execute(statement):
        print(row[0])
con.execute("COMMIT")
`;

/** Runs statements in one transaction; gives the first column of every row they return. */
export function sql(...statements: string[]): string[] {
  return sqlIn(databaseUrl, ...statements);
}

/** The same in another database of the engine that is tested. */
export function sqlIn(url: string, ...statements: string[]): string[] {
  return run(...(engine === 'sqlite' ? python(url, statements) : psql(url, statements)));
}

/** Makes an empty database of a test's own on the engine that is tested, and gives its address. */
export function createDatabase(name: string): string {
  if (engine === 'sqlite') return `sqlite://${join(mkdtempSync(join(tmpdir(), 'casino-club-own-')), `${name}.db`)}`;
  run('psql', [admin(), '--no-psqlrc', '--quiet', '--command', `CREATE DATABASE ${name}`]);
  return databaseUrl.replace(/\/[^/?]+(\?|$)/, `/${name}$1`);
}

/** Takes it away, with whoever is still connected. A file goes with its folder for temporary files. */
export function dropDatabase(name: string): void {
  if (engine === 'sqlite') return;
  run('psql', [admin(), '--no-psqlrc', '--quiet', '--command', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
}

/** Where databases are made. */
function admin(): string {
  const url = process.env.E2E_POSTGRES_URL;
  if (!url) throw new Error('E2E_POSTGRES_URL is to name a server where tests may make databases');
  return url;
}

function run(command: string, args: string[]): string[] {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: TIME_LIMIT_MS });
  if (error || status !== 0) {
    throw new Error(`${command} could not run ${args.join(' ')}: ${error?.message ?? stderr}`);
  }
  return stdout.split('\n').filter((line) => line !== '');
}

function python(url: string, statements: string[]): [string, string[]] {
  const file = url.replace(/^sqlite:(\/\/)?/, '').replace(/\?.*$/, '');
  return ['python3', ['-c', SQLITE, file, ...statements]];
}

function psql(url: string, statements: string[]): [string, string[]] {
  const quiet = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--single-transaction', '--set=ON_ERROR_STOP=1'];
  return ['psql', [url, ...quiet, ...statements.flatMap((statement) => ['--command', statement])]];
}

/** Changes an append-only table as nobody but the owner of the database can: past its trigger. */
export function tamper(table: 'hands' | 'transfers', ...statements: string[]): void {
  const trigger = `${table}_no_update`;
  if (engine === 'postgres') {
    sql(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`, ...statements, `ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
    return;
  }
  const create = sql(`SELECT replace(sql, char(10), ' ') FROM sqlite_master WHERE type = 'trigger' AND name = '${trigger}'`);
  if (create.length !== 1) throw new Error(`there is no trigger ${trigger}`);
  sql(`DROP TRIGGER ${trigger}`, ...statements, ...create);
}
