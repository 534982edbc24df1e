import { appendFileSync } from 'node:fs';

import * as door from '../door';
import { expect, someone, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { placesOf } from '../places';
import { Meter, type Traffic } from '../traffic';
import { kilobytesMax, requestsMax } from './budget';

const kilobytes = (bytes: number) => Math.ceil(bytes / 1_000);

for (const who of ['visitor', 'member'] as const) {
  test(`every page of a ${who} is within its weight`, async ({ anotherBrowser, faults, language, locale }) => {
    const somebody = someone();
    let isNew = true;
    for (const { name, path, status } of placesOf(who)) {
      if (status !== 200) faults.allow(status, path);
      // A browser of its own: nothing is cached.
      const browser = await anotherBrowser({ locale: locale!, viewport: { width: 390, height: 844 } });
      if (who === 'member') await (isNew ? door.join(browser, somebody) : door.signIn(browser, somebody));
      isNew = false;
      const page = await browser.newPage();
      const meter = await Meter.on(page);
      await new ClubPage(page).visit(path);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForLoadState('networkidle');
      const traffic = await meter.end();
      report(language, name, traffic);
      expect.soft(traffic.requests, `${name}: requests`).toBeLessThanOrEqual(requestsMax);
      expect.soft(kilobytes(traffic.bytes), `${name}: kB`).toBeLessThanOrEqual(kilobytesMax[language]);
      await browser.close();
    }
  });
}

/** A row of the table that the check prints. */
function report(language: string, name: string, { requests, bytes, wasm }: Traffic): void {
  const row = `${language} ${name.padEnd(20)} ${String(requests).padStart(3)} requests ${String(kilobytes(bytes)).padStart(5)} kB, of it wasm ${kilobytes(wasm)}`;
  console.log(row);
  if (process.env.E2E_WEIGHT_REPORT) appendFileSync(process.env.E2E_WEIGHT_REPORT, `${row}\n`);
}
