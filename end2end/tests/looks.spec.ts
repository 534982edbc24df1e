// How pages look where a member meets them: narrow and low screens, sheets, the checkout, notices. That every page fits
// is tested in `screens.spec.ts`.

import type { Locator, Page } from '@playwright/test';

import { expect, join, someone, test } from '../fixtures';
import { spinEnds } from '../luck';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { ShopPage } from '../pages/shop';
import { SlotPage } from '../pages/slot';

const NARROW = { width: 320, height: 700 };
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
/** A desktop at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 400 };
/** A phone at a zoom of 200 %. */
const ZOOMED_PHONE = { width: 195, height: 422 };

for (const game of ['slot', 'rps', 'gacha', 'crash'] as const) {
  test(`the rules of ${game} show whole tables, and close by a press beside them`, async ({ page, member, say }) => {
    const club = new ClubPage(page);
    const name = { slot: say.slot.rules, rps: say.rps.rules, gacha: say.gacha.odds, crash: say.crash.rules }[game];
    for (const size of [PHONE, DESKTOP]) {
      await page.setViewportSize(size);
      await club.visit(`/games/${game}`);
      await page.getByRole('button', { name, exact: true }).last().click();
      const sheet = page.getByRole('dialog');
      await expect(sheet, `what ${member.nickname} asked for`).toBeVisible();
      expect(await collapsed(sheet), 'tables that hide rows').toEqual([]);

      // Marking text until beside the sheet is no press beside it.
      await page.mouse.move(size.width / 2, size.height / 2);
      await page.mouse.down();
      await page.mouse.move(4, 4);
      await page.mouse.up();
      await expect(sheet).toBeVisible();
      await page.mouse.click(4, 4);
      await expect(sheet).toBeHidden();
    }
  });
}

test('what is to be paid and Pay are in sight, on the page and in the sheet', async ({ page, member }) => {
  const shop = new ShopPage(page);
  for (const size of [NARROW, PHONE, DESKTOP, ZOOMED]) {
    await page.setViewportSize(size);
    await shop.visit('/shop/checkout?product_id=tokens_5500&currency=USD');
    await canPay(shop, `${member.nickname} on the page, ${size.width}`);
    await shop.browse('tokens');
    await shop.choose(shop.product('tokens_5500'));
    await canPay(shop, `in the sheet, ${size.width}`);
  }
});

test('what a hand brought is told once the hand is shown', async ({ page, luck, member }) => {
  luck.deals(spinEnds('win'));
  const slot = new SlotPage(page);
  await slot.visit();
  // How the reels stand when the first notice comes.
  const told = page.evaluate(() => new Promise<string | undefined>((tell) => {
    new MutationObserver(() => {
      if (!document.querySelector('[data-testid="toast"]')) return;
      tell(document.querySelector<HTMLElement>('[data-testid="reels"]')?.dataset.state);
    }).observe(document.body, { childList: true, subtree: true });
  }));
  await slot.press(slot.spinButton);
  expect(await told, `what ${member.nickname} won`).toBe('idle');
});

test('the ways of payment are drawn by the club, and the chosen one stands out', async ({ page, member }) => {
  const shop = new ShopPage(page);
  await shop.visit('/shop/checkout?product_id=tokens_5500&currency=USD');
  const ways = page.locator('input[name="payment_method"]');
  const drawn = (way: Locator): Promise<string[]> =>
    way.evaluate((it) => [getComputedStyle(it).appearance, getComputedStyle(it.closest('label')!).borderColor]);
  const [chosen, other] = [await drawn(ways.first()), await drawn(ways.nth(1))];
  expect([chosen[0], other[0]], `not the browser's own, for ${member.nickname}`).toEqual(['none', 'none']);
  expect(chosen[1]).not.toBe(other[1]);
});

test('a folded promo field opens to say why its code does not count', async ({ page, faults, member }) => {
  faults.allow(400, /buy/);
  const shop = new ShopPage(page);
  await shop.browse('items');
  await shop.choose(shop.product('consumable_fortune_cookie'));
  await expect(shop.promo, `nothing that ${member.nickname} came for`).toBeHidden();
  await shop.typePromo('nobody-said-this');
  await shop.promoFold.click();
  await shop.payButton.click();
  await expect(shop.fieldError('promo_code')).toBeVisible();
});

