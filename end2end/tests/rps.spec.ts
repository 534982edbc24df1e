import { call, keyOf } from '../calls';
import { expect, test } from '../fixtures';
import { houseShows } from '../luck';
import { FairnessPage } from '../pages/fairness';
import { ProfilePage } from '../pages/profile';
import { RpsPage, type Throw, type Verdict } from '../pages/rps';
import { SlotPage } from '../pages/slot';
import { fill } from '../words';

const STAKE = 10;
/** What a stake of ten pays: 1.95 times, rounded down. */
const PAYS: Record<Verdict, number> = { win: 19, draw: 10, lose: 0 };

test('a member sees a win, a draw and a loss, and the ledger and the browser prove them', { tag: '@smoke' }, async ({ page, api, luck, say }) => {
  luck.deals(houseShows('paper'), houseShows('rock'), houseShows('scissors'));
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.showsBalance(1_000);
  await rps.choose(STAKE);

  let balance = 1_000;
  const said: Record<Verdict, string> = { win: say.rps.won, draw: say.rps.returned, lose: say.rps.lost };
  const thrown: Throw[] = [];
  for (const [shape, house, result] of [['scissors', 'paper', 'win'], ['rock', 'rock', 'draw'], ['paper', 'scissors', 'lose']] as const) {
    const it = await rps.throw(shape);
    balance += PAYS[result] - STAKE;
    expect(it).toMatchObject({ player_choice: shape, computer_choice: house, result, win_amount: PAYS[result], balance });
    await expect(rps.result, result).toContainText(fill(said[result], { amount: PAYS[result] }));
    await rps.showsBalance(balance);
    expect(await api.balance()).toMatchObject({ cyber_token_balance: balance, seq: it.seq });
    thrown.push(it);
  }
  const ids = thrown.map((it) => it.hand_id).reverse();
  expect(new Set(ids).size, 'each press plays one hand').toBe(ids.length);

  await test.step('the strip and the list show the newest first', async () => {
    const signs: Record<Verdict, string> = { win: say.rps.mark_win, draw: say.rps.mark_draw, lose: say.rps.mark_lose };
    const latest = thrown.map((it) => signs[it.result]).reverse();
    await expect(rps.strip.locator('li > span[aria-hidden]').filter({ hasText: /./ })).toHaveText(latest);
    const listed = await rps.hands.evaluateAll((rows) => rows.map((row) => row.dataset.handId));
    expect(listed).toEqual(ids);
  });

  await test.step('after a rotation the browser finds throws and spins in order', async () => {
    const slot = new SlotPage(page);
    await slot.visit();
    await expect(slot.hands, 'the list of a game is of that game').toHaveCount(0);
    await slot.choose(1, STAKE);
    const spin = await slot.spin();
    const hands = await api.hands();
    expect(hands.map((hand) => hand.hand_id)).toEqual([spin.hand_id, ...ids]);
    expect(hands.map((hand) => hand.game)).toEqual(['slot', ...ids.map(() => 'rps')]);
    const profile = new ProfilePage(page);
    await profile.visit();
    expect(await profile.allHands()).toEqual([spin.hand_id, ...ids]);

    const fairness = new FairnessPage(page);
    await fairness.visit();
    await fairness.rotate();
    expect(await fairness.verifyAll()).toEqual({ checked: hands.length, ok: hands.length, failed: 0 });
    for (const id of [ids[0]!, spin.hand_id]) {
      await fairness.verifyOne(id);
      await expect(fairness.verdict).toHaveAttribute('data-verdict', 'ok');
      await expect(page.locator('main')).toContainText(id === ids[0] ? say.rps.house : say.fairness.spin);
    }
  });
});

