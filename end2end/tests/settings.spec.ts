// What a member or a visitor sets, the club without a network, and the help with the keys.

import type { Page } from '@playwright/test';

import { call } from '../calls';
import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { GachaPage } from '../pages/gacha';
import { ProfilePage } from '../pages/profile';
import { RpsPage } from '../pages/rps';
import { SettingsPage } from '../pages/settings';
import { SlotPage } from '../pages/slot';
import { words } from '../words';

test('nickname, phone number and password are changed, and each says so', async ({ page, anotherBrowser, faults, member, api, say }) => {
  const settings = new SettingsPage(page);
  await new ProfilePage(page).visit();
  await page.locator('main a[href="/settings"]').click();
  await expect(page).toHaveTitle(say.title.settings);

  const nickname = `${member.nickname}_2`;
  await settings.unfold(say.profile.change_nickname);
  await settings.change({ nickname });
  await expect(settings.toasts.filter({ hasText: say.ui.saved })).toBeVisible();
  await expect(settings.fold(say.profile.change_nickname), 'what is accepted is put away').not.toHaveAttribute('open');
  await settings.unfold(say.profile.change_phone);
  await settings.change({ phone_number: `1${member.phone_number}`, current_password: member.password });
  await expect.poll(async () => (await (await api.get('/api/users/profile')).json()).phone_number).toBe(`1${member.phone_number}`);
  expect(await (await api.get('/api/users/profile')).json()).toMatchObject({ nickname });

  await test.step('a wrong password is said at its form', async () => {
    faults.allow(403, call('change_password'));
    await settings.unfold(say.profile.change_password);
    await settings.change({ current_password: 'not it, sorry', password: 'quite-another-evening' });
    await expect(page.locator('.fold[open]').getByText(say.error.wrong_password)).toBeVisible();
  });
  const changed = page.waitForResponse((it) => call('change_password').test(new URL(it.url()).pathname) && it.ok());
  await settings.change({ current_password: member.password, password: 'quite-another-evening' });
  await changed;
  const { request } = await anotherBrowser();
  const login = await request.post('/api/auth/login', { data: { site_id: member.site_id, password: 'quite-another-evening' } });
  expect(login.status()).toBe(200);
});

test('what is typed into one form is still there when another was accepted', async ({ page, member, say }) => {
  const settings = new SettingsPage(page);
  await settings.visit();
  await settings.unfold(say.profile.change_phone);
  const typed = settings.fold(say.profile.change_phone).locator('input[name="phone_number"]');
  await typed.fill('01099998888');
  await settings.unfold(say.profile.change_nickname);
  const told = page.waitForResponse((it) => call('load_account').test(new URL(it.url()).pathname) && it.ok());
  await settings.change({ nickname: `${member.nickname}_2` });
  await told;
  await expect(page.locator('a.avatar')).toHaveAccessibleName(new RegExp(`${member.nickname}_2`));
  await expect(settings.fold(say.profile.change_nickname)).not.toHaveAttribute('open');
  await expect(typed).toBeVisible();
  await expect(typed).toHaveValue('01099998888');
});

test('the language is changed there, and everywhere with it', { tag: '@phone' }, async ({ page, language }) => {
  const settings = new SettingsPage(page);
  const other = language === 'ko' ? 'en' : 'ko';
  await settings.visit();
  await settings.choice(`locale-${other}`).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(other).settings.title);
  await expect(settings.language(other)).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await settings.alive();
  await settings.speaks(other);
  await expect(settings.choice(`locale-${other}`)).toHaveAttribute('aria-pressed', 'true');
});

test('less motion holds at once, on the next page and after a reload', { tag: '@phone' }, async ({ page, member }) => {
  const settings = new SettingsPage(page);
  await settings.visit();
  await expect(settings.choice('motion-system')).toHaveAttribute('aria-pressed', 'true');
  expect(await slowest(page), `what moves for ${member.nickname}`).toBeGreaterThan(100);
  await settings.choice('motion-less').click();
  expect(await slowest(page)).toBeLessThan(2);
  await page.reload();
  await settings.alive();
  await expect(settings.choice('motion-less')).toHaveAttribute('aria-pressed', 'true');
  expect(await slowest(page)).toBeLessThan(2);

  await test.step('a spin shows its result without a moment passing', async () => {
    await page.clock.install();
    const slot = new SlotPage(page);
    await slot.visit();
    await slot.choose(1, 10);
    await page.clock.pauseAt(Date.now() + 60_000);
    const answer = slot.nextSpin();
    await slot.spinButton.click();
    await slot.shows(await answer);
    await page.clock.resume();
  });

  await settings.visit();
  await settings.choice('motion-system').click();
  expect(await slowest(page), 'as the device says').toBeGreaterThan(100);
});

test('sound is one choice for the settings and every game', async ({ page, member }) => {
  const settings = new SettingsPage(page);
  await settings.visit();
  await expect(settings.choice('sound-off')).toHaveAttribute('aria-pressed', 'true');
  await settings.choice('sound-on').click();
  const rps = new RpsPage(page);
  await rps.visit();
  const mute = page.getByTestId('mute');
  await expect(mute, `${member.nickname} hears it`).toHaveAttribute('aria-pressed', 'false');
  await mute.click();
  await settings.visit();
  await expect(settings.choice('sound-off')).toHaveAttribute('aria-pressed', 'true');
});

