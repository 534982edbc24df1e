// The keyboard, and less motion. What axe finds is in `screens.spec.ts`, where every page is open anyway.

import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { SlotPage } from '../pages/slot';

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

/** Lets no more time pass on the page. */
function stopClock(page: Page): Promise<void> {
  return page.clock.pauseAt(Date.now() + 60_000);
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
