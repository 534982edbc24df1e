import type { Locator, Page } from '@playwright/test';

import { ClubPage } from './club';

export class NotificationsPage extends ClubPage {
  protected override readonly path = '/notifications';
  readonly rows: Locator;
  readonly bell: Locator;

  constructor(page: Page) {
    super(page);
    this.rows = page.getByTestId('notification');
    this.bell = page.getByTestId('bell');
  }
}
