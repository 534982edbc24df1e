// Joining by hand; every other test makes its members by REST.

import { Api } from '../api';
import { call } from '../calls';
import { expect, someone, test } from '../fixtures';
import { SignUpPage } from '../pages/sign-up';

const SIGN_UP = call('sign_up');

test('somebody joins by hand: a bad invite code is said beside its field, and a good one then works', { tag: ['@phone', '@smoke'] }, async ({ page, faults, stranger, say }) => {
  faults.allow(400, SIGN_UP);
  const door = new SignUpPage(page);
  await door.visit();
  await door.fill({ ...stranger, invite_code: 'nobody-said-this' });
  await door.send();
  await expect(door.fieldError('invite_code')).toHaveText(say.error.invite_unknown);
  await door.field('invite_code').fill(stranger.invite_code);
  await door.send();
  await door.showsBalance(1_000);
  await expect(page).not.toHaveURL(/\/signup/);
});

test('an empty form names every field, and what is taken is said beside its own', async ({ page, request, faults, say }) => {
  faults.allow(422, SIGN_UP);
  faults.allow(409, SIGN_UP);
  const member = someone();
  await Api.join(request, member);
  const door = new SignUpPage(page);
  await door.visit();
  await door.send();
  const labels = {
    invite_code: say.auth.invite,
    site_id: say.auth.site_id,
    nickname: say.auth.nickname,
    phone_number: say.auth.phone,
    password: say.auth.password,
  };
  for (const [name, label] of Object.entries(labels)) {
    await expect(door.fieldError(name), name).not.toBeEmpty();
    const complaints = [say.field.required, say.field.too_short].map((text) => `${label}: ${text}`);
    expect(complaints).toContain(await door.fieldError(name).innerText());
  }

  const cases = [
    ['site_id', member.site_id.toUpperCase(), say.error.site_id_taken],
    ['nickname', member.nickname, say.error.nickname_taken],
    ['phone_number', member.phone_number, say.error.phone_taken],
  ] as const;
  for (const [name, taken, message] of cases) {
    await test.step(name, async () => {
      const form = { ...someone(), [name]: taken };
      await door.fill(form);
      await door.send();
      await expect(door.fieldError(name)).toHaveText(message);
      await expect(door.field(name)).toHaveAttribute('aria-invalid', 'true');
      await expect(door.formError).toBeEmpty();
      await expect(door.field('site_id'), 'what was typed stays').toHaveValue(form.site_id);
      await expect(door.balance).toHaveCount(0);
    });
  }
});
