// What stands around every page: going from one to another, the line to the club, the notices.

import type { Page, Route } from '@playwright/test';

import { call } from '../calls';
import { expect, test } from '../fixtures';
import { spinEnds } from '../luck';
import { ClubPage } from '../pages/club';
import { FairnessPage } from '../pages/fairness';
import { ProfilePage } from '../pages/profile';
import { SettingsPage } from '../pages/settings';
import { InventoryPage, ShopPage } from '../pages/shop';
import { SlotPage } from '../pages/slot';

test('a page that takes long shows so, and once it came has the focus and says its name', async ({ page, say, member }) => {
  const club = new ClubPage(page);
  await club.visit('/games');
  await expect(club.arrived, `${member.nickname} opened this page, which the browser tells`).toBeEmpty();
  await expect(page.locator('main')).not.toBeFocused();

  const answer = await hold(page, 'list_notifications');
  await page.getByTestId('bell').click();
  await expect(club.crossing).toBeVisible();
  await expect(club.crossing, 'most pages are there before it shows').toHaveCSS('animation-delay', '0.2s');
  await expect(page.locator('h1'), 'the page before stays so long').toHaveText(say.games.title);
  await answer.release();
  await expect(page.locator('h1')).toHaveText(say.live.title);
  await expect(club.crossing).toBeHidden();
  await expect(page.locator('main')).toBeFocused();
  await expect(club.arrived).toHaveText(say.title.notifications);

  await test.step('going back says so too', async () => {
    await page.goBack();
    await expect(club.arrived).toHaveText(say.title.games);
    await expect(page.locator('main')).toBeFocused();
  });
});

test('a line that is lost for long is said, without moving anything', async ({ page, context, faults, say, member }) => {
  // Whatever the page asks meanwhile is lost.
  faults.allowLostRequest(/./);
  await page.clock.install();
  const club = new ClubPage(page);
  const line = await openLine(page, club);
  const said = await everSaid(page);
  const title = page.locator('h1');
  const place = await title.boundingBox();

  await test.step('a short loss is nobody’s business', async () => {
    await line.cut();
    await page.clock.fastForward(2_000);
    await line.isOpenAgain();
    await context.setOffline(true);
    await page.clock.fastForward(2_000);
    await context.setOffline(false);
    await page.clock.fastForward(20_000);
    expect(await said(), `${member.nickname} was told nothing`).toEqual([]);
  });

  await test.step('no network', async () => {
    await context.setOffline(true);
    await page.clock.fastForward(5_000);
    await expect(club.line).toHaveText(say.live.offline);
    await expect(club.line).toBeInViewport();
    expect(await title.boundingBox()).toEqual(place);
    await context.setOffline(false);
    await expect(club.line).toBeEmpty();
  });

  await test.step('no club', async () => {
    line.isBlocked = true;
    await line.cut();
    await page.clock.fastForward(5_000);
    await expect(club.line).toHaveText(say.live.reconnecting);
    line.isBlocked = false;
    // Past the longest pause between two tries.
    await page.clock.fastForward(31_000);
    await expect(club.line).toBeEmpty({ timeout: 20_000 });
  });
});

test('whoever is signed out while the line is lost hears so', async ({ page, faults, api, member }) => {
  const channel = /^\/(ws|sse)\/notifications\//;
  faults.allowLostRequest(channel);
  faults.allow(401, channel);
  faults.allow(401, '/api/auth/refresh');
  const club = new ClubPage(page);
  const line = await openLine(page, club);
  line.isBlocked = true;
  await line.cut();
  expect((await api.post('/api/auth/logout-all', {})).status()).toBe(204);
  line.isBlocked = false;
  await expect(club.signIn, `${member.nickname} is asked to sign in`).toBeVisible({ timeout: 20_000 });
});

test('a notice stays while somebody is at it, and the same one is counted', async ({ page, context, say, member }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  const fairness = new FairnessPage(page);
  await fairness.visit();
  const copy = page.getByRole('button', { name: say.ui.copy }).first();
  const notice = fairness.toasts.filter({ hasText: say.ui.copied });

  await test.step('under the pointer', async () => {
    await copy.click();
    await notice.hover();
    await page.clock.fastForward(60_000);
    await expect(notice, `${member.nickname} is reading it`).toBeVisible();
    await page.mouse.move(0, 0);
    await page.clock.fastForward(4_000);
    await expect(notice).toBeVisible();
    await page.clock.fastForward(4_000);
    await expect(notice).toBeHidden();
  });

  await test.step('with the focus in it', async () => {
    await copy.click();
    await notice.getByRole('button', { name: say.ui.close }).focus();
    await page.clock.fastForward(60_000);
    await expect(notice).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(notice).toBeHidden();
    await expect(page.locator('main'), 'the focus is not lost with it').toBeFocused();
  });

  await test.step('said again', async () => {
    await copy.click();
    await expect(notice).toBeVisible();
    await copy.click();
    await expect(notice).toHaveCount(1);
    await expect(notice).toContainText('×2');
    await page.mouse.move(0, 0);
    await page.clock.fastForward(8_000);
    await expect(notice).toBeHidden();
  });
});

