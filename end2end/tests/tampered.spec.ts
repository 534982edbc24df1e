import { Api } from '../api';
import { sql, tamper } from '../database';
import { engine } from '../environment';
import { expect, someone, test } from '../fixtures';
import { climbsTo } from '../luck';
import { CrashPage } from '../pages/crash';
import { FairnessPage } from '../pages/fairness';
import { fill } from '../words';

const SPINS = 3;

test('a hand that was changed in the database is reported, and no other', { tag: '@smoke' }, async ({ page, api }) => {
  await play(api);

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  expect(await fairness.verifyAll()).toEqual({ checked: SPINS, ok: SPINS, failed: 0 });

  const hand = (await api.hands())[1]!;
  tamper('hands', `UPDATE hands SET payout = payout + 1 WHERE id = '${hand.hand_id}'`);
  try {
    await test.step('checking all finds it', async () => {
      await fairness.visit();
      expect(await fairness.verifyAll()).toEqual({ checked: SPINS, ok: SPINS - 1, failed: 1 });
      await expect(fairness.bad).toHaveCount(1);
      await expect(fairness.bad).toHaveAttribute('data-hand-id', hand.hand_id);
    });

    await test.step('checking it alone finds it', async () => {
      await fairness.verifyOne(hand.hand_id);
      await expect(fairness.verdict).toHaveAttribute('data-verdict', 'failed');
    });
  } finally {
    tamper('hands', `UPDATE hands SET payout = ${hand.payout} WHERE id = '${hand.hand_id}'`);
  }

  await fairness.visit();
  expect(await fairness.verifyAll(), 'put back').toEqual({ checked: SPINS, ok: SPINS, failed: 0 });
});

test('a round of crash whose point was changed in the database is reported', async ({ page, member, luck, say }) => {
  const [point] = luck.deals(climbsTo(1.1));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(10, '1.01');
  const { game_id } = await crash.bet();
  await expect(crash.hands.first()).toHaveAttribute('data-hand-id', game_id);
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  await fairness.verifyOne(game_id);
  await expect(fairness.verdict, `as ${member.nickname} played it`).toHaveAttribute('data-verdict', 'ok');

  const [before, after] = [0, 1].map((more) => `"point":${Math.round(point * 100) + more}`);
  const change = (from: string, to: string): void =>
    tamper('hands', `UPDATE hands SET play = replace(play, '${from}', '${to}') WHERE id = '${game_id}'`);
  change(before!, after!);
  try {
    await fairness.visit();
    await fairness.verifyOne(game_id);
    await expect(fairness.verdict).toHaveAttribute('data-verdict', 'failed');
    await expect(fairness.verdict).toContainText(say.fault.outcome);
  } finally {
    change(after!, before!);
  }
});

test('a hand that was taken out of the record is missed', async ({ page, api, request, say }) => {
  await play(api);
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();

  // Given to somebody else, it is in no list of the member's.
  const hand = (await api.hands())[1]!;
  const [owner] = sql(`SELECT user_id FROM hands WHERE id = '${hand.hand_id}'`);
  const [pair] = sql(`SELECT pair_id FROM hands WHERE id = '${hand.hand_id}'`);
  const other = (await Api.join(request, someone())).user.id;
  const [elsewhere] = sql(`SELECT id FROM seed_pairs WHERE user_id = ${other} AND status = 'active'`);
  tamper('hands', `UPDATE hands SET user_id = ${other}, pair_id = '${elsewhere}' WHERE id = '${hand.hand_id}'`);
  try {
    await fairness.visit();
    expect(await fairness.verifyAll()).toEqual({ checked: SPINS - 1, ok: SPINS - 1, failed: 0 });
    await expect(fairness.summary).toContainText(fill(say.fairness.gap, { nonce: 1 }));
    await expect(fairness.summary).not.toContainText(all(say.fairness.all_good, SPINS - 1));
  } finally {
    tamper('hands', `UPDATE hands SET user_id = ${owner}, pair_id = '${pair}' WHERE id = '${hand.hand_id}'`);
  }
});

test('a seed that was exchanged after it was promised is caught by the browser that saw the promise', async ({ page, api, say }) => {
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await expect(fairness.commitment).toHaveText(/^[0-9a-f]{64}$/);
  const promised = await fairness.commitment.innerText();
  const kept = (): Promise<boolean> => page.evaluate((hash) => JSON.stringify({ ...localStorage }).includes(hash), promised);
  await expect.poll(kept, 'the browser has seen the promise').toBe(true);

  // A house that wants to choose the outcome writes a seed and its hash that go well together.
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', seed)));
  const bytes = engine === 'sqlite' ? `x'${hex(seed)}'` : `'\\x${hex(seed)}'::bytea`;
  const whose = `user_id = ${api.user.id} AND status = 'active'`;
  sql(`UPDATE seed_pairs SET server_seed = ${bytes}, server_seed_hash = '${hash}' WHERE ${whose}`);
  await play(api);

  await fairness.visit();
  await expect(fairness.commitment).toHaveText(hash);
  await fairness.rotate();
  expect(await fairness.verifyAll()).toEqual({ checked: SPINS, ok: 0, failed: SPINS });
  await expect(fairness.bad.first()).toContainText(say.fault.remembered);
});

function all(phrase: string, count: number): string {
  return fill(phrase, { count });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function play(api: Api): Promise<void> {
  for (let spin = 0; spin < SPINS; spin += 1) {
    expect((await api.post('/api/games/slot/spin', { bet_amount: 10, lines: 1 })).status()).toBe(200);
  }
}
