import base from './playwright.config';
import { settings } from './environment';

/** What `cargo xtask bench` measures in the browser; nothing here is asserted as a time. */
export default {
  ...base,
  testDir: 'bench',
  testMatch: '*.bench.ts',
  workers: 1,
  retries: 0,
  timeout: 5 * 60_000,
  projects: [{ name: 'desktop-ko', use: base.projects![0]!.use }],
  // So many hands are lost that the usual start does not cover them.
  webServer: { ...base.webServer!, env: { ...settings, INITIAL_CYBER_TOKENS: '1000000' } },
};
