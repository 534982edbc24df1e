import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { words } from '../words';

// Which language a browser is spoken to in, and that every page keeps to it, is the business of `server/tests/http/words.rs`.

test('the language is switched at once, and stays', { tag: '@phone' }, async ({ page, context, language }) => {
  const other = language === 'ko' ? 'en' : 'ko';
  const club = new ClubPage(page);
  await club.visit('/login');
  await club.speaks(language);
  await expect(club.language(language)).toHaveAttribute('aria-pressed', 'true');
  await club.press(club.language(other));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(other).auth.sign_in);
  await expect(page).toHaveTitle(words(other).title.sign_in);
  await club.speaks(other);

  await test.step('after a reload', async () => {
    await page.reload();
    await club.alive();
    await club.speaks(other);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(other).auth.sign_in);
  });

  await test.step('in other tabs', async () => {
    const tab = new ClubPage(await context.newPage());
    await tab.visit('/games/slot');
    await tab.speaks(other);
    await expect(tab.page).toHaveTitle(words(other).title.slot);
  });

  await test.step('and back again', async () => {
    await club.press(club.language(language));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(language).auth.sign_in);
    await club.speaks(language);
  });
});
