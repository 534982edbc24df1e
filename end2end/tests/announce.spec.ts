// What is said to everyone. Everyone hears it, so this spec runs alone.

import { spawnSync } from 'node:child_process';

import { binary, settings } from '../environment';
import { expect, test } from '../fixtures';
import { NotificationsPage } from '../pages/notifications';

const TIME_LIMIT_MS = 60_000;

test('what is said to everyone is heard at once and kept', async ({ page, member, say }) => {
  const club = new NotificationsPage(page);
  await club.visit('/games');
  await expect(club.bell).toHaveAccessibleName(say.live.bell);
  announce('Doors open', 'The new table is ready.');
  await expect(club.toasts.filter({ hasText: 'Doors open' })).toBeVisible();
  await expect(club.bell).toHaveAccessibleName(say.live.bell_new.replace('{count}', '1'));

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

function announce(title: string, body: string): void {
  const { status, stderr } = spawnSync(binary, ['announce', '--title', title, '--body', body], {
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    env: { ...process.env, ...settings },
  });
  expect(status, stderr).toBe(0);
}
