import type { Page } from '@playwright/test';

import { call } from '../calls';
import { expect, test } from '../fixtures';
import { climbsTo, spinEnds } from '../luck';
import { CrashPage } from '../pages/crash';
import { GachaPage } from '../pages/gacha';
import { RpsPage } from '../pages/rps';
import { SlotPage } from '../pages/slot';
import { fill } from '../words';

const STAKE = 10;

test('whoever leaves while free spins are shown finds the club alive and the balance whole', async ({ page, luck, api, say }) => {
  luck.deals(spinEnds('free_spins'));
  const slot = new SlotPage(page);
  await slot.visit();
  const answer = slot.nextSpin();
  await slot.spinButton.click();
  const spin = await answer;
  await expect(page.getByText(new RegExp(fill(say.slot.free_now, { now: 1, all: '\\d+' })))).toBeVisible();
  await toTheLobby(page);
  await slot.showsBalance(spin.balance);
  expect((await api.balance()).cyber_token_balance).toBe(spin.balance);
  await goesOn(page);
});

test('whoever leaves in the middle of a countdown finds the club alive and the balance whole', async ({ page, api }) => {
  const rps = new RpsPage(page);
  await rps.visit();
  const answer = rps.nextThrow();
  await rps.choice('rock').click();
  await expect(rps.state).toHaveAttribute('data-phase', 'counting');
  await toTheLobby(page);
  const { balance } = await answer;
  await rps.showsBalance(balance);
  expect((await api.balance()).cyber_token_balance).toBe(balance);
  await goesOn(page);
});

test('whoever leaves while capsules open finds the club alive, the balance whole and the items kept', async ({ page, api }) => {
  const gacha = new GachaPage(page);
  await gacha.visit();
  const answer = gacha.nextPull();
  await gacha.button(10).click();
  const pulled = await answer;
  await expect(gacha.state).toHaveAttribute('data-phase', 'revealing');
  await toTheLobby(page);
  await gacha.showsBalance(pulled.balance);
  expect((await api.balance()).cyber_token_balance).toBe(pulled.balance);
  await page.locator('main a[href="/games/gacha"]').click();
  const owned = Object.fromEntries(pulled.items.map((item) => [item.code, item.count]));
  await expect(gacha.owned).toHaveCount(Object.keys(owned).length);
  expect(await gacha.collection()).toEqual(owned);
});

test('whoever leaves a curve that climbs finds it in mid-flight, and cashes it out', async ({ page, luck, api }) => {
  luck.deals(climbsTo(20));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  const bet = await crash.bet();
  await crash.climbsTo(1.05);
  await toTheLobby(page);
  await crash.showsBalance(bet.balance);
  await page.locator('main a[href="/games/crash"]').click();
  await expect(crash.state).toHaveAttribute('data-game-id', bet.game_id);
  await crash.climbsTo(1.1);
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  await crash.showsBalance(taken.balance);
  expect((await api.balance()).cyber_token_balance).toBe(taken.balance);
});

test('a hand whose answer comes after its page was left is heard of', async ({ page, api }) => {
  await tellsNothing(page);
  const slot = new SlotPage(page);
  await slot.visit();
  const spin = await leavesBefore(page, 'spin', () => slot.spinButton.click(), () => slot.nextSpin());
  await slot.showsBalance(spin.balance);
  expect((await api.balance()).cyber_token_balance).toBe(spin.balance);
  await goesOn(page);
});

test('a cash-out that was clicked counts for whoever leaves with it', async ({ page, luck, api }) => {
  luck.deals(climbsTo(20));
  await tellsNothing(page);
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  const bet = await crash.bet();
  await crash.climbsTo(1.05);
  const taken = await leavesBefore(page, 'cash_out', () => crash.button.click(), () => crash.nextCashout());
  expect(taken.game_id).toBe(bet.game_id);
  await crash.showsBalance(taken.balance);
  expect((await api.balance()).cyber_token_balance).toBe(taken.balance);
  // Coming back tells how it ended.
  await page.locator('main a[href="/games/crash"]').click();
  await crash.showsEnd(bet.game_id, 'cashed');
});

/** Leaves by the navigation, which keeps the document. */
async function toTheLobby(page: Page): Promise<void> {
  await page.locator('nav a[href="/games"]').click();
  await expect(page).toHaveURL(/\/games$/);
  await expect(page.locator('main a[href="/games/rps"]')).toBeVisible();
}

/** The club goes on: a hand is played from the lobby, and its balance is shown. */
async function goesOn(page: Page): Promise<void> {
  const rps = new RpsPage(page);
  await page.locator('main a[href="/games/rps"]').click();
  await expect(rps.choice('rock')).toBeVisible();
  await rps.choose(STAKE);
  const thrown = await rps.throw('rock');
  await rps.showsBalance(thrown.balance);
}

/** The live channel is open and silent, so that only an answer tells how the balance stands. */
async function tellsNothing(page: Page): Promise<void> {
  await page.routeWebSocket(/\/ws\//, () => {});
}

/** Asks for something, and leaves before the club is told of it; gives the answer. */
async function leavesBefore<T>(page: Page, name: string, press: () => Promise<void>, answer: () => Promise<T>): Promise<T> {
  let leave: () => void = () => {};
  const left = new Promise<void>((done) => { leave = done; });
  await page.route((url) => call(name).test(url.pathname), async (route) => {
    await left;
    await route.continue();
  });
  const [asked, answered] = [page.waitForRequest((it) => call(name).test(new URL(it.url()).pathname)), answer()];
  await press();
  await asked;
  await toTheLobby(page);
  leave();
  return answered;
}
