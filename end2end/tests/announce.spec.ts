// What is said to everyone. Everyone hears it, so it is said in a club of the worker's own.

import { test } from '../club';
import { expect } from '../fixtures';
import { NotificationsPage } from '../pages/notifications';
import { fill } from '../words';

test('what is said to everyone is heard at once and kept', { tag: '@smoke' }, async ({ page, member, club: house, say }) => {
  const announce = (title: string, body: string): void => {
    const { status, said } = house.run('announce', '--title', title, '--body', body);
    expect(status, said).toBe(0);
  };
  const club = new NotificationsPage(page);
  await club.visit('/games');
  await expect(club.bell).toHaveAccessibleName(say.live.bell);
  announce('Doors open', 'The new table is ready.');
  await expect(club.toasts.filter({ hasText: 'Doors open' })).toBeVisible();
  await expect(club.bell).toHaveAccessibleName(fill(say.live.bell_new, { count: 1 }));

  await test.step('whoever was away finds it in the list', async () => {
    await page.goto('about:blank');
    announce('Second', '');
    await club.visit();
    await expect(club.rows).toHaveCount(2);
    await expect(club.rows.first()).toContainText('Second');
    await expect(club.rows.last()).toContainText('The new table is ready.');
  });

  await test.step('what was shown is read', async () => {
    await expect(club.bell).toHaveAccessibleName(say.live.bell);
    await club.visit();
    await expect(club.rows).toHaveCount(2);
    await expect(club.bell).toHaveAccessibleName(say.live.bell);
    await expect(club.rows.first()).not.toContainText(say.live.new);
  });

  await test.step('the open list follows', async () => {
    announce('Third', '');
    await expect(club.rows).toHaveCount(3);
    await expect(club.rows.first()).toContainText('Third');
  });
});