test('whoever signs out finds the settings of a visitor', async ({ page, member }) => {
  const settings = new SettingsPage(page);
  await settings.visit();
  await expect(settings.field('nickname')).toHaveValue(member.nickname);
  await settings.logout.click();
  await expect(settings.signIn).toBeVisible();
  await settings.visit();
  await expect(settings.devices).toHaveCount(0);
  await expect(settings.choice('motion-less')).toBeVisible();
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  for (const language of ['ko', 'en'] as const) {
    test(`a page says so in ${language}, and opens once there is one`, async ({ page, context, faults, baseURL }) => {
      const say = words(language);
      await context.addCookies([{ name: 'casino_language', value: language, url: baseURL! }]);
      const club = new ClubPage(page);
      await club.visit('/');
      await page.evaluate(() => navigator.serviceWorker.ready);

      await context.setOffline(true);
      faults.allow(503, '/games');
      faults.allowLostRequest(/./);
      const answer = await page.goto('/games');
      expect(answer?.status()).toBe(503);
      await expect(page).toHaveTitle(say.offline.title);
      await club.speaks(language);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.offline.title);
      await expect(page.getByText(say.offline.text)).toBeVisible();
      await page.getByRole('link', { name: say.ui.retry }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.offline.title);

      await context.setOffline(false);
      await expect(page).toHaveTitle(say.title.games);
      await expect(page).toHaveURL(/\/games$/);
    });
  }

  test('the worker keeps nothing and touches nothing but pages that fail', async ({ page }) => {
    const club = new ClubPage(page);
    await club.visit('/');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await club.visit('/games');
    const kept = await page.evaluate(async () => ({
      caches: await caches.keys(),
      controlled: navigator.serviceWorker.controller?.scriptURL ?? '',
      // The network is what the worker told the browser to take without asking it.
      byWorker: (performance.getEntriesByType('resource') as (PerformanceResourceTiming & { workerMatchedSourceType?: string })[])
        .filter((it) => it.workerStart > 0 && it.workerMatchedSourceType !== 'network')
        .map((it) => it.name),
    }));
    expect(kept.controlled).toContain('/sw.js');
    expect(kept.caches).toEqual([]);
    expect(kept.byWorker, 'what woke the worker beside the page').toEqual([]);
  });
});

test('a question mark lists what the keys do on this page', async ({ page, member, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.showsBalance(1_000);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: say.keys.title });
  await expect(help.getByText(say.keys.slot)).toBeVisible();
  await expect(help.getByTestId('key-row').filter({ hasText: say.keys.slot }).locator('kbd')).toHaveText([say.keys.space]);
  await expect(help.getByText(say.keys.stake)).toBeVisible();
  await expect(help.getByText(say.keys.help)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await test.step('on another page others, or none', async () => {
    await page.locator('nav a[href="/games"]').click();
    await expect(page).toHaveURL(/\/games$/);
    await page.keyboard.press('?');
    await expect(help.getByText(say.keys.help)).toBeVisible();
    await expect(help.getByText(say.keys.slot)).toHaveCount(0);
    await page.keyboard.press('Escape');

    const others = [
      { game: new RpsPage(page), says: [say.rps.rock, say.rps.paper, say.rps.scissors, say.keys.stake] },
      { game: new GachaPage(page), says: [say.keys.gacha] },
      { game: new CrashPage(page), says: [say.keys.crash, say.crash.cash_out, say.keys.stake] },
    ];
    for (const { game, says } of others) {
      await game.visit();
      await game.showsBalance(1_000);
      await page.keyboard.press('?');
      for (const told of says) {
        await expect(help.getByText(told, { exact: true }), `for ${member.nickname}`).toBeVisible();
      }
      await expect(help.getByText(say.keys.slot)).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(help).toBeHidden();
    }
  });

  await test.step('the line at the end of the page opens it too, and has the focus again', async () => {
    await page.getByTestId('key-help').click();
    await expect(help).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('key-help')).toBeFocused();
  });

  await test.step('in a field it is a sign like any other', async () => {
    const settings = new SettingsPage(page);
    await settings.visit();
    await settings.unfold(say.profile.change_nickname);
    await settings.field('nickname').press('?');
    await expect(help).toBeHidden();
    await expect(settings.field('nickname')).toHaveValue(/\?/);
  });
});

test('a phone is not told about keys', { tag: '@touch' }, async ({ page, isMobile }) => {
  await new ClubPage(page).visit('/');
  await expect(page.getByTestId('key-help')).toBeVisible({ visible: !isMobile });
});

/** How long the slowest transition of a button of the page takes, in milliseconds. */
function slowest(page: Page): Promise<number> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll('.button')];
    const secs = buttons.flatMap((it) => getComputedStyle(it).transitionDuration.split(',').map(Number.parseFloat));
    return Math.max(...secs) * 1_000;
  });
}
