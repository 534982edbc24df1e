import { expect, type Locator, type Page } from '@playwright/test';

import { call } from '../calls';
import { ClubPage } from './club';

export type Shape = 'rock' | 'paper' | 'scissors';
export type Verdict = 'win' | 'draw' | 'lose';

/** What the club answers to a throw. */
export interface Throw {
  hand_id: string;
  player_choice: Shape;
  computer_choice: Shape;
  result: Verdict;
  win_amount: number;
  balance: number;
  seq: number;
}

export class RpsPage extends ClubPage {
  protected override readonly path = '/games/rps';
  readonly state: Locator;
  readonly house: Locator;
  readonly stake: Locator;
  readonly result: Locator;
  readonly strip: Locator;
  readonly hands: Locator;

  constructor(page: Page) {
    super(page);
    this.state = page.getByTestId('rps-state');
    this.house = page.getByTestId('rps-house');
    this.stake = page.getByTestId('stake');
    this.result = page.getByTestId('rps-result');
    this.strip = page.getByTestId('rps-strip');
    this.hands = page.getByTestId('hand-row');
  }

  choice(shape: Shape): Locator {
    return this.page.getByTestId(`throw-${shape}`);
  }

  async choose(stake: number): Promise<void> {
    await this.stake.fill(String(stake));
    await this.stake.blur();
    await expect(this.stake).toHaveValue(String(stake));
  }

  /** The answer to the next throw that the club takes. */
  async nextThrow(): Promise<Throw> {
    const response = await this.page.waitForResponse((it) => {
      return it.request().method() === 'POST' && call('throw').test(new URL(it.url()).pathname) && it.ok();
    });
    return (await response.json()) as Throw;
  }

  /** Throws once, taps the hands to see the result at once, and waits until it is shown. */
  async throw(shape: Shape): Promise<Throw> {
    const answer = this.nextThrow();
    await this.press(this.choice(shape));
    await this.state.dispatchEvent('click');
    const thrown = await answer;
    await this.shows(thrown);
    return thrown;
  }

  /** Waits until the result of this throw is shown to its end. */
  async shows(thrown: Throw): Promise<void> {
    await expect(this.hands.first()).toHaveAttribute('data-hand-id', thrown.hand_id);
    await expect(this.state).toHaveAttribute('data-phase', 'idle');
    await expect(this.state).toHaveAttribute('data-result', thrown.result);
    await expect(this.house).toHaveAttribute('data-shape', thrown.computer_choice);
    await expect(this.result).not.toBeEmpty();
  }
}
