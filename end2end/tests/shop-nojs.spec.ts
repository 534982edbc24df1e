// The shop in a browser that runs no scripts.

import type { Page } from '@playwright/test';

import { Api } from '../api';
import { call } from '../calls';
import { origin } from '../environment';
import { expect, type Member, test } from '../fixtures';
import { InventoryPage, ReceiptsPage, ShopPage } from '../pages/shop';
import { SignInPage } from '../pages/sign-in';
import { SignUpPage } from '../pages/sign-up';

test.use({ javaScriptEnabled: false });

test('tokens and a limited package are bought, and the receipt is read', async ({ page, stranger, say }) => {
  await joinPlainly(page, stranger);
  const shop = new ShopPage(page);
  await page.goto('/shop');
  await shop.product('tokens_1000').getByTestId('buy').click();
  await expect(shop.checkout).toBeVisible();
  await shop.method('card_ok').check();
  const answer = page.waitForResponse((it) => call('buy').test(new URL(it.url()).pathname));
  await shop.payButton.click();
  expect((await answer).status()).toBe(302);
  await expect(page).toHaveURL(/\/receipts\/[A-Z]+-\d+$/);
  const receipts = new ReceiptsPage(page);
  await expect(receipts.receipt).toHaveAttribute('data-status', 'captured');
  await receipts.showsBalance(2_000);

  await page.goto('/shop?category=packages');
  await shop.limited('lantern_festival').getByTestId('buy').click();
  await shop.apply('LANTERN300');
  await shop.comesTo(500);
  await expect(shop.promo).toHaveValue('LANTERN300');
  const kept = await page.request.get(page.url());
  expect(kept.headers()['cache-control']).toBe('no-store');
  await shop.payButton.click();
  await expect(receipts.receipt).toContainText('LANTERN300');
  await receipts.showsBalance(1_500);
  await expect(receipts.receipt).toContainText(say.ware.lantern_festival);
});

test('a form that is refused comes back with why, and keeps what was typed', async ({ page, stranger, say }) => {
  await joinPlainly(page, stranger);
  const shop = new ShopPage(page);
  await page.goto('/shop/checkout?product_id=tokens_1000&currency=KRW');
  await shop.method('card_declined').check();
  await shop.payButton.click();
  await expect(shop.fieldError('payment_method')).toHaveText(say.error.payment_declined);
  await expect(shop.method('card_declined')).toBeChecked();
  await page.goto('/shop/checkout?product_id=felt_midnight');
  await shop.promo.fill('nobody-said-this');
  await shop.payButton.click();
  await expect(shop.fieldError('promo_code')).toHaveText(say.error.promo_invalid);
  await expect(shop.promo).toHaveValue('nobody-said-this');
});

test('the same form sent twice buys once', async ({ page, stranger }) => {
  await joinPlainly(page, stranger);
  await page.goto('/shop/checkout?product_id=felt_midnight');
  const action = (await page.getByTestId('checkout').getAttribute('action'))!;
  const fields = await page.getByTestId('checkout').evaluate((form) => {
    return Object.fromEntries([...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value)]));
  });
  const headers = { accept: 'text/html', origin };
  for (let times = 0; times < 2; times += 1) {
    const answer = await page.request.post(action, { form: fields, headers, maxRedirects: 0 });
    expect(answer.status()).toBe(302);
    expect(answer.headers().location).toMatch(/^\/receipts\//);
  }
  await page.goto('/receipts');
  await expect(new ReceiptsPage(page).rows).toHaveCount(1);
});

test('a frame is put on and taken off', async ({ page, stranger, request }) => {
  const api = await Api.join(request, stranger);
  expect((await api.post('/api/shop/buy', { product_id: 'felt_midnight', quantity: 1 })).status()).toBe(200);
  await page.goto('/login?next=/inventory');
  await new SignInPage(page).enter(stranger);
  const bag = new InventoryPage(page);
  await bag.item('felt_midnight').getByTestId('equip').click();
  await expect(bag.item('felt_midnight')).toHaveAttribute('data-equipped', 'true');
  await bag.item('felt_midnight').getByTestId('unequip').click();
  await expect(bag.item('felt_midnight')).toHaveAttribute('data-equipped', 'false');
});

async function joinPlainly(page: Page, stranger: Member): Promise<void> {
  const door = new SignUpPage(page);
  await page.goto('/signup');
  await door.join(stranger);
  await door.showsBalance(1_000);
}
