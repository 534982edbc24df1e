import type { Locator } from '@playwright/test';

import { Api } from '../api';
import { call } from '../calls';
import { sql } from '../database';
import { expect, signIn, someone, test } from '../fixtures';
import { InventoryPage, receiptsOf, ReceiptsPage, ShopPage } from '../pages/shop';
import { fill } from '../words';

const FIRST_TOKENS = 1_000;

test('tokens, an item and a limited package with a promo code, and the receipts of them', { tag: '@smoke' }, async ({ page, faults, api, say }) => {
  const shop = new ShopPage(page);
  const codes: string[] = [];

  await test.step('tokens at once', async () => {
    await shop.browse('tokens');
    await shop.showsBalance(FIRST_TOKENS);
    const pack = shop.product('tokens_1000');
    await shop.costs(pack, 1_200);
    await shop.choose(pack);
    await shop.comesTo(1_200);
    await expect(shop.after).toHaveAttribute('data-amount', '2000');
    await shop.method('card_ok').check();
    await shop.payButton.click();
    codes.push(await shop.stands('captured'));
    await shop.showsBalance(2_000);
    await shop.closes();
  });

  await test.step('a card that says no', async () => {
    faults.allow(402, call('buy'));
    await shop.choose(shop.product('tokens_1000'));
    await shop.method('card_declined').check();
    await shop.payButton.click();
    await expect(shop.fieldError('payment_method')).toHaveText(say.error.payment_declined);
    await expect(shop.outcome).toHaveCount(0);
    await shop.showsBalance(2_000);
    await shop.closes();
  });

  await test.step('a payment that is settled while the page waits', async () => {
    await shop.choose(shop.product('tokens_1000'));
    await shop.method('card_pending').check();
    await shop.payButton.click();
    codes.push(await shop.stands('pending'));
    await shop.showsBalance(2_000);
    await shop.stands('captured');
    await shop.showsBalance(3_000);
    // The webhook may tell of the card that said no before the answer does.
    await expect(shop.toasts.filter({ hasText: `${say.live.purchase} · ${say.purchase.captured}` }).last()).toBeVisible();
    await shop.closes();
  });

  await test.step('an item, cheaper for now', async () => {
    await shop.browse('items');
    const frame = shop.product('frame_neon');
    await shop.costs(frame, 960);
    await expect(frame.locator('s')).toContainText('1,200');
    await expect(frame.getByTestId('discount')).toHaveText(fill(say.shop.off_percent, { percent: 20 }));
    await shop.choose(frame);
    await shop.comesTo(960);
    await expect(page.getByTestId('applied')).toHaveAttribute('data-code', 'opening_neon');
    await shop.payButton.click();
    codes.push(await shop.stands('captured'));
    await shop.showsBalance(2_040);
    await shop.closes();
  });

  await test.step('a limited package, with a promo code', async () => {
    faults.allow(400, call('price_of'));
    await shop.browse('packages');
    const lantern = shop.limited('lantern_festival');
    await expect(lantern).toHaveAttribute('data-state', 'available');
    await expect(lantern.getByTestId('countdown')).toContainText(say.shop.ends_on);
    await shop.choose(lantern);
    await shop.comesTo(800);
    await shop.apply('nobody-said-this');
    await expect(shop.fieldError('promo_code')).toHaveText(say.error.promo_invalid);
    await shop.comesTo(800);
    await shop.apply('lantern300');
    await shop.comesTo(500);
    await expect(page.getByTestId('promo-hint')).toHaveText(say.checkout.applied);
    await expect(shop.after).toHaveAttribute('data-amount', '1540');
    await shop.payButton.click();
    codes.push(await shop.stands('captured'));
    await shop.showsBalance(1_540);
    await expect(lantern.getByTestId('mine')).toHaveText(fill(say.shop.mine, { count: 1, limit: 2 }));
  });

  await test.step('the receipt, which the page checks', async () => {
    const code = codes.at(-1)!;
    await shop.toReceipt.click();
    const receipts = new ReceiptsPage(page);
    await expect(receipts.receipt).toHaveAttribute('data-code', code);
    await expect(receipts.total).toHaveAttribute('data-amount', '500');
    await expect(receipts.receipt).toContainText('LANTERN300');
    await receipts.verify.click();
    await expect(receipts.verdict).toHaveAttribute('data-verdict', 'ok');
    await receipts.visit(`/receipts/${codes[1]}`);
    await expect(receipts.steps).toHaveCount(2);
    await receipts.verify.click();
    await expect(receipts.verdict).toHaveAttribute('data-verdict', 'ok');
  });

  await test.step('books and receipts agree', async () => {
    expect(await api.balance()).toMatchObject({ cyber_token_balance: 1_540 });
    const known = await receiptsOf(api);
    const captured = known.filter((it) => it.status === 'captured').map((it) => it.receipt_code);
    expect(captured).toEqual([...codes].reverse());
    expect(known.filter((it) => it.status === 'declined')).toHaveLength(1);
    expect(known[0]).toMatchObject({ kind: 'package', promo_code: 'LANTERN300', total: { amount: 500, currency: 'TOKENS' } });
  });
});

