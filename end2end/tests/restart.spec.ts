// A server that dies in mid-flight. It is the worker's own, so that nobody else's dies.

import { test } from '../club';
import { expect } from '../fixtures';
import { climbsTo } from '../luck';
import { CrashPage } from '../pages/crash';

const STAKE = 50;

test('a server that is killed and started again goes on with the round, and the page cashes it out', { tag: '@smoke' }, async ({ page, faults, api, luck, club }) => {
  faults.allowLostRequest(/./);
  luck.deals(climbsTo(3));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, '3');
  const bet = await crash.bet();
  await club.kill();
  await expect.poll(() => crash.shown(), { message: 'the curve needs no server' }).toBeGreaterThan(1.05);
  await club.start();
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + taken.payout);
});

test('a round that was over while the server was dead ends by the rule, and the page is told', async ({ page, faults, api, luck, club, say }) => {
  faults.allowLostRequest(/./);
  luck.deals(climbsTo(1.2));
  const crash = new CrashPage(page);
  await crash.visit();
  // Far enough to be killed before, near enough to be over after: the curve is there after 3.04 s.
  await crash.choose(STAKE, '1.2');
  const bet = await crash.bet();
  await club.kill();
  await expect(page.locator('main'), 'the page says that it hears nothing').toContainText(say.crash.lost, { timeout: 20_000 });
  await expect.poll(() => Date.now() - Date.parse(bet.started_at)).toBeGreaterThan(3_040);
  await club.start();
  await crash.showsEnd(bet.game_id, 'cashed');
  expect(await crash.shown()).toBe(1.2);
  await crash.showsBalance(bet.balance + 60);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + 60);
});
