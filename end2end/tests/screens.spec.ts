// Every page, and what opens on it, once on a desktop and once on a phone, in both languages; E2E_PICTURES=1 leaves pictures in screenshots/.

import type { Page } from '@playwright/test';

import { call } from '../calls';
import { expect, join, signIn, test as base } from '../fixtures';
import { Look, settled } from '../look';
import { climbsTo, crashesBetween, houseShows, pullsBring, spinEnds } from '../luck';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { DeskPage } from '../pages/desk';
import { FairnessPage } from '../pages/fairness';
import { GachaPage } from '../pages/gacha';
import { RpsPage } from '../pages/rps';
import { SettingsPage } from '../pages/settings';
import { InventoryPage, ReceiptsPage, ShopPage } from '../pages/shop';
import { SignUpPage } from '../pages/sign-up';
import { SlotPage } from '../pages/slot';
import { placesOf } from '../places';
import { promote } from '../staff';

const SHIFT_MAX = 0.05;
/** How many pages a test opens: few enough that workers share them. */
const PAGES_MAX = 5;

const test = base.extend<{ look: Look }>({
  look: async ({ page, language, isMobile }, use) => {
    await use(new Look(page, language, isMobile ? 'phone' : 'desktop'));
  },
});

const walks = (['visitor', 'member', 'owner'] as const).flatMap((who) => chunks(placesOf(who)).map((places) => ({ who, places })));

for (const { who, places } of walks) {
  const [from, to] = [places[0]!.name, places.at(-1)!.name];
  test(`from ${from} to ${to}, every page of a ${who} stands still, fits, reads and has no serious fault`, { tag: '@phone' }, async ({ page, look, faults, stranger }) => {
    if (who !== 'visitor') await join(page, stranger);
    if (who === 'owner') {
      // It ends what they are signed in.
      promote(stranger.site_id);
      await signIn(page, stranger);
    }
    await recordShifts(page);
    const club = who === 'owner' ? new DeskPage(page) : new ClubPage(page);
    for (const place of places) {
      if (place.status !== 200) faults.allow(place.status, place.path);
      await club.visit(place.path);
      await settled(page);
      expect.soft(await shifts(page), `how far things moved by themselves: ${place.name}`).toBeLessThan(SHIFT_MAX);
      await look.at(place.name);
    }
  });
}

test('an evening at the slot', { tag: '@phone' }, async ({ page, look, api, luck }) => {
  luck.deals(spinEnds('nothing'), spinEnds('free_spins'), spinEnds('big_win'));
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(5, 10);
  for (let spin = 0; spin < 2; spin += 1) await slot.spin();
  const { hand_id } = await slot.spin();
  await look.at('slot-played');
  await slot.press(page.getByTestId('autospin'));
  await look.at('slot-autospin');
  await slot.opens(look.say.slot.rules);
  await look.at('slot-rules');
  await slot.closes();
  expect(await api.hands()).toHaveLength(3);

  await proof(page, look, hand_id, 'slot');
  for (const [path, name] of [['/profile', 'profile-played'], ['/', 'home-played']] as const) {
    await slot.visit(path);
    await look.at(name);
  }
});

test('an evening of rock, paper and scissors', { tag: '@phone' }, async ({ page, look, luck }) => {
  luck.deals(houseShows('scissors'), houseShows('paper'), houseShows('rock'));
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.choose(10);
  let last = '';
  for (const result of ['lose', 'draw', 'win'] as const) {
    const thrown = await rps.throw('paper');
    expect(thrown.result).toBe(result);
    await look.at(`rps-${result}`);
    last = thrown.hand_id;
  }
  await rps.opens(look.say.rps.rules);
  await look.at('rps-rules');
  await proof(page, look, last, 'rps');
});

test('an evening of crash', { tag: '@phone' }, async ({ page, look, luck }) => {
  luck.deals(climbsTo(10), crashesBetween(1.02, 1.05));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.auto.fill('nothing');
  await crash.auto.blur();
  await expect(crash.autoFault).not.toBeEmpty();
  await look.at('crash-refused');
  await crash.choose(10, '50');
  await crash.bet();
  await crash.climbsTo(1.3);
  await look.at('crash-flying');
  const { game_id } = await crash.cashOut();
  await look.at('crash-cashed');
  await crash.choose(10);
  const lost = await crash.bet();
  await crash.showsEnd(lost.game_id, 'crashed');
  await look.at('crash-crashed');
  await crash.opens(look.say.crash.rules);
  await look.at('crash-rules');
  await proof(page, look, game_id, 'crash');
});

