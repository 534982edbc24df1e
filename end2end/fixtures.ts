// What every test of the club has at hand.

import { type APIRequestContext, type Browser, type BrowserContext, type Page, test as base } from '@playwright/test';

import { Api, type SignUp } from './api';
import { Faults } from './faults';
import { SignUpPage } from './pages/sign-up';
import { type Language, words, type Words } from './words';

export { expect } from '@playwright/test';

/** Somebody with what they sign in and up with. */
export type Member = SignUp;

interface Fixtures {
  /** What went wrong on the pages; says what may. */
  faults: Faults;
  /** The language of this browser. */
  language: Language;
  /** The words of this browser's language. */
  say: Words;
  /** Somebody nobody knows yet. */
  stranger: Member;
  /** Somebody who has just signed up, in this page. */
  member: Member;
  /** The member's own REST client. */
  api: Api;
  /** Opens another browser, watched like the first. */
  anotherBrowser: (options?: Parameters<Browser['newContext']>[0]) => Promise<BrowserContext>;
}

let count = 0;

/** A name that nobody else has, also in another worker or an earlier run. */
export function someone(): Member {
  count += 1;
  const digits = crypto.getRandomValues(new Uint32Array(1))[0]!.toString().padStart(10, '0');
  const name = `ann_${Number(digits).toString(36)}_${count}`;
  return {
    site_id: name,
    nickname: name,
    phone_number: `010${digits}`,
    password: 'quiet-neon-evening',
    invite_code: '5858',
  };
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context, javaScriptEnabled }, use) => {
      const faults = new Faults(javaScriptEnabled);
      faults.watch(context);
      await use(faults);
      faults.assertNone();
    },
    { auto: true },
  ],
  language: async ({ locale }, use) => {
    await use(locale?.startsWith('en') ? 'en' : 'ko');
  },
  say: async ({ language }, use) => {
    await use(words(language));
  },
  stranger: async ({}, use) => {
    await use(someone());
  },
  member: async ({ page, stranger }, use) => {
    await join(page, stranger);
    await use(stranger);
  },
  api: async ({ request, member }, use) => {
    await use(await Api.signIn(request, member));
  },
  anotherBrowser: async ({ browser, faults }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      faults.watch(context);
      opened.push(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
});

/** Signs somebody up through the page. */
export async function join(page: Page, somebody: Member): Promise<void> {
  const door = new SignUpPage(page);
  await door.visit();
  await door.join(somebody);
}

/** Moves the club's clock forward; the test environment alone lets it. */
export async function advanceClock(request: APIRequestContext, minutes: number): Promise<void> {
  const answer = await request.post('/api/test/clock', { data: { advance_secs: minutes * 60 } });
  if (answer.status() !== 204) throw new Error(`the clock did not move: ${answer.status()} ${await answer.text()}`);
}
