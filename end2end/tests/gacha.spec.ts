import { call, keyOf } from '../calls';
import { expect, test } from '../fixtures';
import { pullsBring } from '../luck';
import { FairnessPage } from '../pages/fairness';
import { exactly, GachaPage, type Rarity, statsOf } from '../pages/gacha';
import { fill } from '../words';

const RARITIES: Rarity[] = ['common', 'rare', 'epic', 'legendary'];
const ITEMS = 28;

test('a member pulls once and ten times, and collection, odds, books and proofs agree', { tag: '@smoke' }, async ({ page, api, luck, say }) => {
  const [first, next] = luck.deals(pullsBring('rare', 1), pullsBring('epic', 10));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gacha = new GachaPage(page);
  await gacha.visit();
  await gacha.showsBalance(1_000);
  await expect(gacha.price(1)).toHaveAttribute('data-value', '50');
  await expect(gacha.price(10)).toHaveAttribute('data-value', '450');
  await expect(gacha.missing).toHaveCount(ITEMS);
  await agrees(gacha, api);

  const one = await gacha.pull(1);
  expect([one.cost, one.balance]).toEqual([50, 950]);
  expect(one.items.map((it) => it.rarity)).toEqual(first);
  await gacha.showsBalance(950);
  await agrees(gacha, api);

  const ten = await gacha.pull(10);
  expect([ten.cost, ten.balance]).toEqual([450, 500]);
  expect(ten.items.map((it) => it.rarity)).toEqual(next);
  await gacha.showsBalance(500);
  expect(await api.balance()).toMatchObject({ cyber_token_balance: 500, seq: ten.seq });
  for (const item of ten.items) await expect(gacha.result).toContainText(say.item[item.code as keyof typeof say.item]);
  await agrees(gacha, api);

  await test.step('a fresh page stands where this one does', async () => {
    await gacha.visit();
    await agrees(gacha, api);
    await expect(gacha.hands).toHaveCount(2);
    await expect(gacha.hands.first()).toHaveAttribute('data-hand-id', ten.hand_id);
  });

  await test.step('the pulls can be had as a file', async () => {
    const download = page.waitForEvent('download');
    await gacha.csv.click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    const file = await page.request.get((await download).url());
    const lines = (await file.text()).trim().split('\n');
    expect(lines).toHaveLength(1 + one.items.length + ten.items.length);
    expect(lines[1]).toContain(ten.items[0]!.code);
  });

  await test.step('too few tokens are told beforehand, and nothing moves', async () => {
    await expect(gacha.short(10), 'the balance is enough as yet').toHaveCount(0);
    const height = (await gacha.button(10).boundingBox())!.height;
    await gacha.pull(10);
    await gacha.showsBalance(50);
    await expect(gacha.short(10)).toHaveText(fill(say.gacha.short, { amount: 400 }));
    await expect(gacha.button(10)).toHaveAttribute('aria-disabled', 'true');
    await expect(gacha.short(1), 'one pull can be paid').toHaveCount(0);
    expect((await gacha.button(10).boundingBox())!.height, 'the button is as high as before').toBe(height);
    const before = await statsOf(api);
    await gacha.button(10).press('Enter');
    await expect(gacha.toasts.filter({ hasText: fill(say.gacha.low, { amount: 450 }) })).toBeVisible();
    await expect(gacha.state).toHaveAttribute('data-phase', 'idle');
    expect((await api.balance()).cyber_token_balance).toBe(50);
    expect(await statsOf(api)).toEqual(before);
    expect(await api.hands()).toHaveLength(3);
  });

  await test.step('after a rotation the browser draws the same', async () => {
    const fairness = new FairnessPage(page);
    await fairness.visit();
    await fairness.rotate();
    expect(await fairness.verifyAll()).toEqual({ checked: 3, ok: 3, failed: 0 });
    await fairness.verifyOne(ten.hand_id);
    await expect(fairness.verdict).toHaveAttribute('data-verdict', 'ok');
    for (const item of ten.items) {
      await expect(page.locator('main')).toContainText(say.item[item.code as keyof typeof say.item]);
    }
  });
});

