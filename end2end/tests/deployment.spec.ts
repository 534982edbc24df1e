// The files of a page: which it gets when, and what it does when they do not come, or are of another build by now.
//
// There is one build to test with. What the club says of it is changed on the way, and its files are taken away.

import type { Locator, Page, Route } from '@playwright/test';

import type { Faults } from '../faults';
import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { FairnessPage } from '../pages/fairness';
import { RpsPage } from '../pages/rps';

/** A page of each wing that a visitor sees too. */
const wings = { play: '/games/slot', stage: '/games/crash', shop: '/shop', member: '/settings' };
/** The file of the wing that these tests go to. */
const shopFile = fileOf('shop');

test.afterEach(async ({ page }) => {
  // What a page still asks for when its test is over is nobody's business.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('after a deployment the next page of another wing is loaded anew, once, and says so', async ({ page, say, member }) => {
  const fairness = new FairnessPage(page);
  await fairness.visit();
  const loaded = loads(page);
  await answersAre(page, 'next');
  await pagesAre(page, 'next');
  // The answer to this tells the page.
  await fairness.chooseSeed(`seed-of-${member.nickname}`);
  await go(page, '/shop');
  await expect(fairness.toasts.filter({ hasText: say.ui.renewed })).toBeVisible();
  await expect(page.locator('h1')).toHaveText(say.shop.title);
  expect(loaded).toEqual(['/shop']);

  await go(page, '/fairness');
  await expect(page.locator('h1')).toHaveText(say.fairness.title);
  expect(loaded, 'the page is of the new build').toEqual(['/shop']);
});

test('a club that sends the old page again is left alone, and its next build is met like the first', async ({ page, say, member }) => {
  const [rps, fairness] = [new RpsPage(page), new FairnessPage(page)];
  const renewed = rps.toasts.filter({ hasText: say.ui.renewed });
  await rps.visit();
  const loaded = loads(page);
  await answersAre(page, 'next');
  await rps.throw('rock');
  await go(page, '/fairness');
  await expect(page.locator('h1')).toHaveText(say.fairness.title);
  await fairness.alive();
  expect(loaded).toEqual(['/fairness']);
  await expect(renewed, 'nothing is new').toHaveCount(0);

  await pagesAre(page, 'next');
  await fairness.chooseSeed(`seed-of-${member.nickname}`);
  await go(page, '/shop');
  await expect(renewed).toBeVisible();
  await expect(page.locator('h1')).toHaveText(say.shop.title);
  expect(loaded).toEqual(['/fairness', '/shop']);
});

test('a page whose file went with its build is loaded from the newer one', async ({ page, faults, say }) => {
  mayMiss(faults, shopFile);
  const club = new ClubPage(page);
  await club.visit('/games');
  const loaded = loads(page);
  await page.route(shopFile, (route) => (loaded.length === 0 ? isGone(route) : route.continue()));
  await answersAre(page, 'next');
  await pagesAre(page, 'next');
  await go(page, '/shop');
  await expect(club.toasts.filter({ hasText: say.ui.renewed })).toBeVisible();
  await expect(page.locator('h1')).toHaveText(say.shop.title);
  expect(loaded).toEqual(['/shop']);
});

test('a page whose file does not come on the way says so, and comes when it is asked for again', async ({ page, faults, say }) => {
  mayMiss(faults, shopFile);
  const club = new ClubPage(page);
  await club.visit('/games');
  const loaded = loads(page);
  await page.route(shopFile, isGone);
  await go(page, '/shop');
  await expect(page.locator('h1')).toHaveText(say.lost.title);
  await expect(page.locator('main')).toContainText(say.lost.text);
  expect(loaded, 'the build is the same').toEqual([]);

  await page.unroute(shopFile);
  await page.locator('main').getByRole('link', { name: say.ui.retry }).click();
  await expect(page.locator('h1')).toHaveText(say.shop.title);
  await club.alive();
  expect(loaded).toEqual(['/shop']);
});

test('a page that cannot come alive without its file says so, and every link on it leads on', async ({ page, faults, say }) => {
  mayMiss(faults, shopFile);
  const club = new ClubPage(page);
  const loaded = loads(page);
  await page.route(shopFile, isGone);
  await page.goto('/shop');
  await expect(page.locator('h1')).toHaveText(say.lost.title);
  await expect(page.locator('main')).toContainText(say.lost.text);
  await expect(page).toHaveTitle(say.title.lost);
  await expect(page.locator('body'), 'it is not alive').not.toHaveAttribute('data-hydrated', 'true');
  expect(loaded, 'the build is the same').toEqual(['/shop']);

  await test.step('the navigation', async () => {
    await go(page, '/games');
    await expect(page.locator('h1')).toHaveText(say.games.title);
    await club.alive();
    expect(loaded).toEqual(['/shop', '/games']);
  });

  await test.step('the way to try again', async () => {
    await page.goto('/shop');
    await expect(page.locator('h1')).toHaveText(say.lost.title);
    await page.unroute(shopFile);
    await page.locator('main').getByRole('link', { name: say.ui.retry }).click();
    await expect(page.locator('h1')).toHaveText(say.shop.title);
    await club.alive();
  });
});

test('a page whose file went with its build while it was coming opens the newer one', async ({ page, faults, say }) => {
  mayMiss(faults, shopFile);
  const club = new ClubPage(page);
  const loaded = loads(page);
  await page.route(shopFile, (route) => (loaded.length === 1 ? isGone(route) : route.continue()));
  await answersAre(page, 'next');
  await pagesAre(page, 'next', () => loaded.length > 1);
  await page.goto('/shop', { waitUntil: 'commit' });
  await expect(club.toasts.filter({ hasText: say.ui.renewed })).toBeVisible();
  await expect(page.locator('h1')).toHaveText(say.shop.title);
  await club.alive();
  expect(loaded).toEqual(['/shop', '/shop']);
});