test('a receipt that was changed on the way is not genuine', async ({ page, api, say }) => {
  const bought = await api.post('/api/shop/buy', { product_id: 'felt_midnight', quantity: 1 });
  expect(bought.status()).toBe(200);
  const { receipt_code } = (await bought.json()) as { receipt_code: string };
  await page.route(/\/api\/fn\/load_receipt\d*$/, async (route) => {
    const answer = await route.fetch();
    const receipt = (await answer.json()) as { total: { amount: number } };
    receipt.total.amount -= 1;
    await route.fulfill({ response: answer, json: receipt });
  });
  const receipts = new ReceiptsPage(page);
  // The list is made by the server; the receipt is fetched by the page, and changed on its way.
  await receipts.visit();
  await receipts.row(receipt_code).locator('a').click();
  await receipts.verify.click();
  await expect(receipts.verdict).toHaveAttribute('data-verdict', 'failed');
  await expect(receipts.verdict).toContainText(say.receipt.bad_text);
});

test('receipts are found by status and kind, and are good on paper', async ({ page, api }) => {
  for (const data of [{ product_id: 'felt_midnight' }, { product_id: 'consumable_fortune_cookie', quantity: 2 }]) {
    expect((await api.post('/api/shop/buy', data)).status()).toBe(200);
  }
  expect((await api.post('/api/shop/buy', { product_id: 'tokens_1000', payment_method: 'card_declined' })).status()).toBe(402);
  const receipts = new ReceiptsPage(page);
  await receipts.visit();
  await expect(receipts.rows).toHaveCount(3);
  await page.locator('.tab[href="/receipts?status=declined&kind=all"]').click();
  await expect(receipts.rows).toHaveCount(1);
  await page.locator('.tab[href="/receipts?status=declined&kind=item"]').click();
  await expect(receipts.rows).toHaveCount(0);

  const [newest] = await receiptsOf(api);
  await receipts.visit(`/receipts/${newest!.receipt_code}`);
  await page.emulateMedia({ media: 'print' });
  await expect(receipts.receipt).toBeVisible();
  for (const other of [receipts.verify, page.locator('.header'), page.locator('.nav')]) await expect(other).toBeHidden();
});

