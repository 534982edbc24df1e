import { call, keyOf } from '../calls';
import { expect, test } from '../fixtures';
import { climbsTo, crashesBetween } from '../luck';
import { type Cashout, CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';
import { fill } from '../words';

const STAKE = 10;

test('a member cashes out of one round and loses another, and the ledger and the browser prove both', { tag: '@smoke' }, async ({ page, api, luck, say }) => {
  const [far, near] = luck.deals(climbsTo(3), crashesBetween(1.03, 1.1));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.showsBalance(1_000);
  await crash.choose(100);

  const won = await test.step('a cash-out brings the stake back with the profit', async () => {
    const bet = await crash.bet();
    await crash.showsBalance(bet.balance);
    await expect(crash.button).toContainText(say.crash.cash_out);
    await expect(crash.stake, 'no other bet while it runs').toBeDisabled();
    await crash.climbsTo(1.1);
    const before = await crash.shown();
    const taken = await crash.cashOut();
    expect(taken.game_id).toBe(bet.game_id);
    expect(taken.cashed_out_at, 'what was shown is not more than what is paid').toBeGreaterThanOrEqual(before);
    expect(taken).toMatchObject(paid(100, taken.cashed_out_at));
    expect(taken.balance).toBe(bet.balance + taken.payout);
    await crash.showsBalance(taken.balance);
    expect(await crash.shown(), 'the marker stays where it was left').toBe(taken.cashed_out_at);
    await expect(crash.result).toContainText(fill(say.crash.cashed, { times: taken.cashed_out_at.toFixed(2) }));
    await expect(crash.result).toContainText(fill(say.crash.won, { amount: taken.win_amount }));
    await expect(crash.points.first()).toContainText(`${far.toFixed(2)}×`);
    return taken;
  });

  const lost = await test.step('a curve that breaks off first takes it', async () => {
    await crash.choose(STAKE);
    const bet = await crash.bet();
    await crash.showsEnd(bet.game_id, 'crashed');
    expect(await crash.shown()).toBe(near);
    await expect(crash.result).toHaveText(fill(say.crash.crashed, { times: near.toFixed(2) }));
    await crash.showsBalance(bet.balance);
    expect((await api.balance()).cyber_token_balance).toBe(bet.balance);
    return bet;
  });

  await test.step('both are in the record, and the browser works them out again', async () => {
    const hands = await api.hands();
    expect(hands.map((hand) => [hand.hand_id, hand.payout])).toEqual([[lost.game_id, 0], [won.game_id, won.payout]]);
    const fairness = new FairnessPage(page);
    await fairness.visit();
    await fairness.rotate();
    expect(await fairness.verifyAll()).toEqual({ checked: 2, ok: 2, failed: 0 });
    await fairness.verifyOne(won.game_id);
    await expect(fairness.verdict).toHaveAttribute('data-verdict', 'ok');
    await expect(page.locator('main')).toContainText(say.crash.left_at);
    await expect(page.locator('main')).toContainText(`${won.cashed_out_at.toFixed(2)}×`);
  });
});

test('an auto cash-out pays its target to the hundredth', async ({ page, api, luck }) => {
  luck.deals(climbsTo(1.1));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(100, '1.1');
  const bet = await crash.bet();
  await crash.showsEnd(bet.game_id, 'cashed');
  expect(await crash.shown()).toBe(1.1);
  await crash.showsBalance(bet.balance + 110);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + 110);
  await expect(crash.auto, 'it stays for the next round').toHaveValue('1.10');
});

test('a reload in mid-flight goes on with the same round, and cashes it out', async ({ page, api, luck }) => {
  luck.deals(climbsTo(10));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, '500');
  const bet = await crash.bet();
  const elapsedMs = Date.now() - Date.parse(bet.started_at);
  const told = await (await page.reload())!.text();
  expect(told, 'the round comes with the page').toContain(bet.game_id);
  expect(told.split(bet.game_id).slice(1).some((after) => /^[^{}]*"point\\?":/.test(after)), 'without its point').toBe(false);
  await crash.alive();
  await expect(crash.state).toHaveAttribute('data-game-id', bet.game_id);
  await expect(crash.state).toHaveAttribute('data-phase', 'flying');
  await expect(crash.stake).toHaveValue(String(STAKE));
  await expect(crash.auto).toHaveValue('500.00');
  await expect(crash.delay).not.toBeEmpty();
  expect(await crash.shown(), 'not from the start again').toBeGreaterThanOrEqual(curve(elapsedMs));
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + taken.payout);
});

test('a round that ended while nobody looked is shown when one comes back', async ({ page, api, luck }) => {
  luck.deals(climbsTo(1.3));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, '1.3');
  const bet = await crash.bet();
  await page.locator('nav a[href="/profile"]').click();
  await expect.poll(async () => (await api.hands())[0]?.hand_id, { timeout: 30_000 }).toBe(bet.game_id);
  await crash.visit();
  await crash.showsEnd(bet.game_id, 'cashed');
  expect(await crash.shown()).toBe(1.3);
  // It is shown once.
  await crash.visit();
  await expect(crash.delay).not.toBeEmpty();
  await expect(crash.state).not.toHaveAttribute('data-end', /./);
});

