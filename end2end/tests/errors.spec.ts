import type { Page } from '@playwright/test';

import { call, keyOf } from '../calls';
import type { Faults } from '../faults';
import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { ProfilePage } from '../pages/profile';
import { SettingsPage } from '../pages/settings';
import { SlotPage } from '../pages/slot';

test('a stake that the balance does not cover is not played', async ({ page, api, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(5, 2_000);
  // The button says that it is beyond the balance; a key asks for it all the same.
  await page.keyboard.press('Space');
  await expect(slot.toasts.filter({ hasText: say.slot.low })).toBeVisible();
  await expect(slot.reels).toHaveAttribute('data-state', 'idle');
  await slot.showsBalance(1_000);
  expect(await api.hands()).toEqual([]);
  expect((await api.balance()).cyber_token_balance).toBe(1_000);

  // The club itself says the same to whoever asks past the page.
  const answer = await api.post('/api/games/slot/spin', { bet_amount: 2_000, lines: 5 });
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'insufficient_tokens' });
});

test('a stake is brought to the nearest that the lines divide', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.lines(3).click();
  for (const [typed, kept] of [['100', '99'], ['1', '12'], ['a lot', '12'], ['99999', '9999'], ['', '12']] as const) {
    await slot.stake.fill(typed);
    await slot.stake.blur();
    await expect(slot.stake, typed).toHaveValue(kept);
  }
  await slot.stake.fill('30');
  await slot.stake.blur();
  const { hand_id } = await slot.spin();
  expect((await api.hands())[0]).toMatchObject({ hand_id, stake: 30 });
});

test('a club that cannot be reached costs nothing, and the same spin is sent again', async ({ page, faults, api, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(1, 10);
  // The first request reaches the club and its answer is lost; the page cannot know that.
  const keys: (string | undefined)[] = [];
  await page.route((url) => call('spin').test(url.pathname), async (route) => {
    keys.push(keyOf(route.request()));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  faults.allowLostRequest(call('spin'));
  const spin = await slot.spin();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
  await expect(slot.toasts.filter({ hasText: say.slot.offline })).toBeVisible();
  const hands = await api.hands();
  expect(hands.map((hand) => hand.hand_id)).toEqual([spin.hand_id]);
  await slot.showsBalance((await api.balance()).cyber_token_balance);
});

test('an address that makes no sense is answered with a page', async ({ page, faults, member }) => {
  faults.allow(422, '/profile');
  faults.allow(404, call('load_round'));
  const club = new ClubPage(page);
  for (const path of ['/profile?ledger=nonsense', '/profile?hands=%00', '/fairness?hand=nonsense', '/login?next=//elsewhere.example']) {
    await test.step(path, async () => {
      const response = await club.visit(path);
      expect(response?.status(), path).toBeLessThan(500);
      await expect(page.locator('h1').first()).toBeVisible();
    });
  }
  expect(new URL(page.url()).hostname, 'nobody is sent away').toBe('127.0.0.1');
  await expect(new ProfilePage(page).balance).toBeVisible();
});

test('what could not be loaded says so in its place, and is asked for again', async ({ page, faults, say, member }) => {
  const [slot, profile] = [new SlotPage(page), new ProfilePage(page)];
  const main = page.locator('main');
  await slot.visit('/games');

  await test.step('the newest hands, which are not said to be none', async () => {
    await refuse(page, faults, 'list_hands');
    await page.locator('main a[href="/games/slot"]').click();
    await expect(slot.trouble).toContainText(say.error.unavailable);
    await expect(main).not.toContainText(say.slot.recent_none);
    await page.unrouteAll();
    await slot.trouble.getByRole('link', { name: say.ui.retry }).click();
    await expect(main).toContainText(say.slot.recent_none);
    await slot.alive();
  });

  await test.step('the record of play', async () => {
    await refuse(page, faults, 'load_record');
    await page.locator('nav a[href="/profile"]').click();
    await expect(profile.trouble).toContainText(say.error.unavailable);
    await expect(main, 'the rest is there').toContainText(member.nickname);
    await page.unrouteAll();
    await profile.trouble.getByRole('link', { name: say.ui.retry }).click();
    await expect(profile.stats).toBeVisible();
    await expect(profile.trouble).toHaveCount(0);
  });
});

test('a member whose page is not told who looks is shown no door', async ({ page, faults, say, member }) => {
  const settings = new SettingsPage(page);
  await settings.visit();
  await refuse(page, faults, 'load_viewer');
  await settings.unfold(say.profile.change_nickname);
  // What others see has changed, so the page asks anew who looks.
  await settings.change({ nickname: `${member.nickname}_2` });
  await expect(settings.notKnown).toBeVisible();
  await expect(settings.signIn).toHaveCount(0);
  await page.unrouteAll();
  await settings.notKnown.click();
  await expect(settings.balance).toBeVisible();
});

/** Lets the club answer a call with nothing but that it cannot, until it is asked without a route. */
async function refuse(page: Page, faults: Faults, name: string): Promise<void> {
  faults.allow(503, call(name));
  const refused = { code: 'unavailable', message: 'The club cannot answer' };
  await page.route((url) => call(name).test(url.pathname), (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ refused }) }));
}
