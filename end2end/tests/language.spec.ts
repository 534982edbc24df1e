import { expect, join, someone, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { placesOf } from '../places';
import { type Language, phrases, words } from '../words';

const HANGUL = /\p{Script=Hangul}+/u;
const LANGUAGES: Language[] = ['ko', 'en'];

for (const [asked, spoken] of [
  ['ko-KR', 'ko'],
  ['en-US', 'en'],
  ['en-GB', 'en'],
  ['de-DE', 'ko'],
] as const) {
  test(`a browser that asks for ${asked} is spoken to in ${spoken}`, async ({ anotherBrowser }) => {
    const page = await (await anotherBrowser({ locale: asked })).newPage();
    const club = new ClubPage(page);
    await club.visit('/');
    await club.speaks(spoken);
    await expect(page).toHaveTitle(words(spoken).title.home);
    await expect(club.language(spoken)).toHaveAttribute('aria-pressed', 'true');
  });
}

test('the language is switched at once, and stays', async ({ page, context, language }) => {
  const other = language === 'ko' ? 'en' : 'ko';
  const club = new ClubPage(page);
  await club.visit('/login');
  await club.language(other).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(other).auth.sign_in);
  await expect(page).toHaveTitle(words(other).title.sign_in);
  await club.speaks(other);

  await test.step('after a reload', async () => {
    await page.reload();
    await club.alive();
    await club.speaks(other);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(other).auth.sign_in);
  });

  await test.step('on other pages and in other tabs', async () => {
    const tab = new ClubPage(await context.newPage());
    await tab.visit('/games/slot');
    await tab.speaks(other);
    await expect(tab.page).toHaveTitle(words(other).title.slot);
    await tab.visit('/games/rps');
    await expect(tab.page).toHaveTitle(words(other).title.rps);
    await tab.visit('/games/crash');
    await expect(tab.page).toHaveTitle(words(other).title.crash);
  });

  await test.step('and back again', async () => {
    await club.language(language).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(language).auth.sign_in);
    await club.speaks(language);
  });
});

for (const language of LANGUAGES) {
  test(`every page speaks ${language} and nothing else`, async ({ anotherBrowser, faults }) => {
    faults.allow(404, '/no/such/room');
    const context = await anotherBrowser({ locale: language === 'ko' ? 'ko-KR' : 'en-US' });
    const page = await context.newPage();
    const club = new ClubPage(page);
    for (const who of ['visitor', 'member'] as const) {
      if (who === 'member') await join(page, someone());
      for (const place of placesOf(who)) {
        await club.visit(place.path);
        const text = await page.locator('body').innerText();
        expect.soft(text.length, place.path).toBeGreaterThan(50);
        expect.soft(faultsOf(`${await page.title()}\n${text}`, language), `${place.path} as a ${who}`).toEqual([]);
      }
    }
  });
}

/** What a page of this language may not say: keys, gaps, and the other language. */
function faultsOf(text: string, language: Language): string[] {
  const said = (wanted: string): boolean => text.includes(wanted);
  const keys = [...phrases('ko').keys()].filter(said);
  const gaps = text.match(/\{\w+\}/g) ?? [];
  if (language === 'en') return [...keys, ...gaps, ...(HANGUL.exec(text) ?? [])];
  const own = new Set(phrases('ko').values());
  const english = [...phrases('en').values()].filter((phrase) => /\w \w/.test(phrase) && !own.has(phrase) && !phrase.includes('{'));
  return [...keys, ...gaps, ...english.filter(said)];
}