test('capsules open one by one, a key goes on, and the rest can be had at once', async ({ page, api, luck }) => {
  luck.deals(pullsBring('legendary', 10));
  await page.clock.install();
  const gacha = new GachaPage(page);
  await gacha.visit();
  // Time stands still from here on, but for what the test lets pass.
  await page.clock.pauseAt(Date.now() + 60_000);
  const answer = gacha.nextPull();
  await gacha.button(10).click();
  await expect(gacha.state).toHaveAttribute('data-phase', 'asking');
  const pulled = await answer;
  await expect(gacha.items, 'the knob turns first').toHaveCount(0);
  await page.clock.runFor(1_000);
  await expect(gacha.state).toHaveAttribute('data-phase', 'revealing');
  await expect(gacha.items, 'the first capsule is closed').toHaveCount(0);
  for (const opened of [1, 2, 3]) {
    await page.keyboard.press('Space');
    await page.clock.runFor(60);
    await expect(gacha.items).toHaveCount(opened);
    await expect(gacha.pity, 'nothing is given away before its capsule').toHaveAttribute('data-count', '0');
    await page.keyboard.press('Enter');
    await page.clock.runFor(60);
    await expect(gacha.items, 'the next capsule is closed').toHaveCount(opened);
  }
  await gacha.showAll.click();
  await page.clock.runFor(100);
  await gacha.shows(pulled);
  await expect(gacha.pity).toHaveAttribute('data-count', String(pulled.pity));
  await page.clock.resume();
  await gacha.showsBalance(pulled.balance);
  expect((await api.hands()).map((hand) => hand.hand_id), 'a key that goes on pulls nothing').toEqual([pulled.hand_id]);
});

test('space and enter pull once, and mean what they always mean elsewhere', async ({ page, api }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gacha = new GachaPage(page);
  await gacha.visit();
  const ids: string[] = [];
  for (const key of ['Space', 'Enter']) {
    const answer = gacha.nextPull();
    await page.keyboard.press(key);
    const pulled = await answer;
    expect(pulled.items).toHaveLength(1);
    await gacha.shows(pulled);
    ids.unshift(pulled.hand_id);
  }
  await gacha.odds.focus();
  await page.keyboard.press('Enter');
  await expect(gacha.sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(gacha.sheet).toBeHidden();
  await page.locator('nav a[href="/games"]').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/games$/);
  expect((await api.hands()).map((hand) => hand.hand_id)).toEqual(ids);
});

test('a pull whose answer is lost is sent again with the same key', async ({ page, faults, api, say }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const gacha = new GachaPage(page);
  await gacha.visit();
  const keys: (string | undefined)[] = [];
  await page.route((url) => call('pull').test(url.pathname), async (route) => {
    keys.push(keyOf(route.request()));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  faults.allowLostRequest(call('pull'));
  const pulled = await gacha.pull(10);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
  await expect(gacha.toasts.filter({ hasText: say.gacha.offline })).toBeVisible();
  expect((await api.hands()).map((hand) => hand.hand_id)).toEqual([pulled.hand_id]);
  await gacha.showsBalance(550);
});

/** Counter, odds, chances, worst case and collection on the page are those of the REST interface. */
async function agrees(gacha: GachaPage, api: Parameters<typeof statsOf>[0]): Promise<void> {
  const stats = await statsOf(api);
  await expect(gacha.pity).toHaveAttribute('data-count', String(stats.pity));
  expect(await gacha.collection()).toEqual(Object.fromEntries(stats.collection.map((it) => [it.code, it.count])));
  for (const rarity of RARITIES) {
    await expect(gacha.page.getByTestId('next-odds').locator(`[data-odds="${rarity}"]`)).toHaveText(exactly(stats.next_odds[rarity]));
  }
  await gacha.odds.click();
  for (const rarity of RARITIES) {
    await expect(gacha.sheet.locator(`[data-odds="${rarity}"]`)).toHaveText(exactly(stats.next_odds[rarity]));
  }
  const chances = stats.chances.flatMap((it) => [it.epic, it.legendary]).map(percent);
  await expect(gacha.page.getByTestId('odds-ahead').locator('td')).toHaveText(chances);
  await expect(gacha.page.getByTestId('worst-case')).toContainText(stats.worst_case_cost.toLocaleString('en'));
  await gacha.page.keyboard.press('Escape');
  await expect(gacha.sheet).toBeHidden();
}

/** Parts of 10^15 as a percentage with two decimals, rounded down. */
function percent(parts: number): string {
  const hundredths = Math.floor(parts / 100_000_000_000);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
}
