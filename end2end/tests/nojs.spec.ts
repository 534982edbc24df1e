// Everything here happens in a browser that runs no scripts.

import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { ProfilePage } from '../pages/profile';
import { SignInPage } from '../pages/sign-in';
import { SignUpPage } from '../pages/sign-up';
import { words } from '../words';

test.use({ javaScriptEnabled: false });

test('the front page is complete', async ({ page, language, say }) => {
  const club = new ClubPage(page);
  await page.goto('/');
  await club.speaks(language);
  await expect(page).toHaveTitle(say.title.home);
  await expect(page.locator('main')).toContainText(say.home.lead);
  await expect(page.locator('main')).toContainText(say.home.fair_title);
  await expect(page.locator('main a[href="/signup"]')).toBeVisible();
  await expect(page.locator('body')).not.toHaveAttribute('data-hydrated', 'true');
});

test('the slot can be read', async ({ page, say }) => {
  await page.goto('/games/slot');
  await expect(page.getByTestId('reels').locator('.cell:visible')).not.toHaveCount(0);
  await expect(page.locator('main')).toContainText(say.slot.sign_in_first);
});

test('somebody joins, looks around, signs out and comes back', async ({ page, stranger, say }) => {
  const door = new SignUpPage(page);
  await page.goto('/signup');
  await door.join(stranger);
  await door.showsBalance(1_000);

  const profile = new ProfilePage(page);
  await page.goto('/profile');
  await expect(page.locator('main')).toContainText(stranger.nickname);
  expect(await profile.lines()).toEqual([{ seq: 1, balance: 1_000 }]);
  await page.goto('/fairness');
  await expect(page.getByTestId('active-commitment')).toHaveText(/^[0-9a-f]{64}$/);
  await page.goto('/games/slot');
  await expect(page.getByTestId('spin')).toBeVisible();

  await page.goto('/profile');
  await profile.logout.click();
  await expect(profile.signIn).toBeVisible();
  await expect(page.locator('body')).not.toContainText(stranger.nickname);

  await page.goto('/login?next=/profile');
  await new SignInPage(page).enter(stranger);
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.locator('main')).toContainText(stranger.nickname);
  await expect(page).toHaveTitle(say.title.profile);
});

test('a wrong password is said, and the name stays in the form', async ({ page, stranger, say }) => {
  const door = new SignInPage(page);
  await page.goto('/login');
  await door.fill(stranger);
  await door.send();
  await expect(door.formError).toHaveText(say.error.bad_credentials);
  await expect(door.field('site_id')).toHaveValue(stranger.site_id);
  await expect(door.field('password')).toHaveValue('');
  // It is said once.
  await page.goto('/login');
  await expect(door.formError).toBeEmpty();
});

test('a refused sign-up keeps what was typed but the password', async ({ page, stranger, say }) => {
  const door = new SignUpPage(page);
  await page.goto('/signup');
  await door.fill({ ...stranger, invite_code: 'nobody-said-this' });
  await door.send();
  await expect(door.fieldError('invite_code')).toHaveText(say.error.invite_unknown);
  for (const name of ['site_id', 'nickname', 'phone_number'] as const) {
    await expect(door.field(name)).toHaveValue(stranger[name]);
  }
  await expect(door.field('password')).toHaveValue('');
});

test('the language is switched by the server and kept', async ({ page, language }) => {
  const other = language === 'ko' ? 'en' : 'ko';
  const club = new ClubPage(page);
  await page.goto('/login?next=%2Ffairness');
  await club.language(other).click();
  await club.speaks(other);
  await expect(page).toHaveURL(/\/login\?next=/);
  await expect(page).toHaveTitle(words(other).title.sign_in);
  await page.goto('/games/slot');
  await club.speaks(other);
});
