import { expect } from '@playwright/test';

import type { Credentials } from '../api';
import { ClubPage } from './club';

export class SignInPage extends ClubPage {
  protected override readonly path = '/login';

  async fill({ site_id, password }: Credentials): Promise<void> {
    await this.field('site_id').fill(site_id);
    await this.field('password').fill(password);
  }

  async send(): Promise<void> {
    await this.field('password').press('Enter');
  }

  /** Fills the form in, sends it, and waits to be inside. */
  async enter(credentials: Credentials): Promise<void> {
    await this.fill(credentials);
    await this.send();
    await expect(this.balance).toBeVisible();
    await expect(this.page).not.toHaveURL(/\/login/);
  }
}
