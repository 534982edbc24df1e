// Forms as somebody fills them in: what they show, what they allow, and what they say instead of a dead end.

import type { Locator } from '@playwright/test';

import type { Api } from '../api';
import { call } from '../calls';
import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';
import { GachaPage } from '../pages/gacha';
import { ProfilePage } from '../pages/profile';
import { SettingsPage } from '../pages/settings';
import { RpsPage } from '../pages/rps';
import { SignInPage } from '../pages/sign-in';
import { SignUpPage } from '../pages/sign-up';
import { SlotPage } from '../pages/slot';
import { fill } from '../words';

test('a password is shown and hidden by its eye, and hidden again before it is sent', async ({ page, context, faults, member, say }) => {
  await context.clearCookies();
  faults.allow(401, call('log_in'));
  const door = new SignInPage(page);
  await door.visit();
  const password = door.field('password');
  const eye = page.getByRole('button', { name: say.auth.show });
  await door.fill({ ...member, password: 'not-the-password' });
  await expect(password).toHaveAttribute('type', 'password');
  await eye.click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(password).toHaveValue('not-the-password');
  await expect(eye).toHaveAttribute('aria-pressed', 'true');
  await password.press('Enter');
  await expect(door.formError).toHaveText(say.error.bad_credentials);
  await expect(password).toHaveAttribute('type', 'password');
  await expect(eye).toHaveAttribute('aria-pressed', 'false');
});

test('a hint stays beside the error of its field', async ({ page, faults, say }) => {
  faults.allow(422, call('sign_up'));
  const door = new SignUpPage(page);
  await door.visit();
  await door.send();
  await expect(door.fieldError('password')).toHaveText(new RegExp(`^${say.auth.password}: `));
  await expect(page.getByText(say.auth.password_hint)).toBeVisible();
});

test('the bar covers nothing of the door, however low the screen is', async ({ page }) => {
  const door = new SignUpPage(page);
  await door.visit();
  const bar = page.locator('nav.nav');
  const button = page.locator('form button[type="submit"]').last();
  for (const height of [844, 700, 420]) {
    await page.setViewportSize({ width: 390, height });
    for (const field of [door.field('invite_code'), button]) {
      await field.focus();
      expect(await overlaps(bar, button), `the bar and the button, ${height} pixels high`).toBe(false);
      expect(await overlaps(bar, field), `the bar and the field, ${height} pixels high`).toBe(false);
    }
  }
});

test('a stake above the balance says what is the most, and one tap sets it', async ({ page, api, say }) => {
  await spend(api, [10, 10]);
  const { cyber_token_balance: balance } = await api.balance();
  const [slot, rps, crash] = [new SlotPage(page), new RpsPage(page), new CrashPage(page)];
  const tables = [
    { table: slot, stake: slot.stake, button: slot.spinButton, choose: () => slot.choose(1, 200) },
    { table: rps, stake: rps.stake, button: rps.choice('rock'), choose: () => rps.choose(200) },
    { table: crash, stake: crash.stake, button: crash.button, choose: () => crash.choose(200) },
  ];
  const most = page.getByTestId('stake-most');
  for (const { table, stake, button, choose } of tables) {
    await table.visit();
    await table.showsBalance(balance);
    await expect(button).toBeEnabled();
    await expect(most).toHaveCount(0);
    await choose();
    await expect(stake).toHaveAttribute('aria-invalid', 'true');
    await expect(button).toBeDisabled();
    await expect(most).toHaveText(fill(say.slot.at_most, { amount: balance }));
    await most.click();
    await expect(stake).toHaveValue(String(balance));
    await expect(stake).toBeFocused();
    await expect(most).toHaveCount(0);
    await expect(button).toBeEnabled();
  }
  await expect(page.getByTestId('free')).toBeEmpty();
});