test('space and Enter bet and cash out, C cashes out, and a key that is held is one press', async ({ page, api, luck }) => {
  luck.deals(climbsTo(2), climbsTo(2), climbsTo(2));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  const first = await crash.bet(() => page.keyboard.press('Space'));
  await finish(crash, 'c');
  const second = await crash.bet(() => page.keyboard.press('Enter'));
  await finish(crash, 'Space');

  await test.step('Enter that is held on the button bets once', async () => {
    await crash.button.focus();
    const bet = await crash.bet(() => page.keyboard.down('Enter'));
    for (let times = 0; times < 12; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await crash.button.blur();
    await finish(crash, 'c');
    expect((await api.hands()).map((hand) => hand.hand_id)).toEqual([bet.game_id, second.game_id, first.game_id]);
  });

  await test.step('in a field they are typed', async () => {
    await crash.auto.fill('');
    for (const key of ['c', 'Space', '2']) await crash.auto.press(key);
    await expect(crash.auto).toHaveValue('c 2');
    await expect(crash.state).toHaveAttribute('data-phase', 'idle');
    expect(await api.hands()).toHaveLength(3);
  });
});

test('a double click is one bet, and pressing cash-out again and again is one request', async ({ page, api, luck }) => {
  luck.deals(climbsTo(5));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, '100');
  const bet = await crash.bet(() => crash.button.dblclick());
  const asked: string[] = [];
  page.on('request', (request) => {
    if (call('cash_out').test(new URL(request.url()).pathname)) asked.push(request.url());
  });
  await crash.climbsTo(1.05);
  expect(asked, 'the second click took nothing').toEqual([]);
  const taken = crash.nextCashout();
  await crash.button.evaluate((button: HTMLElement) => {
    for (let times = 0; times < 5; times += 1) button.click();
  });
  await crash.showsEnd((await taken).game_id, 'cashed');
  expect(asked).toHaveLength(1);
  expect((await api.hands()).map((hand) => hand.hand_id)).toEqual([bet.game_id]);
});

test('a bet and a cash-out whose answers are lost are sent again with their keys', async ({ page, faults, api, luck, say }) => {
  luck.deals(climbsTo(5));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  const keys: Record<string, (string | undefined)[]> = { place_bet: [], cash_out: [] };
  for (const name of ['place_bet', 'cash_out']) {
    faults.allowLostRequest(call(name));
    await page.route((url) => call(name).test(url.pathname), async (route) => {
      keys[name]!.push(keyOf(route.request()));
      if (keys[name]!.length > 1) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
  }
  const bet = await crash.bet();
  await expect(crash.toasts.filter({ hasText: say.crash.offline_bet })).toBeVisible();
  expect(keys.place_bet).toHaveLength(2);
  expect(keys.place_bet![1]).toBe(keys.place_bet![0]);
  await crash.climbsTo(1.05);
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  expect(keys.cash_out).toHaveLength(2);
  expect(keys.cash_out![1]).toBe(keys.cash_out![0]);
  expect((await api.hands()).map((hand) => hand.hand_id), 'one round').toEqual([bet.game_id]);
  await crash.showsBalance((await api.balance()).cyber_token_balance);
});

test('a second tab shows the round of the first, and a bet there is refused and picks it up', async ({ page, context, faults, member, luck, say }) => {
  luck.deals(climbsTo(10));
  const [crash, other] = [new CrashPage(page), new CrashPage(await context.newPage())];
  await crash.visit();
  await other.visit();
  await expect(other.delay).not.toBeEmpty();
  await crash.choose(STAKE);
  await other.choose(20);
  const bet = await crash.bet();
  faults.allow(409, call('place_bet'));
  await other.button.click();
  await expect(other.toasts.filter({ hasText: say.error.round_active })).toBeVisible();
  await expect(other.state).toHaveAttribute('data-game-id', bet.game_id);
  await expect(other.stake, `the stake of ${member.nickname} is that of the round`).toHaveValue(String(STAKE));
  await other.cashOut();
  // The first tab hears of it.
  await crash.showsEnd(bet.game_id, 'cashed');
});

test('what cannot be bet is said beside its field, and nothing is asked', async ({ page, api, say }) => {
  const crash = new CrashPage(page);
  await crash.visit();
  await expect(crash.delay).not.toBeEmpty();
  for (const [typed, message] of [
    ['two', say.crash.auto_malformed],
    ['2.555', say.crash.auto_malformed],
    ['1.00', say.crash.auto_low],
    ['1000.01', say.crash.auto_high],
  ] as const) {
    await crash.auto.fill(typed);
    await expect(crash.autoFault, 'not while it is typed').toBeEmpty();
    await crash.button.click();
    await expect(crash.autoFault, typed).toHaveText(fill(message, { min: '1.01', max: '1,000' }));
    await expect(crash.auto).toHaveAttribute('aria-invalid', 'true');
    await expect(crash.state).toHaveAttribute('data-phase', 'idle');
  }
  await crash.choose(2_000);
  await expect(crash.autoFault).toBeEmpty();
  await crash.button.press('Enter');
  await expect(crash.toasts.filter({ hasText: say.slot.low })).toBeVisible();
  expect(await api.hands()).toEqual([]);
  await crash.showsBalance(1_000);
});

test('while the club takes no bets the page says so, and what runs can still be cashed out', async ({ page, faults, api, luck, say }) => {
  luck.deals(climbsTo(5));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  faults.allow(503, call('place_bet'));
  const refusal = { code: 'unavailable', message: 'The store of live sessions does not answer' };
  await page.route((url) => call('place_bet').test(url.pathname), (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ refused: refusal }) }));
  await crash.button.click();
  await expect(crash.closed).toHaveText(say.crash.closed);
  await crash.showsBalance(1_000);
  await expect(crash.state).toHaveAttribute('data-phase', 'idle');
  await page.unrouteAll();
  const bet = await crash.bet();
  await expect(crash.closed).toBeEmpty();
  await crash.climbsTo(1.02);
  const taken = await crash.cashOut();
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + taken.payout);
});

