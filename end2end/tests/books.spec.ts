// The books of the club, when all that the others play has been played.

import { spawnSync } from 'node:child_process';

import { binary, engine, settings } from '../environment';
import { expect, test } from '../fixtures';

const TIME_LIMIT_MS = 60_000;

test('the ledger and every hand verify after all that was played', { tag: '@smoke' }, async ({ request }) => {
  const health = await (await request.get('/health')).json();
  expect(health).toMatchObject({ status: 'healthy', engines: { database: process.env.E2E_ENGINE || engine } });
  for (const command of ['verify-ledger', 'verify-hands']) {
    const env = { ...process.env, ...settings };
    const { status, stdout, stderr } = spawnSync(binary, [command], { encoding: 'utf8', timeout: TIME_LIMIT_MS, env });
    expect(status, stdout + stderr).toBe(0);
  }
});
