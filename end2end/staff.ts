// Whoever runs the club is named on the machine that it runs on.

import { spawnSync } from 'node:child_process';

import { expect } from '@playwright/test';

import { binary, settings } from './environment';

const TIME_LIMIT_MS = 60_000;

/** Makes a member an owner of the club that is tested; it ends what they are signed in. */
export function promote(siteId: string): void {
  const env = { ...process.env, ...settings };
  const { status, stdout, stderr } = spawnSync(binary, ['promote-admin', '--site-id', siteId], { encoding: 'utf8', timeout: TIME_LIMIT_MS, env });
  expect(status, stdout + stderr).toBe(0);
}