test('a phone shows one notice after the other, and each for as long', { tag: '@touch' }, async ({ page, context, say, member }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  const fairness = new FairnessPage(page);
  await fairness.visit();
  const first = fairness.toasts.filter({ hasText: say.ui.copied });
  const second = fairness.toasts.filter({ hasText: say.fairness.changed });
  await page.getByRole('button', { name: say.ui.copy }).first().tap();
  await expect(first).toBeVisible();
  await fairness.clientSeed.fill(`seed-of-${member.nickname}`);
  await fairness.clientSeed.press('Enter');
  await expect(second).toBeVisible();
  await expect(first).toBeHidden();
  await page.clock.fastForward(7_000);
  await expect(second).toBeHidden();
  await expect(first, 'its time begins when it is seen').toBeVisible();
  await page.clock.fastForward(7_000);
  await expect(first).toBeHidden();
});

test('a notice leads on to what it tells of', async ({ page, api, say }) => {
  const club = new ClubPage(page);
  const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await club.visit('/games');
  await greeted;
  await api.post('/api/games/slot/spin', { bet_amount: 10, lines: 1 });
  const notice = club.toasts.filter({ hasText: say.achievement.first_hand });
  await notice.getByRole('link', { name: say.live.claim }).click();
  await expect(page).toHaveURL(/\/profile#achievements$/);
  await expect(new ProfilePage(page).achievement('first_hand').getByTestId('claim')).toBeVisible();
  await expect(notice).toBeHidden();
});

for (const [how, script] of [
  ['refuses', () => Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('no')) })],
  ['is not there', () => Object.defineProperty(navigator, 'clipboard', { value: undefined })],
] as const) {
  test(`what a clipboard that ${how} did not take is selected, and not called copied`, async ({ page, say, member }) => {
    await page.addInitScript(script);
    const fairness = new FairnessPage(page);
    await fairness.visit();
    const promise = await fairness.commitment.innerText();
    await page.locator('.hash', { has: fairness.commitment }).getByRole('button').click();
    await expect(fairness.toasts, `${member.nickname} hears how it is`).toHaveText(new RegExp(say.ui.copy_by_hand));
    expect(await page.evaluate(() => String(getSelection()))).toBe(promise);
  });
}

test('an item that was used up after its page was left is told, and breaks nothing', async ({ page, api, say }) => {
  expect((await api.post('/api/shop/buy', { product_id: 'consumable_fortune_cookie', quantity: 1 })).status()).toBe(200);
  const bag = new InventoryPage(page);
  await bag.visit('/inventory?kind=consumable&rarity=all');
  const cookie = bag.item('consumable_fortune_cookie');
  await cookie.getByTestId('use').click();
  const answer = await hold(page, 'use_item');
  await cookie.getByTestId('use-now').click();
  await answer.isAskedFor;
  await leave(page, say.games.title);
  await answer.release();
  await expect(bag.toasts.filter({ hasText: '100' })).toBeVisible();
});

test('a form that is refused after its page was left breaks nothing', async ({ page, faults, say, member }) => {
  faults.allow(422, call('change_nickname'));
  const settings = new SettingsPage(page);
  await settings.visit();
  await settings.unfold(say.profile.change_nickname);
  const answer = await hold(page, 'change_nickname');
  await settings.change({ nickname: '' });
  await answer.isAskedFor;
  await leave(page, say.games.title);
  await answer.release();
  await page.locator('nav a[href="/profile"]').click();
  await expect(page.locator('main')).toContainText(member.nickname);
});

