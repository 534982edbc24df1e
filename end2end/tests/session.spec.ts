import type { APIRequestContext, APIResponse, BrowserContext } from '@playwright/test';

import { Api } from '../api';
import { anyCall, call } from '../calls';
import { expect, signIn, someone, test } from '../fixtures';
import { ProfilePage } from '../pages/profile';
import { SettingsPage } from '../pages/settings';
import { SignInPage } from '../pages/sign-in';
import { SlotPage } from '../pages/slot';

test('signing out ends the session, here and behind the back button', async ({ page, context, member, request }) => {
  const settings = new SettingsPage(page);
  await settings.visit('/profile');
  await expect(page.locator('main')).toContainText(member.nickname);
  await settings.visit();
  const access = await cookie(context, 'casino_access');
  const refresh = await cookie(context, 'casino_refresh');
  expect((await me(request, access)).status()).toBe(200);

  await settings.logout.click();
  await expect(settings.signIn).toBeVisible();
  await expect(settings.balance).toHaveCount(0);
  expect(await names(context)).not.toContain('casino_access');
  expect(await names(context)).not.toContain('casino_refresh');

  await test.step('what the browser held before opens nothing', async () => {
    expect((await me(request, access)).status()).toBe(401);
    const again = await request.post('/api/auth/refresh', { data: { refresh_token: refresh } });
    expect(again.status()).toBe(401);
    const old = { Cookie: `casino_access=${access}; casino_refresh=${refresh}` };
    const visit = await request.get('/profile', { headers: old, maxRedirects: 0 });
    expect(await visit.text()).not.toContain(member.nickname);
  });

  await test.step('going back shows nothing personal', async () => {
    for (const path of ['/settings', '/profile']) {
      await page.goBack();
      await expect(page).toHaveURL((url) => url.pathname === path || url.searchParams.get('next') === path);
      await expect(settings.signIn).toBeVisible();
      await expect(page.locator('body')).not.toContainText(member.nickname);
      await expect(settings.balance).toHaveCount(0);
    }
  });
});

test('whoever is sent to the door signs in by hand, after a wrong password, and comes back to where they wanted to go', { tag: '@phone' }, async ({ page, faults, request, stranger, say }) => {
  await Api.join(request, stranger);
  faults.allow(401, call('log_in'));
  const door = new SignInPage(page);
  await door.visit('/profile');
  await expect(page).toHaveURL(/\/login\?next=/);
  await door.fill({ ...stranger, password: 'not-the-password' });
  await door.send();
  await expect(door.formError, 'not which of the two was wrong').toHaveText(say.error.bad_credentials);
  await door.field('password').fill(stranger.password);
  await door.send();
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.locator('main')).toContainText(stranger.nickname);
  await door.showsBalance(1_000);
});

test('one device ends the session of another', async ({ page, anotherBrowser, faults, member, request }) => {
  const other = await (await anotherBrowser()).newPage();
  await signIn(other, member);
  const access = await cookie(other.context(), 'casino_access');
  // The other device hears so, and finds that there is nothing to renew.
  faults.allow(401, '/api/auth/refresh');

  const settings = new SettingsPage(page);
  await settings.visit();
  await expect(settings.devices).toHaveCount(2);
  const end = page.getByTestId('end-session');
  await expect(end, 'the current device has no such button').toHaveCount(1);
  await end.click();
  await expect(settings.devices).toHaveCount(1);
  await expect(end).toHaveCount(0);
  expect((await me(request, access)).status()).toBe(401);

  await test.step('the other device is asked to sign in, and plays nothing', async () => {
    faults.allow(401, anyCall);
    const slot = new SlotPage(other);
    await slot.visit();
    await expect(slot.signIn).toBeVisible();
    await expect(slot.spinButton).toHaveCount(0);
  });
  await settings.visit();
  await expect(settings.balance).toBeVisible();
});

test('a page that was open when its session ended says so', async ({ page, anotherBrowser, faults, member }) => {
  const other = await (await anotherBrowser()).newPage();
  await signIn(other, member);
  const slot = new SlotPage(other);
  await slot.visit();

  const settings = new SettingsPage(page);
  await settings.visit();
  await page.getByTestId('end-session').click();
  await expect(settings.devices).toHaveCount(1);

  // It hears so by itself, and finds that there is nothing to renew.
  faults.allow(401, '/api/auth/refresh');
  await expect(slot.signIn).toBeVisible();
  await expect(slot.spinButton).toHaveCount(0);
  await expect(slot.balance).toHaveCount(0);
});

test('a tab shows whoever signs in in another tab', async ({ page, context, member, request }) => {
  const ben = someone();
  await Api.join(request, ben);
  const profile = new ProfilePage(page);
  const heard = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await profile.visit();
  await heard;
  await expect(page.locator('main')).toContainText(member.nickname);

  const door = new SignInPage(await context.newPage());
  await door.visit();
  await door.enter(ben);

  // It hears that its own sign-in was replaced, and asks who looks now.
  await expect(page.locator('main')).toContainText(ben.nickname);
  await expect(page.locator('main')).not.toContainText(member.nickname);
  await expect(profile.line).toBeEmpty();
});

test('signing out everywhere ends every session', async ({ page, context, anotherBrowser, faults, member, request }) => {
  const other = await (await anotherBrowser()).newPage();
  await signIn(other, member);
  faults.allow(401, '/api/auth/refresh');
  const tokens = [await cookie(context, 'casino_access'), await cookie(other.context(), 'casino_access')];

  const settings = new SettingsPage(page);
  await settings.visit();
  await settings.logoutAll.click();
  await expect(settings.signIn).toBeVisible();
  for (const token of tokens) expect((await me(request, token)).status()).toBe(401);

  const theirs = new ProfilePage(other);
  await theirs.visit();
  await expect(other).toHaveURL(/\/login/);
  await expect(theirs.balance).toHaveCount(0);
});

function me(request: APIRequestContext, token: string): Promise<APIResponse> {
  return request.get('/api/auth/me', { headers: { Authorization: `Bearer ${token}` } });
}

async function cookie(context: BrowserContext, name: string): Promise<string> {
  const found = (await context.cookies()).find((it) => it.name === name);
  expect(found, `the cookie ${name}`).toBeDefined();
  return found!.value;
}

async function names(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map((it) => it.name);
}