test('the hand of the house is nowhere before the answer and the countdown are there', async ({ page, member }) => {
  await page.clock.install();
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.choose(STAKE);
  let letGo = (): void => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route((url) => call('throw').test(url.pathname), async (route) => {
    await held;
    await route.continue();
  });
  const isHidden = async (why: string): Promise<void> => {
    await expect(rps.state, why).toHaveAttribute('data-phase', 'counting');
    await expect(rps.house, why).not.toHaveAttribute('data-shape', /./);
    await expect(rps.house.locator('use'), why).toHaveAttribute('href', /#hand-hidden$/);
  };

  // Time stands still from here on, but for what the test lets pass.
  await page.clock.pauseAt(Date.now() + 60_000);
  const answer = rps.nextThrow();
  await rps.choice('rock').click();
  await rps.showsBalance(1_000);
  await isHidden(`before the countdown of ${member.nickname}`);
  await page.clock.runFor(5_000);
  await isHidden('before the answer');
  await rps.showsBalance(1_000 - STAKE);
  await rps.state.click();
  await page.clock.runFor(100);
  await isHidden('a tap does not bring it either');
  letGo();
  const thrown = await answer;
  await page.clock.runFor(100);
  await page.clock.resume();
  await rps.shows(thrown);
  await rps.showsBalance(thrown.balance);
});

test('an answer that comes early waits for the countdown, unless a key asks for it', async ({ page, api }) => {
  await page.clock.install();
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.choose(STAKE);
  await page.clock.pauseAt(Date.now() + 60_000);
  const answer = rps.nextThrow();
  await page.keyboard.press('2');
  const thrown = await answer;
  expect(thrown.player_choice).toBe('rock');
  await expect(rps.state).toHaveAttribute('data-phase', 'counting');
  await expect(rps.house).not.toHaveAttribute('data-shape', /./);
  await page.keyboard.press('Space');
  await page.clock.runFor(100);
  await rps.shows(thrown);
  await page.clock.resume();
  await rps.showsBalance(thrown.balance);
  expect((await api.hands()).map((hand) => hand.hand_id), 'a key that hurries plays nothing').toEqual([thrown.hand_id]);
});

test('the keys 1, 2 and 3 throw, in a field they are digits, and the arrows go along the hands', async ({ page, api }) => {
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.stake.fill('');
  await rps.stake.press('1');
  await rps.stake.press('2');
  await rps.stake.blur();
  await expect(rps.stake).toHaveValue('12');
  const ids: string[] = [];
  for (const [key, shape] of [['1', 'scissors'], ['2', 'rock'], ['3', 'paper']] as const) {
    const answer = rps.nextThrow();
    await page.keyboard.press(key);
    const thrown = await answer;
    expect(thrown.player_choice).toBe(shape);
    await rps.shows(thrown);
    ids.unshift(thrown.hand_id);
  }

  await rps.choice('scissors').focus();
  await page.keyboard.press('ArrowRight');
  await expect(rps.choice('rock')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(rps.choice('paper')).toBeFocused();
  const answer = rps.nextThrow();
  await page.keyboard.press('Enter');
  const thrown = await answer;
  expect(thrown.player_choice).toBe('paper');
  await rps.shows(thrown);
  const hands = await api.hands();
  expect(hands.map((hand) => hand.hand_id)).toEqual([thrown.hand_id, ...ids]);
  expect(hands.every((hand) => hand.stake === 12)).toBe(true);
});

test('whoever asks for less motion sees both hands at once', async ({ page, api }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.clock.install();
  const rps = new RpsPage(page);
  await rps.visit();
  await page.clock.pauseAt(Date.now() + 60_000);
  const answer = rps.nextThrow();
  await rps.choice('scissors').click();
  const thrown = await answer;
  // No timer runs, so whatever waited for one would never be shown.
  await rps.shows(thrown);
  await rps.showsBalance(thrown.balance);
  expect((await api.balance()).cyber_token_balance).toBe(thrown.balance);
});

test('a throw whose answer is lost is sent again with the same key', async ({ page, faults, api, say }) => {
  const rps = new RpsPage(page);
  await rps.visit();
  await rps.choose(STAKE);
  const keys: (string | undefined)[] = [];
  await page.route((url) => call('throw').test(url.pathname), async (route) => {
    keys.push(keyOf(route.request()));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  faults.allowLostRequest(call('throw'));
  const thrown = await rps.throw('paper');
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
  await expect(rps.toasts.filter({ hasText: say.rps.offline })).toBeVisible();
  expect((await api.hands()).map((hand) => hand.hand_id)).toEqual([thrown.hand_id]);
  await rps.showsBalance((await api.balance()).cyber_token_balance);
});
