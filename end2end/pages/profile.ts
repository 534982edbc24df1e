import { expect, type Locator, type Page } from '@playwright/test';

import { ClubPage } from './club';

/** A line of the ledger as the page shows it. */
export interface Line {
  seq: number;
  balance: number;
}

export class ProfilePage extends ClubPage {
  protected override readonly path = '/profile';
  readonly hands: Locator;
  readonly ledger: Locator;
  readonly stats: Locator;
  readonly liveStatus: Locator;
  readonly chart: Locator;

  constructor(page: Page) {
    super(page);
    this.hands = page.getByTestId('hand-row');
    this.ledger = page.getByTestId('ledger-row');
    this.stats = page.getByTestId('game-stats');
    this.liveStatus = page.getByTestId('live-game-status');
    this.chart = page.getByTestId('balance-chart');
  }

  achievement(code: string): Locator {
    return this.page.locator(`[data-testid="achievement"][data-code="${code}"]`);
  }

  /** The newest lines of the ledger, the newest first. */
  async lines(): Promise<Line[]> {
    await expect(this.ledger.first()).toBeVisible();
    return this.ledger.evaluateAll((rows) =>
      rows.map((row) => ({ seq: Number(row.dataset.seq), balance: Number(row.dataset.balance) })),
    );
  }

  /** Every hand, leafing to the end. */
  async allHands(): Promise<string[]> {
    const older = this.page.locator('.card', { has: this.hands }).locator('a[rel="next"]');
    const ids: string[] = [];
    for (;;) {
      await expect(this.hands.first()).toBeVisible();
      const shown = await this.hands.evaluateAll((rows) => rows.map((row) => row.dataset.handId ?? ''));
      ids.push(...shown);
      if ((await older.count()) === 0) return ids;
      await older.click();
      await expect(this.hands.first()).not.toHaveAttribute('data-hand-id', shown[0]!);
    }
  }
}
