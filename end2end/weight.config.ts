import base from './playwright.config';

/** What `cargo xtask test --only weight` holds: what a browser transfers when it opens a page, with nothing cached. */
export default {
  ...base,
  testDir: 'weight',
  timeout: 5 * 60_000,
  projects: [
    { name: 'ko', use: { viewport: { width: 390, height: 844 }, locale: 'ko-KR' } },
    { name: 'en', use: { viewport: { width: 390, height: 844 }, locale: 'en-US' } },
  ],
};
