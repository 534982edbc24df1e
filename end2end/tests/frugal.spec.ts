import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { climbsTo } from '../luck';
import { CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';

test('a curve that climbs asks for no style and no wish of the member from frame to frame', async ({ page, luck }) => {
  luck.deals(climbsTo(20));
  await count(page, 'getComputedStyle', 'matchMedia');
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.bet();
  await crash.climbsTo(1.05);
  const before = await counted(page);
  await crash.climbsTo(1.1);
  expect(await counted(page)).toEqual(before);
  await crash.cashOut();
});

test('a member who asks for less motion while a curve climbs gets it at once', async ({ page, luck }) => {
  luck.deals(climbsTo(20));
  await count(page, 'requestAnimationFrame');
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.bet();
  await crash.climbsTo(1.05);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await crash.climbsTo(1.06);
  const before = await counted(page);
  await crash.climbsTo(1.1);
  expect(await counted(page), 'frames that were asked for').toEqual(before);
  await crash.cashOut();
});

test('checking every hand asks the browser once for what it was promised', async ({ page, api }) => {
  for (let hand = 0; hand < 5; hand += 1) {
    await api.post('/api/games/slot/spin', { bet_amount: 10, lines: 1 });
  }
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await page.evaluate(() => {
    const asked = { promises: 0 };
    const { getItem } = Storage.prototype;
    Object.assign(window, { asked });
    Storage.prototype.getItem = function (name) {
      if (name === 'casino-promises') asked.promises += 1;
      return getItem.call(this, name);
    };
  });
  expect(await fairness.verifyAll()).toEqual({ checked: 5, ok: 5, failed: 0 });
  expect(await counted(page)).toEqual({ promises: 1 });
});

/** Counts how often the page calls functions of its window. */
async function count(page: Page, ...names: ('getComputedStyle' | 'matchMedia' | 'requestAnimationFrame')[]): Promise<void> {
  await page.addInitScript((counted) => {
    const asked: Record<string, number> = {};
    Object.assign(window, { asked });
    for (const name of counted) {
      const original = window[name].bind(window) as (...args: unknown[]) => unknown;
      asked[name] = 0;
      Object.assign(window, {
        [name]: (...args: unknown[]) => {
          asked[name]! += 1;
          return original(...args);
        },
      });
    }
  }, names);
}

/** What was counted so far. */
async function counted(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => ({ ...(window as unknown as { asked: Record<string, number> }).asked }));
}
