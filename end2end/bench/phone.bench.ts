import type { CDPSession, Page } from '@playwright/test';

import { expect, join, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { Meter } from '../traffic';

/** Slow 4G as browsers' own tools have it, on a phone whose processor is four times slower than this one. */
const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const processorRate = 4;
const blockingMs = 50;
const opened = 5;

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args: { data?: { isMainFrame?: boolean; isOutermostMainFrame?: boolean }; name?: string };
}

for (const path of ['/', '/games/slot', '/shop']) {
  test(`${path} on a slow phone`, async ({ anotherBrowser, stranger, page, browser }) => {
    await join(page, stranger);
    const cookies = await page.context().cookies();
    const rows: number[][] = [];
    for (let visit = 0; visit < opened; visit += 1) {
      const phone = await anotherBrowser({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'ko-KR' });
      await phone.addCookies(cookies);
      const cold = await phone.newPage();
      await slowDown(await phone.newCDPSession(cold));
      const meter = await Meter.on(cold);
      await browser.startTracing(cold, { categories: ['loading', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata'] });
      const alive = await open(cold, path);
      const events = (JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }).traceEvents;
      const { requests, bytes } = await meter.end();
      rows.push([alive, largestPaint(events), blocked(events), requests, bytes / 1_000]);
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

/** Opens a page; gives how long it took until everything on it was alive, by the page's own clock. */
async function open(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (document.body?.dataset.hydrated) performance.mark('alive');
    });
    look.observe(document, { attributes: true, attributeFilter: ['data-hydrated'], subtree: true });
  });
  const club = new ClubPage(page);
  await page.goto(path);
  await expect(club.page.locator('body')).toHaveAttribute('data-hydrated', 'true', { timeout: 60_000 });
  return page.evaluate(() => performance.getEntriesByName('alive')[0]!.startTime);
}

/** When the largest content was painted, in milliseconds after the navigation. */
function largestPaint(events: TraceEvent[]): number {
  const candidates = events.filter((it) => it.name === 'largestContentfulPaint::Candidate' && it.args.data?.isMainFrame !== false);
  return (candidates.at(-1)!.ts - start(events, candidates.at(-1)!.pid)) / 1_000;
}

/** For how long tasks of the page's main thread kept a tap waiting: what each took beyond 50 ms. */
function blocked(events: TraceEvent[]): number {
  const painted = events.find((it) => it.name === 'firstContentfulPaint')!;
  const tasks = events.filter((it) => it.name === 'RunTask' && it.pid === painted.pid && it.tid === painted.tid && it.ts > painted.ts);
  return tasks.reduce((sum, { dur = 0 }) => sum + Math.max(0, dur / 1_000 - blockingMs), 0);
}

function start(events: TraceEvent[], pid: number): number {
  const starts = events.filter((it) => it.name === 'navigationStart' && it.pid === pid);
  return starts.at(-1)!.ts;
}

function median(values: number[]): number {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!);
}