test('whoever cannot stake anything is told what is free', async ({ page, api, say }) => {
  await spend(api, [10, 10, 1, 1]);
  expect(await api.balance()).toMatchObject({ cyber_token_balance: 0 });
  const free = page.getByTestId('free');
  const gacha = new GachaPage(page);
  for (const table of [new SlotPage(page), new RpsPage(page), new CrashPage(page), gacha]) {
    await table.visit();
    await table.showsBalance(0);
    await expect(free).toContainText(say.play.free_lead.split('{amount}')[1]!);
    await expect(page.getByTestId('stake-most')).toHaveCount(0);
  }
  await expect(gacha.button(1)).toBeDisabled();
  await free.getByRole('link', { name: say.play.free_rewards }).click();
  await expect(page).toHaveURL(/\/profile#achievements$/);
  await expect(new ProfilePage(page).achievement('first_hand')).toBeInViewport();
});

test('rules open over the page by their link, and by an address', async ({ page, member, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  const sheet = page.getByRole('dialog');
  await page.getByRole('button', { name: say.slot.rules }).click();
  await expect(sheet).toBeVisible();
  expect(await isModal(sheet)).toBe(true);
  await expect(page).toHaveURL(/\/games\/slot$/);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: say.slot.rules }).press('Space');
  await expect(sheet, 'by Space, which spins nothing there').toBeVisible();
  await expect(slot.reels).toHaveAttribute('data-state', 'idle');

  await slot.visit('/games/slot?rules=open#rules');
  await expect.poll(() => isModal(sheet), `the rules that ${member.nickname} was sent`).toBe(true);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('with nothing revealed, one press reveals and checks all', async ({ page, api, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  for (let spin = 0; spin < 2; spin += 1) await slot.spin();
  const fairness = new FairnessPage(page);
  await fairness.visit();
  const commitment = await fairness.commitment.innerText();
  const button = page.getByTestId('verify-all');
  await expect(button).toHaveText(say.fairness.all_reveal);
  expect(await fairness.verifyAll()).toEqual({ checked: 2, ok: 2, failed: 0 });
  await expect(fairness.commitment, 'the next seed is in use').not.toHaveText(commitment);
  await expect(button).toHaveText(say.fairness.all);
  expect((await api.hands()).every((hand) => hand.revealed)).toBe(true);
});

test('whoever is signed out elsewhere hears so at the door, whoever signs out does not', async ({ page, faults, member, api, say }) => {
  const profile = new ProfilePage(page);
  await profile.visit('/games');
  faults.allow(401, '/api/auth/refresh');
  // The page may be about to open its channel.
  faults.allow(401, /^\/(ws|sse)\/notifications\//);
  expect((await api.post('/api/auth/logout-all', {})).status()).toBe(204);
  await expect(profile.signIn).toBeVisible();
  await page.locator('nav a[href="/profile"]').click();
  const why = page.getByTestId('door-why');
  await expect(why).toHaveText(say.auth.ended);

  await new SignInPage(page).enter(member);
  await expect(page).toHaveURL(/\/profile$/);
  const settings = new SettingsPage(page);
  await settings.visit();
  await settings.logout.click();
  await expect(profile.signIn).toBeVisible();
  await page.locator('nav a[href="/profile"]').click();
  await expect(why).toHaveText(say.auth.needed);
});

test('a list is leafed through without losing the place in the other', async ({ page, api, say }) => {
  for (let spin = 0; spin < 22; spin += 1) {
    expect((await api.post('/api/games/slot/spin', { bet_amount: 10, lines: 1 })).status()).toBe(200);
  }
  await new ClubPage(page).visit('/profile');
  const place = (list: string): string | null => new URL(page.url()).searchParams.get(list);
  for (const list of ['hands', 'ledger']) {
    await page.locator(`a[rel="next"][href*="${list}="]`).last().click();
    await expect(page).toHaveURL(new RegExp(`${list}=`));
  }
  const hands = place('hands');
  expect(hands).toBeTruthy();
  const newest = page.getByRole('link', { name: say.ui.newest });
  await expect(newest, 'one a list').toHaveCount(2);
  await newest.last().click();
  await expect(page).not.toHaveURL(/ledger=/);
  expect(place('hands'), 'the hands stay where they were').toBe(hands);
});

/** Pulls capsules, which pay no tokens back. */
async function spend(api: Api, pulls: number[]): Promise<void> {
  for (const pull_count of pulls) expect((await api.post('/api/games/gacha/pull', { pull_count })).status()).toBe(200);
}

/** Whether two things are on the screen in the same place. */
async function overlaps(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (!a || !b) return false;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a dialog lies over the page. */
function isModal(dialog: Locator): Promise<boolean> {
  return dialog.evaluate((it) => it.matches(':modal'));
}
