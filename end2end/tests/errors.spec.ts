import { call } from '../calls';
import { expect, someone, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { ProfilePage } from '../pages/profile';
import { SignInPage } from '../pages/sign-in';
import { SignUpPage } from '../pages/sign-up';
import { SlotPage } from '../pages/slot';

const SIGN_UP = call('sign_up');

test('a page that is not there says so, and leads home', async ({ page, faults, say }) => {
  faults.allow(404, '/no/such/room');
  const club = new ClubPage(page);
  const response = await club.visit('/no/such/room');
  expect(response?.status()).toBe(404);
  await expect(page).toHaveTitle(say.title.missing);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.missing.title);
  await page.getByRole('link', { name: say.missing.home }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page).toHaveTitle(say.title.home);
});

test('a name, a nickname or a phone number that is taken is said beside its field', async ({ page, context, faults, member, say }) => {
  await context.clearCookies();
  faults.allow(409, SIGN_UP);
  const door = new SignUpPage(page);
  const cases = [
    ['site_id', member.site_id.toUpperCase(), say.error.site_id_taken],
    ['nickname', member.nickname, say.error.nickname_taken],
    ['phone_number', member.phone_number, say.error.phone_taken],
  ] as const;
  for (const [name, taken, message] of cases) {
    await test.step(name, async () => {
      await door.visit();
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

test('a bad invite code is said beside its field, and a good one then works', async ({ page, faults, stranger, say }) => {
  faults.allow(400, SIGN_UP);
  const door = new SignUpPage(page);
  await door.visit();
  await door.fill({ ...stranger, invite_code: 'nobody-said-this' });
  await door.send();
  await expect(door.fieldError('invite_code')).toHaveText(say.error.invite_unknown);
  await door.field('invite_code').fill(stranger.invite_code);
  await door.send();
  await door.showsBalance(1_000);
});

test('an empty form names every field', async ({ page, faults, say }) => {
  faults.allow(422, SIGN_UP);
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
});

test('a wrong password is said without saying which of the two was wrong', async ({ page, context, faults, member, say }) => {
  await context.clearCookies();
  faults.allow(401, call('log_in'));
  const door = new SignInPage(page);
  await door.visit();
  await door.fill({ ...member, password: 'not-the-password' });
  await door.send();
  await expect(door.formError).toHaveText(say.error.bad_credentials);
  await door.field('password').fill(member.password);
  await door.send();
  await expect(door.balance).toBeVisible();
});

test('a stake that the balance does not cover is not played', async ({ page, api, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(5, 2_000);
  await page.keyboard.press('Space');
  await expect(slot.toasts.filter({ hasText: say.slot.low })).toBeVisible();
  await expect(slot.reels).toHaveAttribute('data-state', 'idle');
  await slot.showsBalance(1_000);
  expect(await api.hands()).toEqual([]);
  expect((await api.balance()).cyber_token_balance).toBe(1_000);

  // The club itself says the same to whoever asks past the page.
  const answer = await api.post('/api/games/slot/spin', { bet_amount: 2_000, lines: 5 });
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'insufficient_tokens' });
});

test('a stake is brought to the nearest that the lines divide', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.lines(3).click();
  for (const [typed, kept] of [['100', '99'], ['1', '12'], ['a lot', '12'], ['99999', '9999'], ['', '12']] as const) {
    await slot.stake.fill(typed);
    await slot.stake.blur();
    await expect(slot.stake, typed).toHaveValue(kept);
  }
  await slot.stake.fill('30');
  await slot.stake.blur();
  const { hand_id } = await slot.spin();
  expect((await api.hands())[0]).toMatchObject({ hand_id, stake: 30 });
});

test('a club that cannot be reached costs nothing, and the same spin is sent again', async ({ page, faults, api, say }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(1, 10);
  // The first request reaches the club and its answer is lost; the page cannot know that.
  const keys: (string | null)[] = [];
  await page.route((url) => call('spin').test(url.pathname), async (route) => {
    keys.push(new URLSearchParams(route.request().postData() ?? '').get('key'));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  faults.allowLostRequest(call('spin'));
  const spin = await slot.spin();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
  await expect(slot.toasts.filter({ hasText: say.slot.offline })).toBeVisible();
  const hands = await api.hands();
  expect(hands.map((hand) => hand.hand_id)).toEqual([spin.hand_id]);
  await slot.showsBalance((await api.balance()).cyber_token_balance);
});

test('an address that makes no sense is answered with a page', async ({ page, faults, member }) => {
  faults.allow(422, '/profile');
  faults.allow(404, call('load_round'));
  const club = new ClubPage(page);
  for (const path of ['/profile?ledger=nonsense', '/profile?hands=%00', '/fairness?hand=nonsense', '/login?next=//elsewhere.example']) {
    await test.step(path, async () => {
      const response = await club.visit(path);
      expect(response?.status(), path).toBeLessThan(500);
      await expect(page.locator('h1').first()).toBeVisible();
    });
  }
  expect(new URL(page.url()).hostname, 'nobody is sent away').toBe('127.0.0.1');
  await expect(new ProfilePage(page).balance).toBeVisible();
});
