import { expect } from '@playwright/test';

import type { SignUp } from '../api';
import { ClubPage } from './club';

export class SignUpPage extends ClubPage {
  protected override readonly path = '/signup';

  async fill(form: SignUp): Promise<void> {
    for (const name of ['site_id', 'nickname', 'phone_number', 'password', 'invite_code'] as const) {
      await this.field(name).fill(form[name]);
    }
  }

  /** Sends the form with Enter, as from a keyboard. */
  async send(): Promise<void> {
    await this.field('invite_code').press('Enter');
  }

  /** Fills the form in, sends it, and waits to be inside. */
  async join(form: SignUp): Promise<void> {
    await this.fill(form);
    await this.send();
    await expect(this.balance).toBeVisible();
    await expect(this.page).not.toHaveURL(/\/signup/);
  }
}
