// The desk as somebody uses it. Who may open which page, and what its forms do, is tested in `server/tests/http/desk/`. In a club
// of the worker's own: nobody else acts there.

import { Api } from '../api';
import { test } from '../club';
import { expect, someone } from '../fixtures';
import { overhang, seriousFaults } from '../look';
import { DeskPage } from '../pages/desk';
import { ProfilePage } from '../pages/profile';
import { placesOf } from '../places';
import { fill } from '../words';

const REASON = 'covers the night shift';

test('an owner gives somebody a role and finds it in the audit log', async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  await new ProfilePage(page).visit();
  await page.locator('main a[href="/admin"]').click();
  const desk = new DeskPage(page);
  await expect(desk.heading).toHaveText(say.desk.today);
  await expect(desk.who).toContainText(member.nickname);
  await expect(desk.who).toContainText(say.desk.role_owner);

  await desk.goes(say.desk.staff);
  await expect(desk.heading).toHaveText(say.desk.staff);
  await desk.finds(user.id);
  await expect(desk.stands).toContainText(say.desk.no_role);
  await desk.role('support').check();
  await desk.saves(REASON);
  await expect(desk.told).toHaveText(say.desk.act_done);
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

test('whoever signs in at the door of the desk comes to the page that they asked for', async ({ page, club, member, say }) => {
  await club.makesOwner(page.context(), member);
  await page.context().clearCookies();
  const desk = new DeskPage(page);
  await desk.visit('/admin/staff');
  await expect(desk.heading).toHaveText(say.desk.sign_in);
  await desk.enters(member);
  await expect(desk.heading).toHaveText(say.desk.staff);
  await expect(desk.who).toContainText(member.nickname);
});

test('what changed meanwhile is shown beside what was ticked, and nothing typed is lost', async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const api = await Api.signIn(request, member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit(`/admin/staff?user=${user.id}`);
  await desk.role('support').check();
  const change = { roles: ['finance'], version: 0, reason: 'somebody was faster' };
  expect((await api.put(`/api/admin/staff/${user.id}`, change)).status()).toBe(200);

  await desk.saves(REASON);
  await expect(desk.formError).toHaveText(say.error.edit_conflict);
  await expect(desk.stands).toContainText(say.desk.role_finance);
  await expect(desk.role('support')).toBeChecked();
  await expect(desk.role('finance')).not.toBeChecked();
  await expect(desk.field('reason')).toHaveValue(REASON);

  await desk.saves(REASON);
  await expect(desk.told).toHaveText(say.desk.act_done);
  await expect(desk.stands).toContainText(say.desk.role_support);
  await expect(desk.stands).not.toContainText(say.desk.role_finance);
});

test('an owner finds a member, gives tokens, takes some, bans for an hour and lifts it', async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit();
  await page.keyboard.press('/');
  await expect(desk.search).toBeFocused();
  await page.keyboard.press('/');
  await expect(desk.search, 'whoever types, types').toHaveValue('/');
  await desk.searches(user.site_id);
  await expect(page.getByTestId('exactly')).toContainText(user.nickname);
  await desk.press(desk.members.filter({ hasText: user.site_id }).getByRole('link'));
  await expect(desk.heading).toHaveText(user.nickname);
  await expect(desk.holds).toHaveAttribute('data-value', '1000');

  await test.step('giving shows both balances', async () => {
    await desk.unfolds('give');
    await desk.of('give', 'amount').fill('500');
    await desk.of('give', 'reason').fill('a lost parcel');
    await desk.does('give');
    await expect(desk.told).toHaveText('1,000 → 1,500');
    await expect(desk.holds).toHaveAttribute('data-value', '1500');
    await expect(desk.moments.first()).toContainText('a lost parcel');
    await expect(page.getByTestId('moment-change').first()).toContainText('+500');
  });

  await test.step('taking asks for the name of whom it is taken from', async () => {
    await desk.unfolds('take');
    await desk.of('take', 'amount').fill('1,000');
    await desk.of('take', 'reason').fill('sent twice by mistake');
    await desk.of('take', 'site_id').fill('somebody_else');
    await desk.does('take');
    await expect(desk.fieldError('take-site_id')).not.toBeEmpty();
    await desk.of('take', 'site_id').fill(user.site_id);
    await desk.does('take');
    await expect(desk.told).toHaveText('1,500 → 500');
    await expect(desk.holds).toHaveAttribute('data-value', '500');
    await expect(desk.moments.first()).toContainText('sent twice by mistake');
  });

  await test.step('a ban for an hour, and its end', async () => {
    await desk.unfolds('ban');
    await page.getByTestId('hours-1').check();
    await desk.of('ban', 'reason').fill('rude at the table');
    await desk.does('ban');
    await expect(desk.standing).toContainText(say.desk.banned_until);
    await expect(desk.told).toHaveText(say.desk.act_done);
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

test('an act that is refused says so and keeps what was typed', async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit(`/admin/members/${user.id}`);
  await desk.press(page.getByTestId('show-phone'));
  await expect(page.getByTestId('phone')).toHaveText(/^\d{13}$/);
  await expect(desk.moments.first()).toContainText('users/phone');

  await desk.unfolds('take');
  await desk.of('take', 'amount').fill('2000');
  await desk.of('take', 'reason').fill('sent twice by mistake');
  await desk.of('take', 'site_id').fill(user.site_id);
  await desk.does('take');
  await expect(desk.refusal('take')).toHaveText(say.error.insufficient_tokens);
  await expect(desk.of('take', 'amount')).toHaveValue('2000');
  await desk.of('take', 'amount').fill('1000');
  await desk.does('take');
  await expect(desk.holds).toHaveAttribute('data-value', '0');
});

test('a form that is on its way is not sent again', async ({ page, club, member, request }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit(`/admin/members/${user.id}`);
  await desk.unfolds('give');
  await desk.of('give', 'amount').fill('500');
  await desk.of('give', 'reason').fill('a lost parcel');
  // Both at once: between two presses of the test's own the page that is to come may be there.
  const held = await page.getByTestId('give-now').evaluate((button: HTMLElement) => {
    const held: boolean[] = [];
    addEventListener('submit', (event) => held.push(event.defaultPrevented));
    button.click();
    button.click();
    return held;
  });
  expect(held, 'the second alone is held back').toEqual([false, true]);
  await expect(desk.told).toHaveText('1,000 → 1,500');
});

test('no page of the desk loads a script or has a serious fault', { tag: '@phone' }, async ({ page, club, member }) => {
  await club.makesOwner(page.context(), member);
  const code: string[] = [];
  page.on('request', (sent) => {
    const isCode = sent.resourceType() === 'script' || /\.(js|wasm)$/.test(new URL(sent.url()).pathname);
    if (isCode) code.push(sent.url());
  });
  const desk = new DeskPage(page);
  for (const { name, path } of placesOf('owner')) {
    await desk.visit(path);
    await page.waitForLoadState('networkidle');
    expect.soft(await seriousFaults(page), name).toEqual([]);
  }
  expect(code).toEqual([]);
});

test('the list of members is dense on a desktop, cards on a phone, and cut off on neither', { tag: '@phone' }, async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  await desk.visit('/admin/members');
  await expect(desk.heading).toHaveText(say.desk.members);
  const row = desk.members.filter({ hasText: user.site_id });
  await expect(row).toContainText('1,000');
  await expect(row).toContainText(say.desk.active);
  expect((await row.boundingBox())!.height, 'two lines').toBeLessThan(90);
  expect(await overhang(page)).toBeLessThanOrEqual(0);

  await page.locator('#field-standing').selectOption('banned');
  await desk.press(page.getByTestId('filter'));
  await page.waitForURL((url) => url.searchParams.get('standing') === 'banned');
  await expect(row).toHaveCount(0);
  await desk.searches(user.site_id);
  await expect(page.getByTestId('range')).toHaveText(fill(say.desk.range, { from: 1, to: 1, total: 1 }));
});

test('the rail is a row of links on a phone, and nothing is cut off', { tag: '@touch' }, async ({ page, club, member, say }) => {
  await club.makesOwner(page.context(), member);
  const desk = new DeskPage(page);
  await desk.visit();
  for (const name of [say.desk.members, say.desk.staff, say.desk.audit, say.desk.today]) {
    await desk.goes(name);
    await expect(desk.heading).toHaveText(name);
    expect(await overhang(page), name).toBeLessThanOrEqual(0);
  }
});
