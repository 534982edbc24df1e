// The desk as somebody uses it. Who may open which page, and what its forms do without scripts, is tested in
// `server/tests/http/desk.rs`. In a club of the worker's own: nobody else acts there.

import { Api } from '../api';
import { call } from '../calls';
import { test } from '../club';
import { expect, someone } from '../fixtures';
import { DeskPage } from '../pages/desk';
import { ProfilePage } from '../pages/profile';

const REASON = 'covers the night shift';

test('an owner gives somebody a role and finds it in the audit log', async ({ page, club, member, request, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const { user } = await Api.join(request, someone());
  await new ProfilePage(page).visit();
  await page.locator('main a[href="/admin"]').click();
  const desk = new DeskPage(page);
  await expect(desk.heading).toHaveText(say.desk.today);
  await expect(page.getByTestId('desk-who')).toContainText(member.nickname);

  await desk.goes(say.desk.staff);
  await expect(desk.heading).toHaveText(say.desk.staff);
  await desk.finds(user.id);
  await expect(desk.stands).toContainText(say.desk.no_role);
  await desk.role('support').check();
  await desk.saves(REASON);
  await expect(desk.toasts.filter({ hasText: say.ui.saved })).toBeVisible();
  await expect(desk.stands).toContainText(say.desk.role_support);
  await expect(desk.staff.filter({ hasText: user.site_id })).toContainText(say.desk.role_support);

  await desk.goes(say.desk.audit);
  await expect(desk.heading).toHaveText(say.desk.audit);
  const newest = desk.acts.first();
  await expect(newest).toContainText(REASON);
  await expect(newest.getByTestId('difference')).toBeHidden();
  await newest.locator('summary').click();
  await expect(newest.getByTestId('difference')).toContainText('["support"]');

  await desk.filters('action', 'users/ban');
  await expect(desk.acts).toHaveCount(0);
  await expect(page.getByText(say.desk.audit_none)).toBeVisible();
  await desk.filters('action', 'staff/roles');
  await expect(desk.acts.first()).toContainText(REASON);
});

test('what changed meanwhile is shown beside what was ticked, and nothing typed is lost', async ({ page, club, member, api, faults, request, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit(`/admin/staff?user=${user.id}`);
  await desk.role('support').check();
  const change = { roles: ['finance'], version: 0, reason: 'somebody was faster' };
  expect((await api.put(`/api/admin/staff/${user.id}`, change)).status()).toBe(200);

  faults.allow(409, call('change_roles'));
  await desk.saves(REASON);
  await expect(desk.formError).toHaveText(say.error.edit_conflict);
  await expect(desk.stands).toContainText(say.desk.role_finance);
  await expect(desk.role('support')).toBeChecked();
  await expect(desk.role('finance')).not.toBeChecked();
  await expect(desk.field('reason')).toHaveValue(REASON);

  await desk.saves(REASON);
  await expect(desk.toasts.filter({ hasText: say.ui.saved })).toBeVisible();
  await expect(desk.stands).toContainText(say.desk.role_support);
  await expect(desk.stands).not.toContainText(say.desk.role_finance);
});

test('the rail is a row of links on a phone, and nothing is cut off', { tag: '@touch' }, async ({ page, club, member, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const desk = new DeskPage(page);
  await desk.visit();
  for (const name of [say.desk.staff, say.desk.audit, say.desk.today]) {
    await desk.goes(name);
    await expect(desk.heading).toHaveText(name);
    const { content, screen } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
    }));
    expect(content, name).toBeLessThanOrEqual(screen);
  }
});
