import { expect, type Locator, type Page } from '@playwright/test';

import type { Api } from '../api';
import { call } from '../calls';
import { ClubPage } from './club';

export type Rarity = 'common' | 'rare' | 'epic' | 'legendary';

/** What the club answers to a pull. */
export interface Pulled {
  hand_id: string;
  items: { code: string; rarity: Rarity; count: number }[];
  cost: number;
  pity: number;
  balance: number;
  seq: number;
}

/** Where a member stands, as the REST interface says. */
export interface Stats {
  pulls: number;
  pity: number;
  next_odds: Record<Rarity, number>;
  chances: { pulls: number; epic: number; legendary: number }[];
  worst_case_cost: number;
  collection: { code: string; count: number }[];
}

export class GachaPage extends ClubPage {
  protected override readonly path = '/games/gacha';
  readonly state: Locator;
  readonly items: Locator;
  readonly pity: Locator;
  readonly owned: Locator;
  readonly missing: Locator;
  readonly showAll: Locator;
  readonly odds: Locator;
  readonly sheet: Locator;
  readonly result: Locator;
  readonly hands: Locator;
  readonly csv: Locator;

  constructor(page: Page) {
    super(page);
    this.state = page.getByTestId('gacha-state');
    this.items = page.getByTestId('gacha-item');
    this.pity = page.getByTestId('pity');
    this.owned = page.getByTestId('owned');
    this.missing = page.getByTestId('missing');
    this.showAll = page.getByTestId('show-all');
    this.odds = page.getByTestId('odds');
    this.sheet = page.getByRole('dialog');
    this.result = page.getByTestId('gacha-result');
    this.hands = page.getByTestId('hand-row');
    this.csv = page.getByTestId('history-csv');
  }

  button(count: 1 | 10): Locator {
    return this.page.getByTestId(`pull-${count}`);
  }

  /** The price on a button. */
  price(count: 1 | 10): Locator {
    return this.button(count).locator('[data-value]');
  }

  /** How many tokens are missing for it, on the button. */
  short(count: 1 | 10): Locator {
    return this.button(count).getByTestId('short');
  }

  /** The answer to the next pull that the club takes. */
  async nextPull(): Promise<Pulled> {
    const response = await this.page.waitForResponse((it) => {
      return it.request().method() === 'POST' && call('pull').test(new URL(it.url()).pathname) && it.ok();
    });
    return (await response.json()) as Pulled;
  }

  /** Pulls, and waits until all of it is shown; in a calm browser that is at once. */
  async pull(count: 1 | 10): Promise<Pulled> {
    const answer = this.nextPull();
    await this.press(this.button(count));
    const pulled = await answer;
    await this.shows(pulled);
    return pulled;
  }

  /** Waits until a round is shown to its end. */
  async shows(pulled: Pulled): Promise<void> {
    await expect(this.hands.first()).toHaveAttribute('data-hand-id', pulled.hand_id);
    await expect(this.state).toHaveAttribute('data-phase', 'idle');
    await expect(this.items).toHaveCount(pulled.items.length);
    const shown = await this.items.evaluateAll((all) => all.map((it) => [it.dataset.code, it.dataset.rarity]));
    expect(shown).toEqual(pulled.items.map((it) => [it.code, it.rarity]));
    await expect(this.result).not.toBeEmpty();
    expect(await this.cutOff(), 'items that are not wholly on the stage').toEqual([]);
  }

  /** The items that reach beyond the stage, which shows nothing outside itself. */
  private cutOff(): Promise<(string | undefined)[]> {
    return this.state.evaluate((stage) => {
      const room = stage.getBoundingClientRect();
      const items = [...stage.querySelectorAll<HTMLElement>('[data-testid="gacha-item"]')];
      const isCut = (it: HTMLElement): boolean => {
        const box = it.getBoundingClientRect();
        return box.top < room.top || box.bottom > room.bottom || box.left < room.left || box.right > room.right;
      };
      return items.filter(isCut).map((it) => it.dataset.code);
    });
  }

  /** What the collection on the page says is owned, by code. */
  async collection(): Promise<Record<string, number>> {
    const pairs = await this.owned.evaluateAll((all) => all.map((it) => [it.dataset.code!, Number(it.dataset.count)] as const));
    return Object.fromEntries(pairs);
  }
}

/** Where the member stands, as the REST interface says. */
export async function statsOf(api: Api): Promise<Stats> {
  const answer = await api.get('/api/games/gacha/stats');
  expect(answer.status()).toBe(200);
  return (await answer.json()) as Stats;
}

/** Parts of 100,000 as the page writes them. */
export function exactly(parts: number): string {
  return `${Math.floor(parts / 1_000)}.${String(parts % 1_000).padStart(3, '0')}%`;
}
