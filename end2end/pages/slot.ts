import { expect, type Locator, type Page } from '@playwright/test';

import { call } from '../calls';
import { ClubPage } from './club';

/** What the club answers to a spin. */
export interface Spin {
  hand_id: string;
  win_amount: number;
  balance: number;
  seq: number;
}

export class SlotPage extends ClubPage {
  protected override readonly path = '/games/slot';
  readonly reels: Locator;
  readonly spinButton: Locator;
  readonly stake: Locator;
  readonly result: Locator;
  readonly hands: Locator;

  constructor(page: Page) {
    super(page);
    this.reels = page.getByTestId('reels');
    this.spinButton = page.getByTestId('spin');
    this.stake = page.getByTestId('stake');
    this.result = page.getByTestId('slot-result');
    this.hands = page.getByTestId('hand-row');
  }

  lines(count: number): Locator {
    return this.page.getByTestId(`lines-${count}`);
  }

  async choose(lines: number, stake: number): Promise<void> {
    await this.press(this.lines(lines));
    await expect(this.lines(lines)).toHaveAttribute('aria-pressed', 'true');
    await this.stake.fill(String(stake));
    await this.stake.blur();
    await expect(this.stake).toHaveValue(String(stake));
  }

  /** The answer to the next spin that the club takes. */
  async nextSpin(): Promise<Spin> {
    const response = await this.page.waitForResponse((it) => {
      return it.request().method() === 'POST' && call('spin').test(new URL(it.url()).pathname) && it.ok();
    });
    return (await response.json()) as Spin;
  }

  /** Spins once, taps the reels to see the result at once, and waits until it is shown. */
  async spin(): Promise<Spin> {
    const answer = this.nextSpin();
    await this.press(this.spinButton);
    await this.reels.dispatchEvent('click');
    const spin = await answer;
    await this.shows(spin);
    return spin;
  }

  /** Waits until the result of this spin is shown to its end. */
  async shows(spin: Spin): Promise<void> {
    await expect(this.hands.first()).toHaveAttribute('data-hand-id', spin.hand_id);
    await expect(this.reels).toHaveAttribute('data-state', 'idle');
    await expect(this.result).not.toBeEmpty();
  }
}
