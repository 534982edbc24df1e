// A server that dies in mid-flight. It is the worker's own, so that nobody else's dies.

import { test } from '../club';
import { expect } from '../fixtures';
import { climbsTo } from '../luck';
import { CrashPage } from '../pages/crash';
import { ShopPage } from '../pages/shop';

const STAKE = 50;

test('a server that is killed and started again goes on with the round, and the page cashes it out', { tag: '@smoke' }, async ({ page, faults, api, luck, club }) => {
  faults.allowLostRequest(/./);
  luck.deals(climbsTo(3));
  const crash = new CrashPage(page);
  await crash.visit();
  await crash.choose(STAKE, '3');
  const bet = await crash.bet();
  await club.kill();
  await expect.poll(() => crash.shown(), { message: 'the curve needs no server' }).toBeGreaterThan(1.05);
  await club.start();
  const taken = await crash.cashOut();
  expect(taken.game_id).toBe(bet.game_id);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + taken.payout);
});

test('a round that was over while the server was dead ends by the rule, and the page is told', async ({ page, faults, api, luck, club, say }) => {
  faults.allowLostRequest(/./);
  luck.deals(climbsTo(1.2));
  const crash = new CrashPage(page);
  await crash.visit();
  // Far enough to be killed before, near enough to be over after: the curve is there after 3.04 s.
  await crash.choose(STAKE, '1.2');
  const bet = await crash.bet();
  await club.kill();
  await expect(page.locator('main'), 'the page says that it hears nothing').toContainText(say.crash.lost, { timeout: 20_000 });
  await expect.poll(() => Date.now() - Date.parse(bet.started_at)).toBeGreaterThan(3_040);
  await club.start();
  await crash.showsEnd(bet.game_id, 'cashed');
  expect(await crash.shown()).toBe(1.2);
  await crash.showsBalance(bet.balance + 60);
  expect((await api.balance()).cyber_token_balance).toBe(bet.balance + 60);
});

test('what was typed at the checkout is still there when the club comes back', async ({ page, faults, member, api, club }) => {
  faults.allowLostRequest(/./);
  const shop = new ShopPage(page);
  await shop.browse('tokens');
  await shop.choose(shop.product('tokens_1000'));
  await shop.promoFold.click();
  await shop.promo.fill('HALF-TYPED');
  const nickname = `${member.nickname}_2`;
  expect((await api.put('/api/users/profile', { nickname })).status()).toBe(200);
  await club.kill();
  await expect(shop.line).toBeVisible();
  // Its log begins anew, so that it cannot say what was missed: the page asks again who looks.
  expect(club.run('restored').status).toBe(0);
  await club.start();
  await expect(page.locator('a.avatar')).toHaveAccessibleName(new RegExp(nickname));
  await expect(shop.promo).toBeVisible();
  await expect(shop.promo).toHaveValue('HALF-TYPED');
});
