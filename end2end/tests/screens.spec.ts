// Pictures of every page, for whoever works on them: end2end/screenshots/.

import type { Page } from '@playwright/test';

import { call } from '../calls';
import { expect, join, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';
import { GachaPage } from '../pages/gacha';
import { RpsPage, type Throw } from '../pages/rps';
import { InventoryPage, ReceiptsPage, ShopPage } from '../pages/shop';
import { SlotPage } from '../pages/slot';
import { placesOf } from '../places';
import { type Language, words } from '../words';

const SHIFT_MAX = 0.05;

for (const language of ['ko', 'en'] as Language[]) {
  for (const who of ['visitor', 'member'] as const) {
    test(`every page of a ${who} in ${language} stands still and fits`, async ({ page, faults, stranger, isMobile }) => {
      await speak(page, language);
      if (who === 'member') await join(page, stranger);
      await recordShifts(page);
      const club = new ClubPage(page);
      for (const place of placesOf(who)) {
        if (place.status !== 200) faults.allow(place.status, place.path);
        await club.visit(place.path);
        await club.speaks(language);
        await settled(page);
        expect.soft(await shifts(page), `how far things moved by themselves: ${place.name}`).toBeLessThan(SHIFT_MAX);
        await fits(page);
        await picture(page, place.name, language, isMobile);
      }
    });
  }

  test(`a played evening in ${language}`, async ({ page, stranger, isMobile }) => {
    // Rounds of crash take as long as their curves.
    test.setTimeout(180_000);
    await speak(page, language);
    await join(page, stranger);
    const slot = new SlotPage(page);
    await slot.visit();
    // Small stakes: the evening must not end before its last page.
    await slot.choose(5, 10);
    let last = await slot.spin();
    for (let spin = 1; spin < 8; spin += 1) last = await slot.spin();
    await fits(page);
    await picture(page, 'slot-played', language, isMobile);

    const rps = new RpsPage(page);
    await rps.visit();
    await rps.choose(10);
    await rps.throwUntil(['win', 'draw', 'lose'], async (thrown: Throw) => {
      await fits(page);
      await picture(page, `rps-${thrown.result}`, language, isMobile);
    });

    const crash = new CrashPage(page);
    await crash.visit();
    await crash.choose(10, '50');
    await crash.betWhere((point) => point > 3 && point < 50);
    await crash.climbsTo(2.4);
    await fits(page);
    await picture(page, 'crash-flying', language, isMobile);
    await crash.cashOut();
    await picture(page, 'crash-cashed', language, isMobile);
    const lost = await crash.betWhere((point) => point > 1.1 && point < 2);
    await crash.showsEnd(lost.game_id, 'crashed');
    await picture(page, 'crash-crashed', language, isMobile);
    await page.getByRole('button', { name: words(language).crash.rules }).click();
    await picture(page, 'crash-rules', language, isMobile);
    await page.keyboard.press('Escape');

    await page.emulateMedia({ reducedMotion: 'reduce' });
    const gacha = new GachaPage(page);
    await gacha.visit();
    for (const count of [1, 10] as const) {
      await gacha.pull(count);
      await fits(page);
      await picture(page, `gacha-${count}`, language, isMobile);
    }
    await gacha.odds.click();
    await fits(page);
    await picture(page, 'gacha-odds', language, isMobile);
    await page.keyboard.press('Escape');
    await page.emulateMedia({ reducedMotion: 'no-preference' });

    const fairness = new FairnessPage(page);
    await fairness.visit();
    await fairness.rotate();
    await fairness.verifyAll();
    await fairness.verifyOne(last.hand_id);
    await expect(fairness.verdict).toBeVisible();
    await fits(page);
    await picture(page, 'fairness-verified', language, isMobile);

    for (const [path, name] of [['/profile', 'profile-played'], ['/', 'home-played']] as const) {
      await new ClubPage(page).visit(path);
      await fits(page);
      await picture(page, name, language, isMobile);
    }
  });
}

for (const language of ['ko', 'en'] as Language[]) {
  test(`a shopping evening in ${language}`, async ({ page, faults, stranger, isMobile }) => {
    faults.allow(400, call('price_of'));
    await speak(page, language);
    await join(page, stranger);
    const shop = new ShopPage(page);
    await shop.browse('tokens');
    await shop.choose(shop.product('tokens_5500'));
    await shop.apply('nobody-said-this');
    await expect(shop.fieldError('promo_code')).not.toBeEmpty();
    await fits(page);
    await picture(page, 'checkout-refused', language, isMobile);
    await shop.apply('WON1000');
    await shop.comesTo(4_310);
    await shop.method('card_pending').check();
    await shop.payButton.click();
    await shop.stands('pending');
    await picture(page, 'checkout-pending', language, isMobile);
    const code = await shop.stands('captured');
    await fits(page);
    await picture(page, 'checkout-captured', language, isMobile);

    for (const item of ['frame_neon', 'title_lucky_star', 'felt_midnight', 'consumable_fortune_cookie']) {
      await shop.browse('items');
      await shop.choose(shop.product(item));
      await shop.payButton.click();
      await shop.stands('captured');
    }
    const receipts = new ReceiptsPage(page);
    await receipts.visit();
    await fits(page);
    await picture(page, 'receipts-bought', language, isMobile);
    await receipts.visit(`/receipts/${code}`);
    await receipts.verify.click();
    await expect(receipts.verdict).toBeVisible();
    await fits(page);
    await picture(page, 'receipt-verified', language, isMobile);

    const bag = new InventoryPage(page);
    await bag.visit();
    for (const item of ['frame_neon', 'title_lucky_star', 'felt_midnight']) {
      await bag.item(item).getByTestId('equip').click();
      await expect(bag.item(item)).toHaveAttribute('data-equipped', 'true');
    }
    await bag.item('consumable_fortune_cookie').getByTestId('use').click();
    await fits(page);
    await picture(page, 'inventory-worn', language, isMobile);
    for (const [path, name] of [['/profile', 'profile-worn'], ['/games/slot', 'slot-felt']] as const) {
      await new ClubPage(page).visit(path);
      await fits(page);
      await picture(page, name, language, isMobile);
    }
  });
}

async function speak(page: Page, language: Language): Promise<void> {
  const url = test.info().project.use.baseURL!;
  await page.context().addCookies([{ name: 'casino_language', value: language, url }]);
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

/** Waits for fonts, pictures and two painted frames. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  });
}

/** Nothing is wider than the screen. */
async function fits(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect.soft(content, `no scrolling sideways: ${page.url()}`).toBeLessThanOrEqual(screen);
  expect.soft(screen).toBe(page.viewportSize()!.width);
}

async function picture(page: Page, name: string, language: Language, isMobile: boolean): Promise<void> {
  await settled(page);
  const path = `screenshots/${isMobile ? 'phone' : 'desktop'}-${language}-${name}.png`;
  const image = await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  expect(image.length).toBeGreaterThan(1_000);
}
