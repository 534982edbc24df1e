import { expect, type Locator, type Page } from '@playwright/test';

import { ClubPage } from './club';

/** What came of checking all hands. */
export interface Summary {
  checked: number;
  ok: number;
  failed: number;
}

export class FairnessPage extends ClubPage {
  protected override readonly path = '/fairness';
  readonly commitment: Locator;
  readonly clientSeed: Locator;
  readonly summary: Locator;
  readonly verdict: Locator;
  /** The hands that do not match. */
  readonly bad: Locator;

  constructor(page: Page) {
    super(page);
    this.commitment = page.getByTestId('active-commitment');
    this.clientSeed = page.getByTestId('client-seed');
    this.summary = page.getByTestId('verify-summary');
    this.verdict = page.getByTestId('verify-verdict');
    this.bad = page.getByTestId('verify-fault');
  }

  /** Reveals the seed in use, and waits until the next one has taken its place. */
  async rotate(): Promise<void> {
    const before = await this.commitment.innerText();
    await this.page.getByTestId('rotate').click();
    await expect(this.commitment).not.toHaveText(before);
  }

  /** Changes the member's half of the seed. */
  async chooseSeed(seed: string): Promise<void> {
    await this.clientSeed.fill(seed);
    await this.clientSeed.press('Enter');
    await expect(this.toasts.last()).toBeVisible();
  }

  /** Lets the browser check every hand. */
  async verifyAll(timeout = 20_000): Promise<Summary> {
    await this.page.getByTestId('verify-all').click();
    await expect(this.summary).toHaveAttribute('data-state', 'done', { timeout });
    const { checked, ok, failed } = await this.summary.evaluate((it) => ({ ...it.dataset }));
    return { checked: Number(checked), ok: Number(ok), failed: Number(failed) };
  }

  /** Lets the browser check one hand. */
  async verifyOne(handId: string): Promise<void> {
    await this.page.getByTestId('verify-input').fill(handId);
    await this.page.getByTestId('verify-one').click();
  }
}
