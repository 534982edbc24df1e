// The desk as somebody uses it. Who may open which page, and what its forms do without scripts, is tested in
// `server/tests/http/desk.rs`. In a club of the worker's own: nobody else acts there.

import { Api } from '../api';
import { call } from '../calls';
import { test } from '../club';
import { expect, someone } from '../fixtures';
import { DeskPage } from '../pages/desk';
import { ProfilePage } from '../pages/profile';
import { fill } from '../words';

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

test('an owner finds a member, gives tokens, takes some, bans for an hour and lifts it', async ({ page, club, member, request, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit();
  await page.keyboard.press('/');
  await expect(desk.search).toBeFocused();
  await desk.searches(user.site_id);
  await expect(page.getByTestId('exactly')).toContainText(user.nickname);
  await desk.press(desk.members.filter({ hasText: user.site_id }).getByRole('link'));
  await expect(desk.heading).toHaveText(user.nickname);
  await expect(desk.holds).toHaveAttribute('data-value', '1000');
  const done = desk.toasts.filter({ hasText: say.desk.act_done });

  await test.step('giving shows both balances before it is sent', async () => {
    await desk.unfolds('give');
    await desk.of('give', 'amount').fill('500');
    await expect(page.getByTestId('preview-give')).toHaveText('1,000 → 1,500');
    await desk.of('give', 'reason').fill('a lost parcel');
    await desk.does('give');
    await expect(done).toBeVisible();
    await expect(desk.holds).toHaveAttribute('data-value', '1500');
    await expect(desk.moments.first()).toContainText('a lost parcel');
    await expect(page.getByTestId('moment-change').first()).toContainText('+500');
  });

  await test.step('taking waits for the name of whom it is taken from', async () => {
    await desk.unfolds('take');
    await desk.of('take', 'amount').fill('1501');
    await expect(page.getByTestId('preview-take')).toBeEmpty();
    await desk.of('take', 'amount').fill('1,000');
    await expect(page.getByTestId('preview-take')).toHaveText('1,500 → 500');
    await desk.of('take', 'reason').fill('sent twice by mistake');
    await desk.of('take', 'site_id').fill('somebody_else');
    await expect(page.getByTestId('take-now')).toBeDisabled();
    await desk.of('take', 'site_id').fill(user.site_id);
    await desk.does('take');
    await expect(desk.holds).toHaveAttribute('data-value', '500');
    await expect(desk.moments.first()).toContainText('sent twice by mistake');
  });

  await test.step('a ban for an hour, and its end', async () => {
    await desk.unfolds('ban');
    await expect(desk.of('ban', 'site_id')).toBeHidden();
    await page.getByTestId('hours-good').check();
    await expect(desk.of('ban', 'site_id')).toBeVisible();
    await page.getByTestId('hours-1').check();
    await desk.of('ban', 'reason').fill('rude at the table');
    await desk.does('ban');
    await expect(desk.standing).toContainText(say.desk.banned_until);
    await expect(desk.moments.first()).toContainText('rude at the table');
    await desk.unfolds('unban');
    await desk.of('unban', 'reason').fill('said sorry');
    await desk.does('unban');
    await expect(desk.standing).toHaveText(say.desk.active);
    await expect(desk.moments.first()).toContainText('said sorry');
  });

  await test.step('of one kind alone', async () => {
    await desk.press(page.getByRole('link', { name: say.desk.moment_transfer, exact: true }));
    await page.waitForURL((url) => url.searchParams.get('kind') === 'transfer');
    await expect(desk.moments).toHaveCount(3);
    await expect(desk.moments.first()).toContainText(say.kind.deduction);
  });
});

test('an act that is refused says so at its field and keeps what was typed', async ({ page, club, member, faults, request, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit(`/admin/members/${user.id}`);
  await desk.press(page.getByTestId('show-phone'));
  await expect(page.getByTestId('phone')).toHaveText(/^\d{13}$/);
  await expect(desk.moments.first()).toContainText('users/phone');

  faults.allow(400, call('take_tokens'));
  await desk.unfolds('take');
  await desk.of('take', 'amount').fill('2000');
  await desk.of('take', 'reason').fill('sent twice by mistake');
  await desk.of('take', 'site_id').fill(user.site_id);
  await desk.does('take');
  await expect(desk.fieldError('take-amount')).toHaveText(say.error.insufficient_tokens);
  await expect(desk.of('take', 'amount')).toHaveValue('2000');
  await expect(page.getByTestId('phone'), 'what was shown stays').toHaveText(/^\d{13}$/);
  await desk.of('take', 'amount').fill('1000');
  await desk.does('take');
  await expect(desk.holds).toHaveAttribute('data-value', '0');
});

test('the list of members is dense on a desktop, cards on a phone, and cut off on neither', { tag: '@phone' }, async ({ page, club, member, request, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit('/admin/members');
  await expect(desk.heading).toHaveText(say.desk.members);
  const row = desk.members.filter({ hasText: user.site_id });
  await expect(row).toContainText('1,000');
  await expect(row).toContainText(say.desk.active);
  expect((await row.boundingBox())!.height, 'two lines').toBeLessThan(90);
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(screen);

  await page.locator('#field-standing').selectOption('banned');
  await desk.press(page.getByTestId('filter'));
  await page.waitForURL((url) => url.searchParams.get('standing') === 'banned');
  await desk.alive();
  await expect(row).toHaveCount(0);
  await desk.searches(user.site_id);
  await expect(page.getByTestId('range')).toHaveText(fill(say.desk.range, { from: 1, to: 1, total: 1 }));
});

test('the rail is a row of links on a phone, and nothing is cut off', { tag: '@touch' }, async ({ page, club, member, say }) => {
  expect(club.run('promote-admin', '--site-id', member.site_id).status).toBe(0);
  const desk = new DeskPage(page);
  await desk.visit();
  for (const name of [say.desk.members, say.desk.staff, say.desk.audit, say.desk.today]) {
    await desk.goes(name);
    await expect(desk.heading).toHaveText(name);
    const { content, screen } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
    }));
    expect(content, name).toBeLessThanOrEqual(screen);
  }
});
