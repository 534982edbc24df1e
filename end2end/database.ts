// The club's database behind its back, for tests that tamper with it.

import { spawnSync } from 'node:child_process';

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
  return engine === 'sqlite' ? sqlIn(databaseUrl, ...statements) : run(...psql(statements));
}

/** The same in a SQLite file of a test's own. */
export function sqlIn(url: string, ...statements: string[]): string[] {
  return run(...python(url, statements));
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

function psql(statements: string[]): [string, string[]] {
  const quiet = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--single-transaction', '--set=ON_ERROR_STOP=1'];
  return ['psql', [databaseUrl, ...quiet, ...statements.flatMap((statement) => ['--command', statement])]];
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
