// What a visitor finds at the tables, and the way to them.

import { expect, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { words } from '../words';

const say = words('ko');
const games = [
  { game: 'slot', rules: say.slot.rules, says: ['300×', '10,000'] },
  { game: 'rps', rules: say.rps.rules, says: ['295/300', '98.33%'] },
  { game: 'gacha', rules: say.gacha.odds, says: ['65.000%', '100.00%'] },
  { game: 'crash', rules: say.crash.rules, says: ['97.00%', '48.50%', '9.70%', '250', '30', '1,000'] },
] as const;

test('a visitor may look, finds the rules of every game, and comes back after signing in', async ({ page }) => {
  const club = new ClubPage(page);
  for (const { game, rules, says } of games) {
    await test.step(game, async () => {
      await club.visit(`/games/${game}`);
      await expect(page.locator('main')).toContainText(say[game].sign_in_first);
      await expect(page.getByTestId(/^(spin|throw-rock|pull-1|crash-button)$/)).toHaveCount(0);
      const sheet = await club.opens(rules);
      for (const wanted of says) await expect(sheet).toContainText(wanted);
      await club.closes();
      await expect(page.locator('main a[href^="/login"]')).toHaveAttribute('href', new RegExp(`next=/games/${game}$`));
    });
  }
});

test('the lobby and the front page lead to every game', async ({ page }) => {
  const club = new ClubPage(page);
  for (const path of ['/', '/games']) {
    await club.visit(path);
    for (const { game } of games) {
      await page.locator(`main a[href="/games/${game}"]`).first().click();
      await expect(page).toHaveTitle(say.title[game]);
      await expect(page.locator('nav a[href="/games"]'), 'the menu says where one is').toHaveAttribute('aria-current', 'page');
      await page.goBack();
    }
  }
});
