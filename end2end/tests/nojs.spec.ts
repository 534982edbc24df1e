// A browser that runs no scripts. What the forms do is tested in `server/tests/http/plain`; this shows that a real
// browser may send them, under the policy that the pages carry.

import { expect, test } from '../fixtures';
import { ReceiptsPage, ShopPage } from '../pages/shop';
import { SignUpPage } from '../pages/sign-up';

test.use({ javaScriptEnabled: false });

test('somebody joins, reads the slot and buys tokens', async ({ page, stranger, say }) => {
  const door = new SignUpPage(page);
  await page.goto('/signup');
  await door.join(stranger);
  await door.showsBalance(1_000);
  await expect(page.locator('body')).not.toHaveAttribute('data-hydrated', 'true');
  await page.goto('/games/slot');
  await expect(page).toHaveTitle(say.title.slot);
  await expect(page.getByTestId('reels').locator('.cell:visible')).not.toHaveCount(0);

  const shop = new ShopPage(page);
  await page.goto('/shop');
  await shop.product('tokens_1000').getByTestId('buy').click();
  await expect(shop.checkout).toBeVisible();
  await shop.method('card_ok').check();
  await shop.payButton.click();
  await expect(page).toHaveURL(/\/receipts\/[A-Z]+-\d+$/);
  const receipts = new ReceiptsPage(page);
  await expect(receipts.receipt).toHaveAttribute('data-status', 'captured');
  await receipts.showsBalance(2_000);
});
