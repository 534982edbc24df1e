import type { CDPSession, Page } from '@playwright/test';

import { expect, join, test } from '../fixtures';
import { Meter } from '../traffic';

/** Slow 4G as browsers' own tools have it, on a phone whose processor is four times slower than this one. */
const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const processorRate = 4;
const blockingMs = 50;
const opened = 5;

interface Figures {
  /** When everything on the page was alive, in milliseconds after the navigation. */
  alive: number;
  /** When its largest content was painted. */
  paint: number;
  /** For how long tasks kept a tap waiting: what each took beyond 50 ms, from the first paint on. */
  blocked: number;
}

for (const path of ['/', '/games/slot', '/shop']) {
  test(`${path} on a slow phone`, async ({ anotherBrowser, stranger, page }) => {
    await join(page, stranger);
    const cookies = await page.context().cookies();
    const rows: number[][] = [];
    for (let visit = 0; visit < opened; visit += 1) {
      const phone = await anotherBrowser({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'ko-KR' });
      await phone.addCookies(cookies);
      const cold = await phone.newPage();
      await slowDown(await phone.newCDPSession(cold));
      const meter = await Meter.on(cold);
      const { alive, paint, blocked } = await open(cold, path);
      const { requests, bytes } = await meter.end();
      rows.push([alive, paint, blocked, requests, bytes / 1_000]);
      await phone.close();
    }
    const [alive, paint, blocking, requests, kilobytes] = rows[0]!.map((_, at) => median(rows.map((row) => row[at]!)));
    console.log(
      `slow phone, ${path}, median of ${opened}: usable ${alive} ms, largest contentful paint ${paint} ms, blocked ${blocking} ms, ${requests} requests, ${kilobytes} kB`,
    );
  });
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: processorRate });
}

/** Opens a page, and lets Chromium's own observers measure it by the page's own clock. */
async function open(page: Page, path: string): Promise<Figures> {
  await page.addInitScript((least) => {
    const figures = { alive: 0, paint: 0, first: Infinity, tasks: [] as { at: number; over: number }[] };
    Object.assign(globalThis, { figures });
    const look = new MutationObserver(() => {
      if (document.body?.dataset.hydrated) figures.alive ||= performance.now();
    });
    look.observe(document, { attributes: true, attributeFilter: ['data-hydrated'], subtree: true });
    const observe = (type: string, hear: (entry: PerformanceEntry) => void): void =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true });
    observe('largest-contentful-paint', (entry) => (figures.paint = entry.startTime));
    observe('paint', (entry) => (figures.first = Math.min(figures.first, entry.startTime)));
    observe('longtask', (entry) => figures.tasks.push({ at: entry.startTime, over: entry.duration - least }));
  }, blockingMs);
  await page.goto(path);
  await expect(page.locator('body')).toHaveAttribute('data-hydrated', 'true', { timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => {
    const { alive, paint, first, tasks } = (globalThis as unknown as { figures: { alive: number; paint: number; first: number; tasks: { at: number; over: number }[] } }).figures;
    const blocked = tasks.filter(({ at }) => at > first).reduce((sum, { over }) => sum + over, 0);
    return { alive, paint, blocked };
  });
}

function median(values: number[]): number {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!);
}
