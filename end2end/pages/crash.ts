import { expect, type Locator, type Page, type Response } from '@playwright/test';

import { call } from '../calls';
import { ClubPage } from './club';

/** What the club answers to a bet. */
export interface Bet {
  game_id: string;
  started_at: string;
  bet_amount: number;
  balance: number;
  seq: number;
}

/** What it answers to a cash-out. */
export interface Cashout {
  game_id: string;
  cashed_out_at: number;
  win_amount: number;
  payout: number;
  balance: number;
  seq: number;
}

export class CrashPage extends ClubPage {
  protected override readonly path = '/games/crash';
  readonly state: Locator;
  readonly times: Locator;
  readonly button: Locator;
  readonly stake: Locator;
  readonly auto: Locator;
  readonly autoFault: Locator;
  readonly closed: Locator;
  readonly delay: Locator;
  /** What a screen reader hears. */
  readonly result: Locator;
  readonly points: Locator;
  readonly hands: Locator;

  constructor(page: Page) {
    super(page);
    this.state = page.getByTestId('crash-state');
    this.times = page.getByTestId('crash-times');
    this.button = page.getByTestId('crash-button');
    this.stake = page.getByTestId('stake');
    this.auto = page.getByTestId('crash-auto');
    this.autoFault = page.getByTestId('crash-auto-fault');
    this.closed = page.getByTestId('crash-closed');
    this.delay = page.getByTestId('crash-delay');
    this.result = page.getByTestId('crash-result');
    this.points = page.getByTestId('crash-points').locator('li');
    this.hands = page.getByTestId('hand-row');
  }

  async choose(stake: number, auto = ''): Promise<void> {
    await this.stake.fill(String(stake));
    await this.stake.blur();
    await expect(this.stake).toHaveValue(String(stake));
    await this.auto.fill(auto);
    await this.auto.blur();
  }

  /** The answer to the next bet that the club takes. */
  async nextBet(): Promise<Bet> {
    return (await (await this.answer('place_bet')).json()) as Bet;
  }

  /** The answer to the next cash-out that the club takes. */
  async nextCashout(): Promise<Cashout> {
    return (await (await this.answer('cash_out')).json()) as Cashout;
  }

  async bet(press = (): Promise<void> => this.press(this.button)): Promise<Bet> {
    const answer = this.nextBet();
    await press();
    const bet = await answer;
    await expect(this.state).toHaveAttribute('data-game-id', bet.game_id);
    return bet;
  }

  async cashOut(press = (): Promise<void> => this.press(this.button)): Promise<Cashout> {
    const answer = this.nextCashout();
    await press();
    const taken = await answer;
    await this.showsEnd(taken.game_id, 'cashed');
    return taken;
  }

  /** The multiplier on the page. */
  async shown(): Promise<number> {
    return Number((await this.times.innerText()).replace('×', ''));
  }

  async climbsTo(times: number): Promise<void> {
    await expect.poll(() => this.shown(), { intervals: [50], timeout: 30_000 }).toBeGreaterThanOrEqual(times);
  }

  /** Waits until the page shows that this round has ended, and how. */
  async showsEnd(game: string, end: 'cashed' | 'crashed'): Promise<void> {
    await expect(this.hands.first()).toHaveAttribute('data-hand-id', game, { timeout: 30_000 });
    await expect(this.state).toHaveAttribute('data-end', end);
    await expect(this.state).toHaveAttribute('data-phase', 'idle');
    await expect(this.points.first()).toHaveAttribute('data-game-id', game);
    await expect(this.result).not.toBeEmpty();
  }

  private answer(name: string): Promise<Response> {
    return this.page.waitForResponse((it) => {
      return it.request().method() === 'POST' && call(name).test(new URL(it.url()).pathname) && it.ok();
    });
  }
}
