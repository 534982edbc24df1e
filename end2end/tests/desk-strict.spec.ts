// The desk of a club that is strict with its staff, as in production: a sign-in of their own, a second factor, confirmations.
// What the forms do, and what they refuse, is tested in `server/tests/http/desk/confirmation.rs`.

import type { Page } from '@playwright/test';

import { Api } from '../api';
import { codeOf } from '../authenticator';
import { test } from '../club';
import { expect, someone } from '../fixtures';
import { overhang, seriousFaults } from '../look';
import { DeskPage } from '../pages/desk';

test.use({ clubSettings: { STAFF_STRICT: '1' } });

test('an owner sets up a second factor and moves tokens with password and code', { tag: '@phone' }, async ({ page, club, member, request, say }) => {
  await club.makesOwner(page.context(), member);
  const { user } = await Api.join(request, someone());
  const desk = new DeskPage(page);
  let secret = '';
  let recovery = '';

  await test.step('the sign-in of members is none of staff', async () => {
    await desk.visit();
    await expect(desk.heading).toHaveText(say.desk.sign_in);
    await expect(page.getByTestId('door-why')).toHaveText(say.desk.sign_in_needed);
    await looksRight(page);
    await desk.enters(member);
  });

  await test.step('nothing is open before there is a second factor', async () => {
    await expect(desk.heading).toHaveText(say.desk.factor);
    await expect(page.getByTestId('factor-why')).toHaveText(say.desk.factor_needed);
    await looksRight(page);
    await desk.of('begin', 'password').fill(member.password);
    await desk.does('begin');
    const key = page.getByTestId('factor-key');
    await expect(key).toBeVisible();
    await expect(page.getByRole('img', { name: say.desk.factor_qr })).toBeVisible();
    secret = (await key.innerText()).replaceAll(' ', '');
    await looksRight(page);
    await desk.of('confirm', 'code').fill(codeOf(secret));
    await desk.does('confirm');
    await expect(page.getByTestId('recovery-code')).toHaveCount(10);
    recovery = await page.getByTestId('recovery-code').first().innerText();
    await looksRight(page);
    await desk.press(page.getByTestId('codes-kept'));
    await expect(desk.heading).toHaveText(say.desk.today);
  });

  await test.step('ten minutes later giving asks who it is, and the keyboard does it all', async () => {
    await club.passes(10);
    await desk.visit(`/admin/members/${user.id}`);
    await page.getByTestId('give').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('confirm-give')).toBeVisible();
    await looksRight(page);
    for (const typed of ['500', 'a lost parcel', member.password, codeOf(secret, 10)]) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed);
    }
    await page.keyboard.press('Enter');
    await expect(desk.told).toHaveText('1,000 → 1,500');
    await expect(page.getByTestId('confirm-take'), 'it was just shown').toHaveCount(0);
  });

  await test.step('a wrong code is said at its field, and what else was typed stands', async () => {
    await club.passes(10);
    await desk.visit(`/admin/members/${user.id}`);
    await desk.unfolds('take');
    await desk.of('take', 'amount').fill('500');
    await desk.of('take', 'reason').fill('sent twice by mistake');
    await desk.of('take', 'site_id').fill(user.site_id);
    await desk.of('take', 'password').fill(member.password);
    await desk.of('take', 'code').fill('12345');
    await desk.does('take');
    await expect(desk.fieldError('take-code')).toHaveText(say.error.wrong_code);
    await expect(desk.of('take', 'amount')).toHaveValue('500');
    await expect(desk.of('take', 'reason')).toHaveValue('sent twice by mistake');
    for (const secretly of ['password', 'code']) await expect(desk.of('take', secretly)).toHaveValue('');
    await desk.of('take', 'password').fill(member.password);
    await desk.of('take', 'code').fill(recovery);
    await desk.does('take');
    await expect(desk.told).toHaveText('1,500 → 1,000');
  });

  await test.step('who looks leads to their second factor, which stays', async () => {
    await desk.visit('/admin/factor');
    await expect(page.getByTestId('codes-left')).toHaveText('9');
    await expect(page.getByTestId('factor-off')).toHaveCount(0);
    await looksRight(page);
  });
});

/** Nothing is cut off, and axe finds nothing serious. */
async function looksRight(page: Page): Promise<void> {
  expect.soft(await seriousFaults(page)).toEqual([]);
  expect.soft(await overhang(page)).toBeLessThanOrEqual(0);
}
