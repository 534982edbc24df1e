import { defineConfig } from '@playwright/test';

import { binary, chromium, engine, origin, settings } from './environment';

/** Specs that every page hears of, that move the clock of the club or touch its books; they run when nobody else plays. */
const alone = ['**/announce.spec.ts', '**/renewal.spec.ts', '**/ledger.spec.ts'];
/** Specs of how pages look and read; they choose their languages themselves, or none makes a difference. */
const looks = ['**/accessibility.spec.ts', '**/language.spec.ts', '**/screens.spec.ts'];
/** Specs whose outcome does not depend on size or language: a history of 500 hands. */
const once = ['**/verify.spec.ts'];

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const screens = {
  'desktop-ko': { ...desktop, locale: 'ko-KR' },
  'desktop-en': { ...desktop, locale: 'en-US' },
  'phone-ko': { ...phone, locale: 'ko-KR' },
  'phone-en': { ...phone, locale: 'en-US' },
};
type Screen = keyof typeof screens;
/** These run every spec; the others play each game, and so every game is played on all four with both engines. */
const thorough: Screen[] = engine === 'sqlite' ? ['desktop-ko', 'phone-en'] : ['phone-ko'];
const players = Object.keys(screens) as Screen[];

function player(name: Screen) {
  const use = screens[name];
  if (!thorough.includes(name)) return { name, use, grep: /@play/ };
  // No engine changes how a page looks.
  const ignored = [...alone, ...(engine === 'sqlite' ? [] : looks), ...(name === thorough[0] ? [] : once)];
  return { name, use, testIgnore: ignored };
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
    ...players.map(player),
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
