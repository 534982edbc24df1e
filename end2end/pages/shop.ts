import { expect, type Locator, type Page } from '@playwright/test';

import type { Api } from '../api';
import { ClubPage } from './club';

export type Category = 'tokens' | 'items' | 'packages';
/** How a payment of the practice gateway ends. */
export type Method = 'card_ok' | 'card_declined' | 'card_pending';

/** A receipt, as the REST interface says. */
export interface Receipt {
  receipt_code: string;
  kind: 'tokens' | 'item' | 'package';
  status: string;
  lines: { product_id: string; quantity: number }[];
  list_total: { amount: number; currency: string };
  total: { amount: number; currency: string };
  promo_code: string | null;
  history: { status: string }[];
}

export class ShopPage extends ClubPage {
  protected override readonly path = '/shop';
  readonly sheet: Locator;
  readonly checkout: Locator;
  readonly quantity: Locator;
  readonly promo: Locator;
  readonly promoFold: Locator;
  readonly applyPromo: Locator;
  readonly total: Locator;
  readonly after: Locator;
  readonly payButton: Locator;
  readonly outcome: Locator;
  readonly toReceipt: Locator;

  constructor(page: Page) {
    super(page);
    this.sheet = page.getByRole('dialog');
    this.checkout = page.getByTestId('checkout');
    this.quantity = page.getByTestId('quantity');
    this.promo = page.getByTestId('promo');
    this.promoFold = page.getByTestId('promo-fold');
    this.applyPromo = page.getByTestId('apply-promo');
    this.total = page.getByTestId('total');
    this.after = page.getByTestId('balance-after');
    this.payButton = page.getByTestId('pay');
    this.outcome = page.getByTestId('outcome');
    this.toReceipt = page.getByTestId('to-receipt');
  }

  /** Opens a part of the shop, with tokens priced in that currency. */
  async browse(category: Category, currency = 'KRW'): Promise<void> {
    await this.visit(`/shop?category=${category}&currency=${currency}`);
  }

  product(code: string): Locator {
    return this.page.locator(`[data-testid="product"][data-code="${code}"]`);
  }

  limited(code: string): Locator {
    return this.page.locator(`[data-testid="package"][data-code="${code}"]`);
  }

  method(method: Method): Locator {
    return this.page.getByTestId(`method-${method}`);
  }

  /** Opens the sheet that buys it. */
  async choose(ware: Locator): Promise<void> {
    await this.press(ware.getByTestId('buy'));
    await expect(this.sheet).toBeVisible();
    await expect(this.checkout).toBeVisible();
  }

  /** The price on a card, in minor units. */
  async costs(ware: Locator, amount: number): Promise<void> {
    await expect(ware.getByTestId('price')).toHaveAttribute('data-amount', String(amount));
  }

  /** What would be paid, in minor units. */
  async comesTo(amount: number): Promise<void> {
    await expect(this.total).toHaveAttribute('data-amount', String(amount));
  }

  /** Types a promo code, whose field is folded at first. */
  async typePromo(code: string): Promise<void> {
    if (!(await this.promo.isVisible())) await this.promoFold.click();
    await this.promo.fill(code);
  }

  /** Types a promo code and asks what it does to the price. */
  async apply(code: string): Promise<void> {
    await this.typePromo(code);
    await this.applyPromo.click();
  }

  /** Waits until the purchase stands like this; gives its receipt's number. */
  async stands(status: string): Promise<string> {
    await expect(this.outcome).toHaveAttribute('data-status', status, { timeout: 20_000 });
    return (await this.outcome.getAttribute('data-receipt'))!;
  }
}

export class ReceiptsPage extends ClubPage {
  protected override readonly path = '/receipts';
  readonly rows: Locator;
  readonly receipt: Locator;
  readonly steps: Locator;
  readonly total: Locator;
  readonly verify: Locator;
  readonly verdict: Locator;

  constructor(page: Page) {
    super(page);
    this.rows = page.getByTestId('receipt-row');
    this.receipt = page.getByTestId('receipt');
    this.steps = page.getByTestId('receipt-step');
    this.total = page.getByTestId('receipt-total');
    this.verify = page.getByTestId('verify');
    this.verdict = page.getByTestId('verify-verdict');
  }

  row(code: string): Locator {
    return this.page.locator(`[data-testid="receipt-row"][data-code="${code}"]`);
  }
}

export class InventoryPage extends ClubPage {
  protected override readonly path = '/inventory';
  readonly items: Locator;

  constructor(page: Page) {
    super(page);
    this.items = page.getByTestId('item');
  }

  item(code: string): Locator {
    return this.page.locator(`[data-testid="item"][data-code="${code}"]`);
  }
}

/** The member's purchases, the newest first, as the REST interface says. */
export async function receiptsOf(api: Api): Promise<Receipt[]> {
  const answer = await api.get('/api/shop/transactions?limit=200');
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { items: Receipt[] }).items;
}
