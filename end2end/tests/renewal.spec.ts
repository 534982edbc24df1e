// An access token lasts 30 minutes. The clock is moved on in a club of the worker's own.

import type { BrowserContext, Page, Response } from '@playwright/test';

import { Api } from '../api';
import { anyCall, call } from '../calls';
import { test } from '../club';
import { expect } from '../fixtures';
import { FairnessPage } from '../pages/fairness';
import { ProfilePage } from '../pages/profile';
import { SlotPage } from '../pages/slot';

const PAST_ACCESS_MINUTES = 31;
const PAST_REFRESH_MINUTES = 31 * 24 * 60;

test('an access token runs out in mid-play in two tabs, and nobody is signed out', { tag: '@smoke' }, async ({ page, context, request, faults, member, club }) => {
  const bearer = await Api.signIn(request, member);
  const tabs = [new SlotPage(page), new SlotPage(await context.newPage())];
  for (const tab of tabs) {
    await tab.visit();
    await tab.choose(1, 10);
    await tab.spin();
  }

  // The page learns that its token has run out from the answer to its spin.
  faults.allow(401, call('spin'));
  const renewals = collectRenewals(context);
  const before = await refreshCookie(context);
  await club.passes(PAST_ACCESS_MINUTES);
  const spins = await Promise.all(tabs.map((tab) => tab.spin()));
  expect(new Set(spins.map((spin) => spin.hand_id)).size, 'each tab plays a hand of its own').toBe(2);

  await expectOnePair(renewals);
  expect(await refreshCookie(context), 'the pair is a new one').not.toBe(before);
  const last = spins.reduce((a, b) => (a.seq > b.seq ? a : b));
  expect(await (await Api.signIn(request, member)).balance()).toEqual({ cyber_token_balance: last.balance, seq: last.seq });
  for (const tab of tabs) {
    await tab.visit();
    await tab.showsBalance(last.balance);
  }
  expect((await bearer.get('/api/users/balance')).status(), 'a bearer renews for itself').toBe(401);
});

test('an open page renews ahead of time, one pair for all its tabs', async ({ page, context, member }) => {
  await context.clock.install();
  const tabs = [new SlotPage(page), new SlotPage(await context.newPage())];
  for (const tab of tabs) await tab.visit();
  const renewals = collectRenewals(context);
  const before = await refreshCookie(context);

  await context.clock.fastForward(Math.ceil((await accessLastsSecs(context)) * 0.85) * 1_000);
  await expect.poll(() => renewals.length).toBeGreaterThan(0);
  expect(await refreshCookie(context), `a new pair for ${member.nickname}`).not.toBe(before);
  for (const tab of tabs) {
    await tab.choose(1, 10);
    await tab.spin();
  }
  await expectOnePair(renewals);
});

test('going to a page with an access token that has run out renews it on the way', async ({ page, context, member, club }) => {
  const before = await refreshCookie(context);
  await club.passes(PAST_ACCESS_MINUTES);
  const profile = new ProfilePage(page);
  const response = await profile.visit();
  expect(response?.status()).toBe(200);
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.locator('main')).toContainText(member.nickname);
  expect(await refreshCookie(context)).not.toBe(before);
  await profile.visit();
  await expect(profile.balance).toBeVisible();
});

test('two tabs that go to pages at once with the same token both stay signed in', async ({ page, context, member, club }) => {
  const [profile, fairness] = [new ProfilePage(page), new FairnessPage(await context.newPage())];
  await club.passes(PAST_ACCESS_MINUTES);
  await Promise.all([profile.visit(), fairness.visit()]);
  await expect(page.locator('main')).toContainText(member.nickname);
  await expect(fairness.commitment).toBeVisible();
  for (const tab of [profile, fairness]) await expect(tab.balance).toBeVisible();

  await test.step('and what they hold now is good', async () => {
    await club.passes(PAST_ACCESS_MINUTES);
    await profile.visit();
    await expect(profile.balance).toBeVisible();
  });
});

test('moving inside the club with an access token that has run out renews it', async ({ page, faults, member, club }) => {
  const slot = new SlotPage(page);
  // A channel that is only being opened would be refused, which a browser always complains of.
  const greeting = greeted(page);
  await slot.visit();
  await greeting;
  faults.allow(401, anyCall);
  await club.passes(PAST_ACCESS_MINUTES);
  await page.locator('nav a[href="/profile"]').click();
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.locator('main')).toContainText(member.nickname);
  await expect(slot.balance).toBeVisible();
});

test('a sign-in that was left alone for longer than its refresh token ends at the door', async ({ page, member, club }) => {
  await club.passes(PAST_REFRESH_MINUTES);
  const profile = new ProfilePage(page);
  await profile.visit();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.locator('body')).not.toContainText(member.nickname);
  await expect(profile.balance).toHaveCount(0);
});

/** Waits until the page's live channel has said something; to be called before the page opens. */
function greeted(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.once('websocket', (socket) => socket.once('framereceived', () => resolve()));
  });
}

function collectRenewals(context: BrowserContext): Response[] {
  const found: Response[] = [];
  context.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/auth/refresh') found.push(response);
  });
  return found;
}

/**
 * That all tabs came to the same pair. One asks for it, and the others wait for that one; but a browser may show
 * another tab the new cookie a moment late, which then asks with the old one and is given the same pair again.
 */
async function expectOnePair(renewals: Response[]): Promise<void> {
  expect(renewals.map((response) => response.status()).filter((status) => status !== 200)).toEqual([]);
  const given = await Promise.all(renewals.map((response) => response.headersArray()));
  const pairs = given.map((headers) => headers.map((it) => it.value).find((it) => it.startsWith('casino_refresh=')));
  expect(new Set(pairs.map((cookie) => cookie!.split(';')[0])).size, 'one pair for all').toBe(1);
}

async function refreshCookie(context: BrowserContext): Promise<string | undefined> {
  return (await context.cookies()).find((it) => it.name === 'casino_refresh')?.value;
}

/** How long the access token lasts from now on, as the browser sees it. */
async function accessLastsSecs(context: BrowserContext): Promise<number> {
  const expires = (await context.cookies()).find((cookie) => cookie.name.endsWith('casino_expires'));
  expect(expires, 'the cookie that says when the access token ends').toBeDefined();
  return Number(expires!.value) - Date.now() / 1_000;
}
