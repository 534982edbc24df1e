// The books, after everything else was played. This spec runs last and alone.

import { spawnSync } from 'node:child_process';

import { sql, tamper } from '../database';
import { binary, settings } from '../environment';
import { expect, test } from '../fixtures';

const TIME_LIMIT_MS = 60_000;

test.describe.configure({ mode: 'serial' });

test('the club runs on the engine that is tested', async ({ request }) => {
  const health = await (await request.get('/health')).json();
  expect(health).toMatchObject({ status: 'healthy', engines: { database: process.env.E2E_ENGINE || 'sqlite' } });
});

test('the ledger and every hand verify after all that was played', () => {
  expect(Number(sql('SELECT count(*) FROM transfers')[0])).toBeGreaterThan(100);
  expect(casinoClub('verify-ledger')).toMatchObject({ status: 0 });
  expect(casinoClub('verify-hands')).toMatchObject({ status: 0 });
});

test('one byte of one transfer is noticed, and the row is named', () => {
  const [chain] = sql("SELECT max(chain) FROM transfers WHERE kind = 'stake'");
  const [seq] = sql(`SELECT min(seq) FROM transfers WHERE chain = ${chain} AND kind = 'stake'`);
  const row = `chain = ${chain} AND seq = ${seq}`;
  tamper('transfers', `UPDATE transfers SET kind = 'Stake' WHERE ${row}`);
  try {
    const verdict = casinoClub('verify-ledger');
    expect(verdict.status).toBe(1);
    expect(verdict.said).toMatch(new RegExp(`\\b${chain}\\b[^\\n]*\\b${seq}\\b`));
  } finally {
    tamper('transfers', `UPDATE transfers SET kind = 'stake' WHERE ${row}`);
  }
  expect(casinoClub('verify-ledger')).toMatchObject({ status: 0 });
});

test('the engine itself refuses to change what was written', () => {
  for (const table of ['transfers', 'hands']) {
    expect(() => sql(`UPDATE ${table} SET created_at = created_at + 1`)).toThrow(/append-only/);
    expect(() => sql(`DELETE FROM ${table}`)).toThrow(/append-only/);
  }
});

function casinoClub(command: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(binary, [command], {
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    env: { ...process.env, ...settings },
  });
  return { status, said: stdout + stderr };
}
