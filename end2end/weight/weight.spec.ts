import { appendFileSync } from 'node:fs';

import type { BrowserContext } from '@playwright/test';

import { read } from '../api';
import * as door from '../door';
import { expect, someone, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { DeskPage } from '../pages/desk';
import { placesOf } from '../places';
import { promote } from '../staff';
import { Meter, type Traffic } from '../traffic';
import { kilobytesMax, requestsMax } from './budget';

/** The pages of members that show what they call themselves; those of staff all do. */
const showNames = ['home', 'profile', 'leaderboard'];

const kilobytes = (bytes: number) => Math.ceil(bytes / 1_000);

for (const who of ['visitor', 'member', 'owner'] as const) {
  test(`every page of a ${who} is within its weight`, async ({ anotherBrowser, faults, language, locale }) => {
    const somebody = someone();
    // As members write their names, with syllables that the club's own words do not have.
    if (language === 'ko') somebody.nickname = somebody.nickname.replace('ann', '뿌까');
    let isNew = true;
    const places = placesOf(who);
    for (const { name, path, status } of places) {
      if (status !== 200) faults.allow(status, path);
      // A browser of its own: nothing is cached.
      const browser = await anotherBrowser({ locale: locale!, viewport: { width: 390, height: 844 } });
      if (who !== 'visitor') await (isNew ? door.join(browser, somebody) : door.signIn(browser, somebody));
      if (who === 'owner' && isNew) {
        // It ends what they are signed in.
        promote(somebody.site_id);
        await door.signIn(browser, somebody);
      }
      isNew = false;
      const page = await browser.newPage();
      const meter = await Meter.on(page);
      await (who === 'owner' ? new DeskPage(page) : new ClubPage(page)).visit(path);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForLoadState('networkidle');
      const traffic = await meter.end();
      report(language, name, traffic);
      expect.soft(traffic.requests, `${name}: requests`).toBeLessThanOrEqual(requestsMax);
      expect.soft(kilobytes(traffic.bytes), `${name}: kB`).toBeLessThanOrEqual(kilobytesMax[language]);
      if (who === 'owner') expect.soft(traffic.wasm, `${name}: wasm`).toBe(0);
      else if (!showNames.includes(name)) expect.soft(traffic.written, `${name}: glyphs of names`).toBe(0);
      // Only who bought something has one.
      if (name === 'receipts') places.push({ name: 'receipt', path: `/receipts/${await bought(browser)}`, who, status });
      await browser.close();
    }
  });
}

/** The receipt of something that the member buys. */
async function bought(browser: BrowserContext): Promise<string> {
  const data = { product_id: 'felt_midnight' };
  const answer = await browser.request.post('/api/shop/buy', { data, headers: { 'sec-fetch-site': 'same-origin' } });
  return ((await read(answer)) as { receipt_code: string }).receipt_code;
}

/** A row of the table that the check prints. */
function report(language: string, name: string, { requests, bytes, wasm, written }: Traffic): void {
  const names = written > 0 ? `, and ${kilobytes(written)} of glyphs of names` : '';
  const row = `${language} ${name.padEnd(20)} ${String(requests).padStart(3)} requests ${String(kilobytes(bytes)).padStart(5)} kB, of it wasm ${kilobytes(wasm)}${names}`;
  console.log(row);
  if (process.env.E2E_WEIGHT_REPORT) appendFileSync(process.env.E2E_WEIGHT_REPORT, `${row}\n`);
}
