import type { Locator, Page } from '@playwright/test';

import { ClubPage } from './club';

export class SettingsPage extends ClubPage {
  protected override readonly path = '/settings';
  readonly devices: Locator;
  readonly logout: Locator;
  readonly logoutAll: Locator;

  constructor(page: Page) {
    super(page);
    this.devices = page.getByTestId('device-row');
    this.logout = page.getByTestId('logout');
    this.logoutAll = page.getByTestId('logout-all');
  }

  /** A choice of how the club looks and sounds, such as `motion-less`. */
  choice(name: string): Locator {
    return this.page.getByTestId(name);
  }

  /** The fold of this name, with its form. */
  fold(summary: string): Locator {
    return this.page.locator('.fold').filter({ has: this.page.locator('summary', { hasText: summary }) });
  }

  /** Opens the form that this summary belongs to. */
  async unfold(summary: string): Promise<void> {
    await this.fold(summary).locator('summary').click();
  }

  /** Fills in the form that has all of these fields, and sends it. */
  async change(values: Record<string, string>): Promise<void> {
    const names = Object.keys(values);
    const form = names.reduce((forms, name) => forms.filter({ has: this.field(name) }), this.page.locator('form'));
    const field = (name: string): Locator => form.locator(`input[name="${name}"]`);
    for (const name of names) await field(name).fill(values[name]!);
    await field(names.at(-1)!).press('Enter');
  }
}