test('a page that waits does not look again and again', async ({ page, faults, member, luck }) => {
  faults.allowLostRequest(/^\/sse\//);
  luck.deals(spinEnds('nothing'));
  await page.clock.install();
  await countLooks(page);
  // Nothing gets through, so the channel waits as well.
  await page.routeWebSocket(/\/ws\//, (socket) => void socket.close());
  await page.route(/\/sse\//, (route) => route.abort());
  const slot = new SlotPage(page);
  await slot.visit('/games');
  await looksSeldom(page, 'the lobby');
  expect((await looks(page)).timer, 'timers are counted').toBeGreaterThan(0);
  await new ProfilePage(page).visit();
  await looksSeldom(page, `the profile of ${member.nickname}, who plays nothing`);

  await slot.visit();
  const answer = await hold(page, 'spin');
  await slot.spinButton.click();
  await answer.isAskedFor;
  await looksSeldom(page, 'reels that wait for their answer');
  const spin = slot.nextSpin();
  await answer.release();
  await slot.shows(await spin);
  await looksSeldom(page, 'reels that stand again');
});

test('a tab that nobody sees rests, and looks at once when somebody sees it again', async ({ page, member }) => {
  await page.clock.install();
  await countLooks(page);
  const ticks = async (): Promise<number> => (await looks(page)).tick;
  await new ShopPage(page).browse('packages');
  await expect.poll(ticks, `${member.nickname} sees countdowns`).toBeGreaterThan(0);

  await isSeen(page, false);
  const before = await ticks();
  await page.clock.pauseAt(Date.now() + 60_000);
  expect(await ticks(), 'a minute that nobody saw').toBe(before);

  const look = page.waitForRequest((it) => call('load_packages').test(new URL(it.url()).pathname));
  await isSeen(page, true);
  await look;
  await page.clock.runFor(5_000);
  expect(await ticks(), 'and the countdowns go on').toBeGreaterThan(before);
});

interface Looks {
  /** At the cookies. */
  cookie: number;
  /** Timers that were set. */
  timer: number;
  /** What was done again by itself. */
  tick: number;
}

/** Counts from now on what the pages look at by themselves. */
async function countLooks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const looks = { cookie: 0, timer: 0, tick: 0 };
    const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
    Object.defineProperty(document, 'cookie', {
      get() {
        looks.cookie += 1;
        return get!.call(document);
      },
    });
    const { setTimeout, setInterval, clearInterval } = window;
    window.setTimeout = ((...rest: Parameters<typeof setTimeout>) => {
      looks.timer += 1;
      return setTimeout(...rest);
    }) as typeof setTimeout;
    // The numbers that a clock of a test gives are too large for the page's i32.
    const intervals: ReturnType<typeof setInterval>[] = [];
    window.setInterval = ((tick: () => void, ms?: number) => {
      const interval = setInterval(() => {
        looks.tick += 1;
        tick();
      }, ms);
      return intervals.push(interval) - 1;
    }) as typeof setInterval;
    window.clearInterval = (at) => clearInterval(intervals[Number(at)]);
    Object.assign(window, { looks });
  });
}

/** Lets minutes pass in which the page has nothing to do. */
async function looksSeldom(page: Page, what: string): Promise<void> {
  const before = await looks(page);
  const minutes = 5;
  for (let minute = 0; minute < minutes; minute += 1) await page.clock.runFor(60_000);
  const after = await looks(page);
  // A try of the channel now and then looks at both.
  const few = 20 * minutes;
  expect(after.timer - before.timer, `timers of ${what}`).toBeLessThan(few);
  expect(after.tick - before.tick, `ticks of ${what}`).toBeLessThan(few);
  expect(after.cookie - before.cookie, `looks of ${what} at the cookies`).toBeLessThan(few);
}

/** Brings the tab to the front, or hides it behind another. */
async function isSeen(page: Page, seen: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, !seen);
}

/** What the page looked at so far. */
function looks(page: Page): Promise<Looks> {
  return page.evaluate(() => ({ ...(window as unknown as { looks: Looks }).looks }));
}

/** Goes to the games by the navigation. */
async function leave(page: Page, title: string): Promise<void> {
  await page.locator('nav a[href="/games"]').click();
  await expect(page.locator('h1')).toHaveText(title);
}

/** Holds the answers of a server function back until they are released. */
async function hold(page: Page, name: string): Promise<{ isAskedFor: Promise<void>; release: () => Promise<void> }> {
  const held: Route[] = [];
  let isHeld = true;
  let say: () => void;
  const isAskedFor = new Promise<void>((asked) => (say = asked));
  await page.route((url) => call(name).test(url.pathname), async (route) => {
    if (!isHeld) return route.continue();
    held.push(route);
    say();
  });
  const release = async () => {
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
  };
  return { isAskedFor, release };
}

/** Opens a page whose live channel can be cut. */
async function openLine(page: Page, club: ClubPage) {
  let close: (() => Promise<void>) | undefined;
  let greetings = 0;
  let known = 0;
  const line = {
    /** Whether nothing gets through. */
    isBlocked: false,
    cut: async () => {
      known = greetings;
      await close!();
    },
    isOpenAgain: () => expect.poll(() => greetings).toBeGreaterThan(known),
  };
  await page.route(/\/sse\//, (route) => (line.isBlocked ? route.abort() : route.continue()));
  await page.routeWebSocket(/\/ws\//, (socket) => {
    if (line.isBlocked) return void socket.close();
    const server = socket.connectToServer();
    let isGreeted = false;
    server.onMessage((message) => {
      socket.send(message);
      if (!isGreeted) greetings += 1;
      isGreeted = true;
    });
    close = async () => {
      await server.close();
      await socket.close();
    };
  });
  await club.visit('/games');
  await line.isOpenAgain();
  return line;
}

/** Collects whatever the line ever said. */
async function everSaid(page: Page): Promise<() => Promise<string[]>> {
  await page.getByTestId('line').evaluate((line) => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}
