// A long evening of all four games, checked in the browser.

import { Api } from '../api';
import { sql, tamper } from '../database';
import { expect, test } from '../fixtures';
import { FairnessPage } from '../pages/fairness';

const HANDS = 500;
const PULLS = 4;
const ROUNDS = 6;
/** How many clients play at once. */
const CLIENTS = 8;
/** What the slot may take of the first tokens, so that there is enough for the rest. */
const SLOT_STOPS_AT = 500;

test('every hand of a mixed history of 500 matches, and a changed one does not', async ({ page, request, member }) => {
  const api = await Api.signIn(request, member);
  await play(api);
  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  expect(await fairness.verifyAll(60_000)).toEqual({ checked: HANDS, ok: HANDS, failed: 0 });

  await test.step('a changed hand of every game is found', async () => {
    const changed = ['slot', 'rps', 'gacha', 'crash'].map((game) => {
      return sql(`SELECT id FROM hands WHERE user_id = ${member.id} AND game = '${game}' ORDER BY id LIMIT 1`)[0]!;
    });
    const bet = (more: string): string => `UPDATE hands SET stake = stake ${more} WHERE id IN ('${changed.join("', '")}')`;
    tamper('hands', bet('+ 1'));
    try {
      await fairness.visit();
      expect(await fairness.verifyAll(60_000)).toEqual({ checked: HANDS, ok: HANDS - 4, failed: 4 });
      const found = await fairness.bad.evaluateAll((all) => all.map((it) => it.dataset.handId));
      expect(found.sort()).toEqual(changed.sort());
    } finally {
      tamper('hands', bet('- 1'));
    }
  });
});

/** Plays all four games until there are that many hands. */
async function play(api: Api): Promise<void> {
  for (let pull = 0; pull < PULLS; pull += 1) await must(api.post('/api/games/gacha/pull', { pull_count: 1 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    await must(api.post('/api/games/crash/bet', { bet_amount: 10, auto_cashout_multiplier: 1.01 }));
    await expect.poll(async () => (await (await api.get('/api/games/crash/debug/current')).json()).session).toBeNull();
  }
  let left = HANDS - PULLS - ROUNDS;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const spins = left % 4 === 0 && (await api.balance()).cyber_token_balance > SLOT_STOPS_AT;
      await must(
        spins
          ? api.post('/api/games/slot/spin', { bet_amount: 10, lines: 5 })
          : api.post('/api/games/rps/play', { choice: 'paper', bet_amount: 10 }),
      );
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function must(call: ReturnType<Api['post']>): Promise<void> {
  const answer = await call;
  expect(answer.status(), await answer.text()).toBe(200);
}