test('a round that is over and not settled is asked for ever more seldom', async ({ page, faults, member, luck, say }) => {
  luck.deals(climbsTo(20));
  faults.allow(404, call('cash_out'));
  // While the channel is open, nobody else asks.
  const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  const crash = new CrashPage(page);
  await crash.visit();
  await greeted;
  await crash.choose(STAKE);
  const bet = await crash.bet();
  await crash.climbsTo(1.02);

  const refused = { code: 'not_found', message: 'No such round' };
  await page.route((url) => call('cash_out').test(url.pathname), (route) =>
    route.fulfill({ status: 404, contentType: 'application/json', body: JSON.stringify({ refused }) }));
  const asked: number[] = [];
  await page.route((url) => call('how_it_ended').test(url.pathname), (route) => {
    asked.push(performance.now());
    return route.fulfill({ status: 200, contentType: 'application/json', body: 'null' });
  });
  await crash.button.click();
  await expect(crash.toasts.filter({ hasText: say.crash.too_late }), `${member.nickname} hears it`).toBeVisible();
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(5);
  expect(asked[5]! - asked[4]!, 'the fifth pause is not the first').toBeGreaterThan(1_000);

  await page.unrouteAll();
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
});

test('a browser whose clock is wrong shows the same curve', async ({ page, member, luck }) => {
  luck.deals(climbsTo(5));
  await page.clock.install({ time: Date.now() - 40 * 24 * 60 * 60 * 1_000 });
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  await crash.bet();
  await crash.climbsTo(1.1);
  const before = await crash.shown();
  const taken = await crash.cashOut();
  expect(taken.cashed_out_at, `what ${member.nickname} saw`).toBeGreaterThanOrEqual(before);
  expect(taken.cashed_out_at - before, 'as far apart as a slow machine takes').toBeLessThan(0.15);
});

test('whoever asks for less motion gets a number that steps, and nothing that moves', async ({ page, member, luck }) => {
  luck.deals(climbsTo(5));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE);
  await crash.bet();
  await page.evaluate(() => {
    const frames = { count: 0 };
    Object.assign(window, { frames });
    const number = document.querySelector('[data-testid="crash-times"]')!;
    new MutationObserver(() => { frames.count += 1; }).observe(number, { subtree: true, characterData: true, childList: true });
  });
  const started = Date.now();
  await crash.climbsTo(1.12);
  const steps = await page.evaluate(() => (window as unknown as { frames: { count: number } }).frames.count);
  const seconds = (Date.now() - started) / 1_000;
  expect(steps, `steps of ${member.nickname} in ${seconds} s`).toBeLessThan(10 * seconds + 3);
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((it) => Number(it.effect?.getComputedTiming().duration ?? 0) > 50).length,
  );
  expect(moving, 'animations that run').toBe(0);
  await crash.cashOut();
});

/** What a cash-out pays, rounded down. */
function paid(stake: number, times: number): Pick<Cashout, 'payout' | 'win_amount'> {
  const payout = Math.floor((stake * Math.round(times * 100)) / 100);
  return { payout, win_amount: payout - stake };
}

/** The curve, to the hundredth. */
function curve(elapsedMs: number): number {
  return Math.floor(100 * Math.exp(0.000_06 * elapsedMs)) / 100;
}

/** Brings a round that runs to its end by a key. */
async function finish(crash: CrashPage, key: string): Promise<void> {
  await crash.climbsTo(1.02);
  await crash.cashOut(() => crash.page.keyboard.press(key));
}