for (const size of [ZOOMED, ZOOMED_PHONE]) {
  test(`the bars leave a screen at a zoom of 200 % to the page, and fit on its ${size.width} pixels`, async ({ page, member }) => {
    await page.setViewportSize(size);
    const club = new ClubPage(page);
    for (const path of ['/', '/games/slot', '/shop', '/profile']) {
      await club.visit(path);
      expect(await cutOff(page), `of ${path}, for ${member.nickname}`).toEqual([]);
      await page.mouse.wheel(0, 300);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
      await expect.poll(() => barsTake(page), `of ${path}, for ${member.nickname}`).toBeLessThan(0.15);
    }
  });
}

for (const size of [NARROW, PHONE]) {
  test(`a notice leaves the reels and the curve in sight on ${size.width} pixels`, async ({ page, member, anotherBrowser }) => {
    await page.setViewportSize(size);
    // Where it rests is what counts, not how it comes there.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const slot = new SlotPage(page);
    await slot.visit();
    await slot.choose(1, 10);
    await slot.spin();
    // The first hand is an achievement, and that is said.
    await expect(slot.toasts.last(), `what ${member.nickname} reached`).toBeVisible();
    await expect.poll(() => covered(page, ['.reels', '.result', '.nav']), 'once it rests').toEqual([]);

    const context = await anotherBrowser({ viewport: size, reducedMotion: 'reduce' });
    const crash = new CrashPage(await context.newPage());
    await join(crash.page, someone());
    await crash.visit();
    await crash.choose(10, '1.01');
    await crash.bet();
    await expect(crash.toasts.last()).toBeVisible();
    await expect.poll(() => covered(crash.page, ['.launch', '.nav']), 'once it rests').toEqual([]);
  });
}

/** The tables of a sheet that are lower than their rows. */
function collapsed(sheet: Locator): Promise<string[]> {
  return sheet.locator('.table-room').evaluateAll((rooms) => {
    const heights = rooms.map((room) => [room.clientHeight, room.firstElementChild!.scrollHeight] as const);
    return heights.filter(([shown, all]) => shown < all).map(([shown, all]) => `${shown} of ${all} pixels`);
  });
}

/** Nothing is above the button, the edge of the screen included, before anything was scrolled. */
async function canPay(shop: ShopPage, where: string): Promise<void> {
  await expect(shop.total, where).toBeInViewport({ ratio: 1 });
  await expect(shop.payButton, where).toBeInViewport({ ratio: 1 });
  const isOnTop = await shop.payButton.evaluate((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => document.elementFromPoint((left + right) / 2, y) === button);
  });
  expect(isOnTop, `${where}: the button can be pressed`).toBe(true);
}

/** What of the bars reaches beyond the screen. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll<HTMLElement>('.header *, .nav *')];
    const isCut = (part: HTMLElement): boolean => {
      const { left, right } = part.getBoundingClientRect();
      return left < 0 || right > window.innerWidth;
    };
    return parts.filter(isCut).map((part) => part.className || part.tagName);
  });
}

/** The part of the screen that the bars cover. */
function barsTake(page: Page): Promise<number> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll('.header, .nav')].map((bar) => {
      const { top, bottom } = bar.getBoundingClientRect();
      return Math.max(0, Math.min(bottom, window.innerHeight) - Math.max(top, 0));
    });
    return shown.reduce((sum, height) => sum + height, 0) / window.innerHeight;
  });
}

/** Which of these parts a notice covers. */
function covered(page: Page, parts: string[]): Promise<string[]> {
  return page.evaluate((parts) => {
    const boxes = [...document.querySelectorAll('[data-testid="toast"]')].map((it) => it.getBoundingClientRect());
    return parts.filter((part) => {
      const room = document.querySelector(part)!.getBoundingClientRect();
      return boxes.some((box) => box.height > 0 && box.top < room.bottom && box.bottom > room.top);
    });
  }, parts);
}
