import { expect, test } from '../fixtures';
import { spinEnds } from '../luck';
import { LeaderboardPage } from '../pages/leaderboard';
import { ProfilePage } from '../pages/profile';
import { SlotPage } from '../pages/slot';

const SPINS = 3;

test('what was played shows on the profile: now, over time, by game and in all', async ({ page, member, api }) => {
  const profile = new ProfilePage(page);
  await profile.visit();
  await expect(profile.liveStatus, `${member.nickname} has not played`).toHaveAttribute('data-state', 'idle');
  await expect(profile.stats).toHaveAttribute('data-hands', '0');

  const slot = new SlotPage(page);
  await slot.visit();
  for (let spin = 0; spin < SPINS; spin += 1) await slot.spin();
  await profile.visit();
  await expect(profile.liveStatus).toHaveAttribute('data-state', 'playing');
  await expect(profile.stats).toHaveAttribute('data-hands', String(SPINS));
  await expect(profile.chart).toHaveAttribute('data-days', '1');
  await expect(profile.chart).toHaveAccessibleName(/.+/);
  await expect(page.locator('[data-testid="game-results"] tr[data-game="slot"]')).toBeVisible();
  const { session } = await (await api.get('/api/games/session/active')).json();
  expect(session).toMatchObject({ game: 'slot', hands: SPINS });
});

test('time passes while a member plays', async ({ page, member, api }) => {
  await api.post('/api/games/session/start', { game_type: 'rps' });
  const profile = new ProfilePage(page);
  await profile.visit();
  const elapsed = profile.liveStatus.locator('dd').first();
  const before = await elapsed.innerText();
  await expect(elapsed, `the clock of ${member.nickname} ticks`).not.toHaveText(before);
});

test('an achievement is unlocked, and its reward is claimed once', async ({ page, api }) => {
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.spin();
  const { cyber_token_balance: before } = await api.balance();

  const profile = new ProfilePage(page);
  await profile.visit();
  const first = profile.achievement('first_hand');
  await expect(first).toHaveAttribute('data-state', 'unlocked');
  await first.getByTestId('claim').click();
  await expect(first).toHaveAttribute('data-state', 'claimed');
  await profile.showsBalance(before + 50);
  expect(await api.balance()).toMatchObject({ cyber_token_balance: before + 50 });
  expect((await api.transactions())[0]).toMatchObject({ kind: 'achievement', change: 50 });
  const again = await api.post('/api/games/achievements/first_hand/claim', {});
  expect(again.status()).toBe(409);
});

test('a leaderboard shows the own place, and its choices are links', async ({ page, member, luck, api }) => {
  luck.deals(spinEnds('win'));
  expect((await api.post('/api/games/slot/spin', { bet_amount: 50, lines: 5 })).status()).toBe(200);

  const board = new LeaderboardPage(page);
  await board.visit('/leaderboard?game=slot&period=day&metric=largest_win');
  await expect(board.own).toHaveAttribute('data-rank', /^\d+$/);
  await expect(board.place.filter({ hasText: member.nickname }).first()).toBeVisible();
  await page.locator('.tab[href="/leaderboard?game=rps&period=day&metric=largest_win"]').click();
  await expect(page).toHaveURL(/game=rps/);
  await expect(board.own).not.toHaveAttribute('data-rank');
});
