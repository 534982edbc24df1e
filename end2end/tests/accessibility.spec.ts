import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { call } from '../calls';
import { expect, join, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';
import { GachaPage } from '../pages/gacha';
import { RpsPage } from '../pages/rps';
import { InventoryPage, ReceiptsPage, ShopPage } from '../pages/shop';
import { SlotPage } from '../pages/slot';
import { placesOf } from '../places';

for (const who of ['visitor', 'member'] as const) {
  test(`axe finds no serious fault on any page of a ${who}`, async ({ page, faults, stranger }) => {
    if (who === 'member') await join(page, stranger);
    for (const place of placesOf(who)) {
      if (place.status !== 200) faults.allow(place.status, place.path);
      await new ClubPage(page).visit(place.path);
      expect.soft(await seriousFaults(page), place.name).toEqual([]);
    }
  });
}

test('axe finds no serious fault in what opens on a page', async ({ page, faults, member, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  const { hand_id } = await slot.spin();
  expect(await seriousFaults(page), 'the slot after a spin').toEqual([]);
  await page.getByTestId('autospin').click();
  await page.getByRole('button', { name: say.slot.rules }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await seriousFaults(page), 'the rules').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyAll();
  await fairness.verifyOne(hand_id);
  await expect(fairness.verdict).toBeVisible();
  expect(await seriousFaults(page), 'the proofs').toEqual([]);

  await new ClubPage(page).visit('/profile');
  for (const fold of await page.locator('details > summary').all()) await fold.click();
  expect(await seriousFaults(page), `the forms of ${member.nickname}`).toEqual([]);

  faults.allow(422, call('change_nickname'));
  await page.locator('input[name="nickname"]').fill('');
  await page.locator('input[name="nickname"]').press('Enter');
  await expect(page.getByTestId('field-error-nickname')).not.toBeEmpty();
  expect(await seriousFaults(page), 'a refused form').toEqual([]);
});

test('axe finds no serious fault in a throw and its proof', async ({ page, member, say }) => {
  const rps = new RpsPage(page);
  await rps.visit();
  const { hand_id } = await rps.throw('paper');
  expect(await seriousFaults(page), `a throw of ${member.nickname}`).toEqual([]);
  await page.getByRole('button', { name: say.rps.rules }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await seriousFaults(page), 'the rules').toEqual([]);

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyOne(hand_id);
  await expect(fairness.verdict).toBeVisible();
  expect(await seriousFaults(page), 'the proof').toEqual([]);
});

test('axe finds no serious fault in a round of crash, its rules and its proof', async ({ page, member, say }) => {
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.auto.fill('nothing');
  await crash.auto.blur();
  await expect(crash.autoFault).not.toBeEmpty();
  expect(await seriousFaults(page), `a refused auto cash-out of ${member.nickname}`).toEqual([]);
  await crash.choose(10);
  await crash.betWhere((point) => point > 3);
  expect(await seriousFaults(page), 'in mid-flight').toEqual([]);
  const { game_id } = await crash.cashOut();
  expect(await seriousFaults(page), 'after the cash-out').toEqual([]);
  await page.getByRole('button', { name: say.crash.rules }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await seriousFaults(page), 'the rules').toEqual([]);

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyOne(game_id);
  await expect(fairness.verdict).toBeVisible();
  expect(await seriousFaults(page), 'the proof').toEqual([]);
});

test('axe finds no serious fault in ten capsules, their odds and their proof', async ({ page, member }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gacha = new GachaPage(page);
  await gacha.visit();
  const { hand_id } = await gacha.pull(10);
  expect(await seriousFaults(page), `the capsules of ${member.nickname}`).toEqual([]);
  await gacha.odds.click();
  await expect(gacha.sheet).toBeVisible();
  expect(await seriousFaults(page), 'the odds').toEqual([]);

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyOne(hand_id);
  await expect(fairness.verdict).toBeVisible();
  expect(await seriousFaults(page), 'the proof').toEqual([]);
});

test('axe finds no serious fault in a purchase, its receipt and what was bought', async ({ page, faults, member }) => {
  faults.allow(400, call('price_of'));
  const shop = new ShopPage(page);
  await shop.browse('items');
  await shop.choose(shop.product('consumable_fortune_cookie'));
  await shop.apply('nobody-said-this');
  await expect(shop.fieldError('promo_code')).not.toBeEmpty();
  expect(await seriousFaults(page), `the checkout of ${member.nickname}`).toEqual([]);
  await shop.promo.fill('');
  await shop.payButton.click();
  await shop.stands('captured');
  expect(await seriousFaults(page), 'what came of it').toEqual([]);

  await shop.toReceipt.click();
  const receipts = new ReceiptsPage(page);
  await receipts.verify.click();
  await expect(receipts.verdict).toBeVisible();
  expect(await seriousFaults(page), 'the receipt').toEqual([]);
  await receipts.visit();
  expect(await seriousFaults(page), 'the receipts').toEqual([]);

  const bag = new InventoryPage(page);
  await bag.visit();
  await bag.item('consumable_fortune_cookie').getByTestId('use').click();
  expect(await seriousFaults(page), 'the inventory').toEqual([]);
});

test('space spins, and shows the result at once', async ({ page, api }) => {
  await page.clock.install();
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(1, 10);
  await stopClock(page);
  const answer = slot.nextSpin();
  await page.keyboard.press('Space');
  const spin = await answer;
  await expect(slot.reels, 'time stands still, so the reels never come to rest').toHaveAttribute('data-state', 'revealing');
  await page.keyboard.press('Space');
  await page.clock.runFor(60);
  await slot.shows(spin);
  await page.clock.resume();
  await slot.showsBalance(spin.balance);
  expect((await api.hands()).map((hand) => hand.hand_id)).toEqual([spin.hand_id]);
});

test('space in a field or on a button means what it always means', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.lines(2).focus();
  await page.keyboard.press('Space');
  await expect(slot.lines(2)).toHaveAttribute('aria-pressed', 'true');
  await slot.stake.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await expect(slot.stake).toHaveValue('100');

  // On the button it is one press, not two.
  const answer = slot.nextSpin();
  await slot.spinButton.focus();
  await page.keyboard.press('Space');
  await slot.shows(await answer);
  expect(await api.hands()).toHaveLength(1);
});

test('the focus can be seen wherever it goes, and it goes everywhere', async ({ page, member, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  const wanted = ['lang-ko', 'lang-en', 'lines-1', 'stake', 'spin', 'autospin', 'mute'];
  const met: string[] = [];
  await page.locator('body').focus();
  for (let steps = 0; steps < 60 && wanted.some((id) => !met.includes(id)); steps += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    expect(stop.isVisible, `${stop.what} is on the screen`).toBe(true);
    expect(stop.isMarked, `${stop.what} shows that it has the focus`).toBe(true);
    met.push(stop.testid);
  }
  for (const id of wanted) expect(met, 'by Tab alone').toContain(id);

  await test.step('the way past the menu is the first stop', async () => {
    await slot.visit();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: say.nav.skip })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
    await slot.showsBalance(1_000);
  });
});

