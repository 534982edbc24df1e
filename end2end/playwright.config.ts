import { defineConfig } from '@playwright/test';

import { binary, chromium, engine, origin, settings } from './environment';

const desktop = { viewport: { width: 1280, height: 800 }, locale: 'ko-KR' };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'en-US' };

/** What runs when all others have: the books of the club that they played in. */
const books = { name: 'books', use: desktop, testMatch: 'books.spec.ts' };
const rest = { testIgnore: 'books.spec.ts', teardown: 'books' };

/**
 * Every behaviour once, on a desktop in Korean. What depends on size, touch or language is tagged `@phone` and
 * runs on an English phone as well; `@touch` runs there alone. No engine changes a page, so that PostgreSQL is
 * tried with what is tagged `@smoke`: services and REST are tested on both engines without a browser.
 */
const projects = {
  sqlite: [
    { name: 'desktop-ko', use: desktop, grepInvert: /@touch/, ...rest },
    { name: 'phone-en', use: phone, grep: /@phone|@touch/, ...rest },
    books,
  ],
  postgres: [{ name: 'desktop-ko', use: desktop, grep: /@smoke/, ...rest }, books],
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // What fails once has failed. `cargo xtask test` runs it again for its trace, and stays red.
  retries: 0,
  // Long, so that a machine under other load is slow and not red.
  timeout: 120_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: origin,
    browserName: 'chromium',
    timezoneId: 'Asia/Seoul',
    // A worker of its own for each of hundreds of browsers costs time and shows nothing; what is about it lets it in.
    serviceWorkers: 'block',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        // A page whose answer a test has changed comes from nowhere, and would be kept from this machine.
        '--disable-features=LocalNetworkAccessChecks',
      ],
    },
  },
  projects: projects[engine],
  webServer: {
    command: `exec "${binary}" serve > server.log 2>&1`,
    env: settings,
    url: `${origin}/health`,
    timeout: 30_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
