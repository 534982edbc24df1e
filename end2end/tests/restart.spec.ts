// A server that dies in mid-flight. It is one of the test's own, so that nobody else's dies.

import type { Page } from '@playwright/test';

import { Api } from '../api';
import { OwnClub } from '../club';
import { expect, join, type Member, someone, test } from '../fixtures';
import { CrashPage } from '../pages/crash';

const STAKE = 50;
/** Higher than nearly every point, so that the round ends by a click or by the crash. */
const FAR = '900';

let club: OwnClub;
let page: Page;
let member: Member;

test.beforeEach(async ({ browser }) => {
  club = await OwnClub.open();
  page = await (await browser.newContext({ baseURL: club.origin })).newPage();
  member = someone();
  await join(page, member);
});

test.afterEach(async () => {
  await page.context().close();
  await club.close();
});

test('a server that is killed and started again goes on with the round, and the page cashes it out', { tag: '@play' }, async ({ playwright }) => {
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, FAR);
  const bet = await crash.betWhere((point) => point > 2.5, (game) => club.point(game));
  await club.kill();
  await expect.poll(() => crash.shown(), { message: 'the curve needs no server' }).toBeGreaterThan(1.05);
  await club.start();
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  const api = await Api.signIn(await playwright.request.newContext({ baseURL: club.origin }), member);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + taken.payout);
});

test('a round that was over while the server was dead ends by the rule, and the page is told', async ({ playwright, say }) => {
  const crash = new CrashPage(page);
  await crash.visit();
  // Far enough to be killed before, near enough to be over after.
  await crash.choose(STAKE, '1.8');
  const bet = await crash.betWhere((point) => point >= 1.8, (game) => club.point(game));
  await club.kill();
  await expect(page.locator('main'), 'the page says that it hears nothing').toContainText(say.crash.lost, { timeout: 20_000 });
  await club.start();
  await crash.showsEnd(bet.game_id, 'cashed');
  expect(await crash.shown()).toBe(1.8);
  await crash.showsBalance(bet.balance + 90);
  const api = await Api.signIn(await playwright.request.newContext({ baseURL: club.origin }), member);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + 90);
});
