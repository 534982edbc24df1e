import { Api } from '../api';
import { expect, test } from '../fixtures';
import { FairnessPage } from '../pages/fairness';

const HANDS = 10_000;
/** How many clients play at once. */
const CLIENTS = 16;

test('hands checked a second in the browser', async ({ page, request, member }) => {
  const api = await Api.signIn(request, member);
  let left = HANDS;
  const client = async () => {
    while (left-- > 0) {
      const spin = await api.post('/api/games/slot/spin', { bet_amount: 10, lines: 5 });
      expect(spin.status(), await spin.text()).toBe(200);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));

  const fairness = new FairnessPage(page);
  await fairness.visit();
  await fairness.rotate();
  const started = Date.now();
  expect(await fairness.verifyAll(120_000)).toEqual({ checked: HANDS, ok: HANDS, failed: 0 });
  const all = Date.now() - started;
  const spent = Number(await fairness.summary.getAttribute('data-spent-ms'));
  const rate = Math.round((HANDS / spent) * 1_000);
  console.log(`browser: ${HANDS} hands checked in ${spent} ms (${rate}/s), fetching them included in ${all} ms`);
});