test('what one window buys last is sold out in the other', async ({ page, anotherBrowser, request, faults, api, say }) => {
  const id = lastOne();
  try {
    const shop = new ShopPage(page);
    await shop.browse('packages');
    await expect(shop.limited(id)).toHaveAttribute('data-remaining', '1');

    const rival = someone();
    await Api.join(request, rival);
    const other = new ShopPage(await (await anotherBrowser()).newPage());
    await signIn(other.page, rival);
    await other.browse('packages');
    // Both have the sheet open when the last one goes.
    await other.choose(other.limited(id));
    await shop.choose(shop.limited(id));
    await shop.payButton.click();
    await shop.stands('captured');

    faults.allow(409, call('buy'));
    await other.payButton.click();
    await expect(other.formError).toHaveText(say.error.out_of_stock);
    await other.closes();
    await expect(other.limited(id)).toHaveAttribute('data-state', 'out_of_stock');
    await expect(other.limited(id).getByTestId('buy')).toHaveCount(0);
    await expect(shop.limited(id)).toHaveAttribute('data-remaining', '0');
    expect((await receiptsOf(api)).map((it) => it.lines[0]!.product_id)).toEqual([id]);
  } finally {
    stop(id);
  }
});

test('a window that only looks sees the stock go down by itself', async ({ page, anotherBrowser, member, api }) => {
  const id = lastOne();
  try {
    const shop = new ShopPage(await (await anotherBrowser()).newPage());
    await shop.browse('packages');
    await expect(shop.limited(id), `${member.nickname} has it still ahead`).toHaveAttribute('data-state', 'available');
    expect((await api.post('/api/shop/buy-limited', { package_id: id })).status()).toBe(200);
    await expect(shop.limited(id)).toHaveAttribute('data-state', 'out_of_stock');
  } finally {
    stop(id);
  }
  await page.goto('/shop?category=packages');
  await expect(page.locator(`[data-code="${id}"]`)).toHaveCount(0);
});

test('a window opens by the clock alone, and a package that ended or is full says so', async ({ page, api, say }) => {
  const now = Date.now();
  const [ahead, over] = [lastOne(now + 8_000), lastOne(now - 60_000, now - 1_000)];
  try {
    expect((await api.post('/api/shop/buy-limited', { package_id: 'welcome_bundle' })).status()).toBe(200);
    const shop = new ShopPage(page);
    await shop.browse('packages');
    await expect(shop.limited(ahead)).toHaveAttribute('data-state', 'not_started');
    await expect(shop.limited(ahead).getByTestId('countdown')).toContainText(say.shop.starts_in);
    await expect(shop.limited(over)).toHaveAttribute('data-state', 'expired');
    await expect(shop.limited(over)).toContainText(say.shop.expired);
    await expect(shop.limited('welcome_bundle')).toHaveAttribute('data-state', 'member_limit');
    await expect(shop.limited('welcome_bundle').getByTestId('buy')).toHaveCount(0);
    await expect(shop.limited(ahead)).toHaveAttribute('data-state', 'available', { timeout: 15_000 });
    await expect(shop.limited(ahead).getByTestId('buy')).toBeVisible();

    stop(ahead);
    await expect(shop.limited(ahead), 'staff stop it while the page is open').toHaveAttribute('data-state', 'stopped');
  } finally {
    stop(ahead);
    stop(over);
  }
});