test('an evening at the capsules', { tag: '@phone' }, async ({ page, look, luck }) => {
  luck.deals(pullsBring('common', 1), pullsBring('legendary', 10));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gacha = new GachaPage(page);
  await gacha.visit();
  await gacha.pull(1);
  await look.at('gacha-1');
  const { hand_id } = await gacha.pull(10);
  await look.at('gacha-10');
  await gacha.press(gacha.odds);
  await expect(gacha.sheet).toBeVisible();
  await look.at('gacha-odds');
  await proof(page, look, hand_id, 'gacha');
});

test('a shopping evening', { tag: '@phone' }, async ({ page, look, faults, api }) => {
  faults.allow(400, call('price_of'));
  const shop = new ShopPage(page);
  await shop.browse('tokens');
  await shop.choose(shop.product('tokens_5500'));
  await shop.apply('nobody-said-this');
  await expect(shop.fieldError('promo_code')).not.toBeEmpty();
  await look.at('checkout-refused');
  await shop.apply('WON1000');
  await shop.comesTo(4_310);
  await shop.method('card_pending').check();
  await shop.payButton.click();
  await shop.stands('pending');
  const code = await shop.stands('captured');
  await look.at('checkout-captured');

  for (const product_id of ['frame_neon', 'title_lucky_star', 'felt_midnight', 'consumable_fortune_cookie']) {
    expect((await api.post('/api/shop/buy', { product_id, quantity: 1 })).status()).toBe(200);
  }
  const receipts = new ReceiptsPage(page);
  await receipts.visit();
  await look.at('receipts-bought');
  await receipts.visit(`/receipts/${code}`);
  await receipts.press(receipts.verify);
  await expect(receipts.verdict).toBeVisible();
  await look.at('receipt-verified');

  const bag = new InventoryPage(page);
  await bag.visit();
  for (const item of ['frame_neon', 'title_lucky_star', 'felt_midnight']) {
    await bag.press(bag.item(item).getByTestId('equip'));
    await expect(bag.item(item)).toHaveAttribute('data-equipped', 'true');
  }
  await bag.press(bag.item('consumable_fortune_cookie').getByTestId('use'));
  await look.at('inventory-worn');
  for (const [path, name] of [['/profile', 'profile-worn'], ['/games/slot', 'slot-felt']] as const) {
    await bag.visit(path);
    await look.at(name);
  }
});

test('forms that are refused', { tag: '@phone' }, async ({ page, look, faults, member }) => {
  faults.allow(422, /^\/api\/fn\/(sign_up|change_nickname)\d*$/);
  const settings = new SettingsPage(page);
  await settings.visit();
  for (const fold of await page.locator('details > summary').all()) await settings.press(fold);
  await look.at('settings-forms');
  await settings.field('nickname').fill('');
  await settings.field('nickname').press('Enter');
  await expect(settings.fieldError('nickname'), `of ${member.nickname}`).not.toBeEmpty();
  await look.at('settings-refused');

  await page.context().clearCookies({ name: /^casino_(access|refresh|expires)$/ });
  const door = new SignUpPage(page);
  await door.visit();
  await door.send();
  await expect(door.fieldError('nickname')).not.toBeEmpty();
  await look.at('sign-up-refused');
});

/** Looks at the proofs, once all hands and this one were checked. */
async function proof(page: Page, look: Look, hand: string, name: string): Promise<void> {
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyAll();
  await fairness.verifyOne(hand);
  await expect(fairness.verdict).toBeVisible();
  await look.at(`fairness-${name}`);
}

function chunks<T>(all: T[]): T[][] {
  const parts = Math.ceil(all.length / PAGES_MAX);
  return Array.from({ length: parts }, (_, part) => all.slice(part * PAGES_MAX, (part + 1) * PAGES_MAX));
}

/** Keeps what the browser reports about things that moved without being asked to. */
function recordShifts(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const record = { sum: 0 };
    Object.assign(window, { shifts: record });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) record.sum += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

function shifts(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum);
}
