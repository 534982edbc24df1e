import { expect, test } from '../fixtures';
import { spinEnds } from '../luck';
import { FairnessPage } from '../pages/fairness';
import { ProfilePage } from '../pages/profile';
import { SlotPage } from '../pages/slot';

const STAKE = 10;
/** More than the profile lists at once, so that one leafs. */
const SPINS = 12;

test('a member spins to a win and a loss, and the ledger and the browser prove it', { tag: '@smoke' }, async ({ page, member, api, luck }) => {
  luck.deals(spinEnds('win'), spinEnds('nothing'));
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.showsBalance(1_000);
  await slot.choose(5, STAKE);

  const [won, lost] = [await slot.spin(), await slot.spin()];
  expect(won.win_amount).toBeGreaterThan(STAKE);
  expect(lost.win_amount).toBe(0);
  const played = [lost.hand_id, won.hand_id];
  while (played.length < SPINS) {
    const spin = await api.post('/api/games/slot/spin', { bet_amount: STAKE, lines: 5 });
    played.unshift(((await spin.json()) as { hand_id: string }).hand_id);
  }
  expect(new Set(played).size, 'each press plays one hand').toBe(SPINS);

  await test.step('the balance is the same on the page, in the API and in the ledger', async () => {
    const balance = await api.balance();
    await slot.showsBalance(balance.cyber_token_balance);
    const transactions = await api.transactions();
    expect(transactions[0]).toMatchObject({ seq: balance.seq, balance_after: balance.cyber_token_balance });
    expect(transactions.reduce((sum, line) => sum + line.change, 0)).toBe(balance.cyber_token_balance);
    expect(transactions.filter((line) => line.kind === 'stake')).toHaveLength(SPINS);

    const profile = new ProfilePage(page);
    await profile.visit();
    await profile.showsBalance(balance.cyber_token_balance);
    const lines = await profile.lines();
    expect(lines[0]).toEqual({ seq: balance.seq, balance: balance.cyber_token_balance });
    expect(lines).toEqual(transactions.slice(0, lines.length).map((it) => ({ seq: it.seq, balance: it.balance_after })));
  });

  await test.step('the history shows each hand once, the newest first', async () => {
    expect((await api.hands()).map((hand) => hand.hand_id)).toEqual(played);
    const profile = new ProfilePage(page);
    await profile.visit();
    expect(await profile.allHands()).toEqual(played);
    await expect(page.locator('body')).toContainText(member.nickname);
  });

  await test.step('after a rotation the browser finds every hand in order', async () => {
    const fairness = new FairnessPage(page);
    await fairness.visit();
    await fairness.rotate();
    expect(await fairness.verifyAll()).toEqual({ checked: SPINS, ok: SPINS, failed: 0 });
    await fairness.verifyOne(played[0]!);
    await expect(fairness.verdict).toHaveAttribute('data-verdict', 'ok');
  });
});

test('the secret seed stays secret until it is rotated away', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  const { hand_id } = await slot.spin();
  expect(await (await api.get(`/api/fairness/rounds/${hand_id}`)).json()).toMatchObject({ server_seed: null });

  const fairness = new FairnessPage(page);
  await fairness.visit();
  const commitment = await fairness.commitment.innerText();
  await fairness.verifyOne(hand_id);
  await expect(fairness.verdict).toHaveAttribute('data-verdict', 'sealed');
  await fairness.rotate();
  await fairness.verifyOne(hand_id);
  await expect(fairness.verdict).toHaveAttribute('data-verdict', 'ok');

  // The seed that came out is the one that was promised.
  const round = await (await api.get(`/api/fairness/rounds/${hand_id}`)).json();
  expect(round.server_seed_hash).toBe(commitment);
  expect(await sha256(round.server_seed)).toBe(commitment);
});

test('a member chooses the seed that the next hand is played with', async ({ page, member, api }) => {
  const fairness = new FairnessPage(page);
  await fairness.visit();
  const seed = `lucky-${member.site_id}`;
  await fairness.chooseSeed(seed);

  const slot = new SlotPage(page);
  await slot.visit();
  const { hand_id } = await slot.spin();
  expect(await (await api.get(`/api/fairness/rounds/${hand_id}`)).json()).toMatchObject({ client_seed: seed });
});

test('auto-spin plays one hand after another until it is stopped', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(1, 10);
  const first = slot.nextSpin();
  await page.getByTestId('autospin').click();
  await page.getByTestId('autospin-10').click();
  await first;
  await slot.nextSpin();
  await page.getByTestId('autospin-stop').click();
  await expect(page.getByTestId('autospin')).toBeEnabled();
  await expect(slot.reels).toHaveAttribute('data-state', 'idle');

  const { cyber_token_balance } = await api.balance();
  await slot.showsBalance(cyber_token_balance);
  const hands = await api.hands();
  expect(hands.length).toBeGreaterThanOrEqual(2);
  expect(hands.length).toBeLessThan(10);
});

test('leaving the slot in mid-spin loses nothing', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.choose(5, 50);
  const answer = slot.nextSpin();
  await slot.spinButton.click();
  await page.locator('nav a[href="/profile"]').click();
  const { balance } = await answer;

  await expect(page).toHaveURL(/\/profile/);
  await slot.showsBalance(balance);
  expect(await api.balance()).toMatchObject({ cyber_token_balance: balance });
  await slot.visit();
  await slot.showsBalance(balance);
});

async function sha256(hex: string): Promise<string> {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