test('whoever asks for less motion sees the result at once', async ({ page, api }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.clock.install();
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(5, 50);
  await stopClock(page);
  const answer = slot.nextSpin();
  await slot.spinButton.click();
  const spin = await answer;
  // No timer runs, so whatever waited for one would never be shown.
  await slot.shows(spin);
  await slot.showsBalance(spin.balance);
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((it) => Number(it.effect?.getComputedTiming().duration ?? 0) > 50).length,
  );
  expect(moving, 'animations that run').toBe(0);
  expect((await api.balance()).cyber_token_balance).toBe(spin.balance);
});

test('what can be touched is large enough to touch', async ({ page, member }) => {
  for (const path of ['/', '/games', '/games/slot', '/games/rps', '/games/gacha', '/games/crash', '/shop', '/shop?category=packages', '/shop/checkout?product_id=tokens_1000', '/receipts', '/inventory', '/profile', '/fairness']) {
    await new ClubPage(page).visit(path);
    const small = await page.evaluate(() => {
      const isInText = (it: Element): boolean => it.closest('p, li, td, dd, figcaption, .sr-only') !== null && it.tagName === 'A';
      return [...document.querySelectorAll('button, a[href], input:not([type="hidden"]), summary')]
        .filter((it) => it.checkVisibility({ visibilityProperty: true }) && !isInText(it) && !it.matches('.skip-link'))
        .map((it) => ({ what: it.outerHTML.slice(0, 120), box: it.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ what, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${what}`);
    });
    expect(small, path).toEqual([]);
  }
});

/** Lets no more time pass on the page. */
function stopClock(page: Page): Promise<void> {
  return page.clock.pauseAt(Date.now() + 60_000);
}

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((it) => it.impact === 'serious' || it.impact === 'critical');
  return serious.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

interface Stop {
  what: string;
  testid: string;
  isVisible: boolean;
  isMarked: boolean;
}

/** Where the focus is, and how it shows. */
function focused(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const it = document.activeElement as HTMLElement;
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    return {
      what: it.outerHTML.slice(0, 120),
      testid: it.dataset.testid ?? '',
      isVisible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      isMarked: hasOutline || style.boxShadow !== 'none',
    };
  });
}
