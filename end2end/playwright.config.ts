import { defineConfig } from '@playwright/test';

import { binary, chromium, engine, origin, settings } from './environment';

/** Specs that every page hears of, that move the clock of the club or touch its books; they run when nobody else plays. */
const alone = ['**/announce.spec.ts', '**/renewal.spec.ts', '**/ledger.spec.ts'];
/** Specs of how pages look and read; they choose their languages themselves, or none makes a difference. */
const looks = ['**/accessibility.spec.ts', '**/language.spec.ts', '**/screens.spec.ts'];
/** Specs whose outcome does not depend on size or language: servers of their own, a history of 500 hands. */
const once = ['**/restart.spec.ts', '**/verify.spec.ts'];

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** Every size and language on one engine; on the other, each size and each language once. */
const players = engine === 'sqlite' ? ['desktop-ko', 'desktop-en', 'phone-ko'] : ['desktop-en', 'phone-ko'];
/** Who plays what is played once. */
const first = players[0];

function player(name: string, use: object, showsLooks: boolean) {
  // No engine changes how a page looks.
  const ignored = showsLooks && engine === 'sqlite' ? [] : looks;
  return { name, use, testIgnore: [...alone, ...ignored, ...(name === first ? [] : once)] };
}

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A machine under other load is slow; a test that needs a second try is reported as flaky.
  retries: process.env.CI ? 2 : 0,
  timeout: 60_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: origin,
    browserName: 'chromium',
    timezoneId: 'Asia/Seoul',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
  projects: [
    ...[
      player('desktop-ko', { ...desktop, locale: 'ko-KR' }, true),
      player('desktop-en', { ...desktop, locale: 'en-US' }, false),
      player('phone-ko', { ...phone, locale: 'ko-KR' }, true),
    ].filter(({ name }) => players.includes(name)),
    { name: 'clock', use: { ...desktop, locale: 'ko-KR' }, testMatch: ['announce.spec.ts', 'renewal.spec.ts'], dependencies: players, workers: 1 },
    { name: 'books', use: { ...desktop, locale: 'ko-KR' }, testMatch: 'ledger.spec.ts', dependencies: ['clock'], workers: 1 },
  ],
  webServer: {
    command: `exec "${binary}" serve > server.log 2>&1`,
    env: settings,
    url: `${origin}/health`,
    timeout: 30_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
