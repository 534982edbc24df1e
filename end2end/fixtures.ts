// What every test of the club has at hand.

import { type Browser, type BrowserContext, type Page, test as base } from '@playwright/test';

import { Api, type SignUp } from './api';
import * as door from './door';
import { databaseUrl } from './environment';
import { Faults } from './faults';
import { Luck } from './luck';
import { type Language, words, type Words } from './words';

export { expect } from '@playwright/test';

/** Somebody with what they sign in and up with. */
export type Member = SignUp;

/** Somebody who has joined. */
export interface Joined extends Member {
  id: number;
}

interface Fixtures {
  /** What went wrong on the pages; says what may. */
  faults: Faults;
  /** The language of this browser. */
  language: Language;
  /** The words of this browser's language. */
  say: Words;
  /** Somebody nobody knows yet. */
  stranger: Member;
  /** Somebody who has just joined and is signed in in this browser; no page is open yet. */
  member: Joined;
  /** The member's own REST client. */
  api: Api;
  /** The seeds that the member plays with, as the test wants them. */
  luck: Luck;
  /** The database of the club that is tested. */
  database: string;
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
    async ({ context, baseURL, javaScriptEnabled }, use) => {
      const faults = new Faults(baseURL!, javaScriptEnabled);
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
  member: async ({ context, stranger }, use) => {
    await use({ ...stranger, id: await door.join(context, stranger) });
  },
  api: async ({ request, member }, use) => {
    await use(await Api.signIn(request, member));
  },
  luck: async ({ database, member }, use) => {
    await use(new Luck(database, member.id));
  },
  database: async ({}, use) => {
    await use(databaseUrl);
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

/** Signs somebody up in the browser of this page. */
export async function join(page: Page, somebody: Member): Promise<void> {
  await door.join(page.context(), somebody);
}

/** Signs a member in in the browser of this page. */
export async function signIn(page: Page, member: Member): Promise<void> {
  await door.signIn(page.context(), member);
}