test('a page that is sent again without its file is not loaded for ever', async ({ page, faults, say }) => {
  mayMiss(faults, shopFile);
  const loaded = loads(page);
  await page.route(shopFile, isGone);
  await answersAre(page, 'next');
  await page.goto('/shop', { waitUntil: 'commit' });
  await expect(page.locator('h1')).toHaveText(say.lost.title);
  expect(loaded).toEqual(['/shop', '/shop']);
});

test('a page is alive when its wing is there, and not before', async ({ page, say }) => {
  // A file that the first answer names is on its way before the page asks for it, so that is heard from the page.
  await page.addInitScript(() => {
    const asked: string[] = [];
    const { fetch } = window;
    window.fetch = (what, options) => {
      asked.push(String(what));
      return fetch(what, options);
    };
    Object.assign(window, { asked });
  });
  const letGo = await hold(page, shopFile);
  await page.goto('/shop', { waitUntil: 'commit' });
  const asksFor = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked.join(' '));
  await expect.poll(asksFor, 'all that comes before the wing is done').toMatch(shopFile);
  await expect(page.locator('h1'), 'the page can be read').toHaveText(say.shop.title);
  await expect(page.locator('body')).not.toHaveAttribute('data-hydrated', 'true');
  letGo();
  await new ClubPage(page).alive();
});

for (const [what, comes] of [
  ['a pointer', (link: Locator) => link.hover()],
  ['the focus', (link: Locator) => link.focus()],
] as const) {
  test(`${what} on a link fetches the wing that it leads to, before any click`, async ({ page }) => {
    const fetched = codeOf(page);
    await new ClubPage(page).visit('/games');
    expect(fetched.filter((file) => fileOf('\\w+').test(file)), 'the lobby is in no wing').toEqual([]);
    const asked = page.waitForRequest(shopFile);
    await comes(page.locator('nav a[href="/shop"]'));
    await asked;
    await expect(page).toHaveURL(/\/games$/);
  });
}

for (const [wing, path] of Object.entries(wings)) {
  test(`the first answer of ${path} names all the code that the page fetches`, async ({ page }) => {
    const fetched = codeOf(page);
    const answer = await new ClubPage(page).visit(path);
    const named = preloadedBy(await answer!.text());
    expect(named, 'the wing').toContainEqual(expect.stringMatching(fileOf(wing)));
    expect(named, 'what fetches wings').toContainEqual(expect.stringMatching(/\/__wasm_split\.[^/]*\.js$/));
    expect(named, 'what wings share').toEqual(expect.arrayContaining(fetched));
  });
}

test('pages that are asked for at once each name the code of their own wing', async ({ page }) => {
  const asked = Array.from({ length: 10 }, () => Object.entries(wings)).flat();
  const answers = await Promise.all(asked.map(async ([wing, path]) => {
    const answer = await page.request.get(path, { headers: { accept: 'text/html' } });
    return { wing, named: preloadedBy(await answer.text()).filter((file) => fileOf('\\w+').test(file)) };
  }));
  for (const { wing, named } of answers) {
    expect(named, wing).toEqual([expect.stringMatching(fileOf(wing))]);
  }
});

/** The file that is a wing's alone. */
function fileOf(wing: string): RegExp {
  return new RegExp(`/pkg/split_${wing}\\.`);
}

/** Says that this file may be missing, which the browser and what fetches it complain of. */
function mayMiss(faults: Faults, file: RegExp): void {
  faults.allow(404, file);
  faults.allowSaying(/HTTP status code is not ok/);
  faults.allowSaying(/was preloaded using link preload but not used/);
}

/** Answers as a server that has the files of another build. */
function isGone(route: Route): Promise<void> {
  return route.fulfill({ status: 404 });
}

/** Holds the answers for a file back until they are let go. */
async function hold(page: Page, file: RegExp): Promise<() => void> {
  let letGo: () => void = () => {};
  const isFree = new Promise<void>((done) => { letGo = done; });
  await page.route(file, async (route) => {
    await isFree;
    await route.continue();
  });
  return letGo;
}

/** Whatever a page asks the club is answered by another build from now on. */
async function answersAre(page: Page, build: string): Promise<void> {
  await page.route((url) => /^\/(health$|api\/)/.test(url.pathname), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'x-build': build } });
  });
}

/** The pages that are loaded are of another build, from now or from a later moment on. */
async function pagesAre(page: Page, build: string, isDeployed: () => boolean = () => true): Promise<void> {
  await page.route('**/*', async (route) => {
    if (!route.request().isNavigationRequest() || !isDeployed()) {
      await route.fallback();
      return;
    }
    const response = await route.fetch();
    const body = (await response.text()).replace(/(<meta name="build" content=")[^"]*/, `$1${build}`);
    await route.fulfill({ response, body });
  });
}

/** The paths of the pages that this tab loads from now on; going from page to page inside the club loads none. */
function loads(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

/** The paths of the files of wasm that this tab fetches from now on. */
function codeOf(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.wasm')) paths.push(pathname);
  });
  return paths;
}

/** The paths that a page names for the browser to fetch ahead. */
function preloadedBy(html: string): string[] {
  const links = html.match(/<link [^>]*rel="(?:module)?preload"[^>]*>/g) ?? [];
  return links.map((link) => /href="([^"]*)"/.exec(link)?.[1] ?? '');
}

/** Goes to a page by the navigation. */
async function go(page: Page, path: string): Promise<void> {
  await page.locator(`nav a[href="${path}"]`).click();
}