test('an answer that is lost does not cost twice', async ({ page, faults, api }) => {
  const shop = new ShopPage(page);
  await shop.browse('items');
  await shop.choose(shop.product('felt_midnight'));
  const path = /\/api\/fn\/buy\d*$/;
  faults.allowLostRequest(path);
  let sent = 0;
  await page.route(path, async (route) => {
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await shop.payButton.click();
  await shop.stands('captured');
  expect(sent).toBe(2);
  await shop.showsBalance(500);
  expect(await receiptsOf(api)).toHaveLength(1);
});

test('a notice lies over the open sheet, hides nothing that is pressed, and can be put away', { tag: '@phone' }, async ({ page, faults, say, member }) => {
  let answer = (): void => undefined;
  const isHeld = new Promise<void>((done) => (answer = done));
  let sent = 0;
  faults.allowLostRequest(call('buy'));
  await page.route((url) => call('buy').test(url.pathname), async (route) => {
    sent += 1;
    if (sent === 1) return route.abort('connectionreset');
    await isHeld;
    return route.continue();
  });
  const shop = new ShopPage(page);
  await shop.browse('items');
  await shop.choose(shop.product('felt_midnight'));
  await shop.press(shop.payButton);

  const notice = shop.toasts.filter({ hasText: say.checkout.offline });
  const close = notice.getByRole('button', { name: say.ui.close });
  // It stays while the focus is in it, which nothing outside a modal sheet takes.
  await close.focus();
  await expect(close, `${member.nickname} can reach it`).toBeFocused();
  expect(await isOnTop(notice), 'nothing lies over the notice').toBe(true);
  expect(await isOnTop(shop.payButton), 'nor over Pay').toBe(true);
  await shop.press(close);
  await expect(notice).toBeHidden();
  await expect(shop.sheet.locator(':focus'), 'the focus is not lost with it').toHaveCount(1);

  answer();
  await shop.stands('captured');
  await shop.closes();
});

test('a price that goes up while the sheet is open is shown before it is paid', async ({ page, faults, api, say }) => {
  const code = `rise_${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
  const price = (tokens: number): void => {
    sql(
      `INSERT INTO products (id, kind, tokens, item, price_tokens, place, is_active) VALUES ('${code}', 'item', 0, 'felt_ruby', ${tokens}, 99, 1)
       ON CONFLICT (id) DO UPDATE SET price_tokens = excluded.price_tokens`,
    );
  };
  faults.allow(409, call('buy'));
  try {
    price(100);
    const shop = new ShopPage(page);
    await shop.browse('items');
    await shop.choose(shop.product(code));
    await shop.comesTo(100);
    price(150);
    await shop.payButton.click();
    await expect(page.getByTestId('checkout')).toContainText(say.error.price_changed);
    await shop.comesTo(150);
    await shop.showsBalance(FIRST_TOKENS);
    await shop.payButton.click();
    await shop.stands('captured');
    await shop.showsBalance(FIRST_TOKENS - 150);
    expect(await receiptsOf(api)).toHaveLength(1);
  } finally {
    sql(`UPDATE products SET is_active = 0 WHERE id = '${code}'`);
  }
});

test('dollars are a choice, and several cost as many times', async ({ page, member, say }) => {
  const shop = new ShopPage(page);
  await shop.browse('tokens');
  await page.getByRole('link', { name: say.shop.usd }).click();
  const pack = shop.product('tokens_12000');
  await shop.costs(pack, 999);
  await expect(pack, `for ${member.nickname}`).toContainText('$9.99');
  await shop.choose(pack);
  await shop.quantity.fill('2');
  await shop.quantity.blur();
  await shop.comesTo(1_998);
  await page.getByRole('button', { name: say.checkout.more }).click();
  await shop.comesTo(2_997);
  await expect(shop.after).toHaveAttribute('data-amount', '37000');
});

test('what costs too much says how many tokens are missing, and Pay is off until it does not', async ({ page, member, say }) => {
  let sent = 0;
  page.on('request', (request) => {
    if (call('buy').test(new URL(request.url()).pathname)) sent += 1;
  });
  const shop = new ShopPage(page);
  const short = page.getByTestId('short');
  await shop.browse('items');

  await test.step('by its number', async () => {
    await shop.choose(shop.product('consumable_training_scroll'));
    await shop.comesTo(400);
    await expect(short, `${member.nickname} has enough`).toHaveCount(0);
    await expect(shop.payButton).not.toHaveAttribute('aria-disabled', 'true');
    await shop.quantity.fill('3');
    await shop.quantity.blur();
    await shop.comesTo(1_200);
    await expect(short).toContainText(fill(say.checkout.short, { amount: 200 }));
    await expect(shop.payButton).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: say.checkout.less }).click();
    await shop.comesTo(800);
    await expect(short).toHaveCount(0);
    await expect(shop.payButton).not.toHaveAttribute('aria-disabled', 'true');
    await shop.closes();
  });

  await test.step('by its price', async () => {
    await shop.choose(shop.product('badge_diamond'));
    await expect(short).toContainText(fill(say.checkout.short, { amount: '4,000' }));
    await expect(shop.payButton).toHaveAccessibleDescription(new RegExp(fill(say.checkout.short, { amount: '4,000' })));
    await shop.payButton.press('Enter');
    await short.getByRole('link', { name: say.checkout.get_tokens }).click();
    await expect(shop.sheet, 'which would hide the tokens').toBeHidden();
    await expect(shop.product('tokens_1000')).toBeVisible();
    expect(sent, 'orders that were sent').toBe(0);
  });
});

test('what is worn shows on the profile and on the tables', async ({ page, api, say }) => {
  for (const product_id of ['felt_midnight', 'title_lucky_star']) {
    expect((await api.post('/api/shop/buy', { product_id, quantity: 1 })).status()).toBe(200);
  }
  expect((await api.post('/api/shop/buy', { product_id: 'tokens_1000', payment_method: 'card_ok' })).status()).toBe(200);
  expect((await api.post('/api/shop/buy', { product_id: 'frame_neon', quantity: 1 })).status()).toBe(200);

  const bag = new InventoryPage(page);
  await bag.visit();
  await expect(bag.items).toHaveCount(3);
  for (const code of ['felt_midnight', 'title_lucky_star', 'frame_neon']) {
    await bag.item(code).getByTestId('equip').click();
    await expect(bag.item(code)).toHaveAttribute('data-equipped', 'true');
  }
  await page.locator('.tab[href="/inventory?kind=frame&rarity=all"]').click();
  await expect(bag.items).toHaveCount(1);

  await page.goto('/profile');
  await expect(page.getByTestId('worn-frame')).toHaveAttribute('data-code', 'frame_neon');
  await expect(page.getByTestId('worn-title')).toHaveText(say.item.title_lucky_star);
  for (const path of ['/games/slot', '/games/rps', '/games/gacha', '/games/crash']) {
    await page.goto(path);
    await expect(page.getByTestId('felt')).toHaveAttribute('data-felt', 'felt_midnight');
  }

  await bag.visit();
  await bag.item('felt_midnight').getByTestId('unequip').click();
  await expect(bag.item('felt_midnight')).toHaveAttribute('data-equipped', 'false');
  await page.goto('/games/slot');
  await expect(page.getByTestId('reels')).toBeVisible();
  await expect(page.getByTestId('felt')).toHaveCount(0);
});

test('a consumable is asked for twice, and used once', async ({ page, api }) => {
  expect((await api.post('/api/shop/buy', { product_id: 'consumable_fortune_cookie', quantity: 2 })).status()).toBe(200);
  const bag = new InventoryPage(page);
  await bag.visit('/inventory?kind=consumable&rarity=all');
  const cookie = bag.item('consumable_fortune_cookie');
  await expect(cookie).toHaveAttribute('data-count', '2');
  await expect(cookie.getByTestId('use-now')).toBeHidden();
  await cookie.getByTestId('use').click();
  await cookie.getByTestId('use-now').click();
  await expect(cookie).toHaveAttribute('data-count', '1');
  await expect(bag.toasts.filter({ hasText: '100' })).toBeVisible();
});

/** Whether the middle of it is what a press there would meet. */
function isOnTop(it: Locator): Promise<boolean> {
  return it.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  });
}

/** A package of a test's own, of which there is one, on sale between two instants. */
function lastOne(from?: number, until?: number): string {
  const id = `rare_${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
  const contents = JSON.stringify([{ code: 'badge_clover', count: 1 }]);
  sql(
    `INSERT INTO limited_packages (id, price, tokens, items, stock, remaining, member_limit, starts_at, ends_at, place, is_active)
     VALUES ('${id}', 100, 0, '${contents}', 1, 1, 1, ${from ?? 'NULL'}, ${until ?? 'NULL'}, 99, 1)`,
  );
  return id;
}

/** Takes it from the shelf again. */
function stop(id: string): void {
  sql(`UPDATE limited_packages SET is_active = 0 WHERE id = '${id}'`);
}
