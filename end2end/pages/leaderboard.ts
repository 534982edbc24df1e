import type { Locator, Page } from '@playwright/test';

import { ClubPage } from './club';

export class LeaderboardPage extends ClubPage {
  protected override readonly path = '/leaderboard';
  readonly place: Locator;
  readonly own: Locator;

  constructor(page: Page) {
    super(page);
    this.place = page.getByTestId('place');
    this.own = page.getByTestId('own-place');
  }
}
