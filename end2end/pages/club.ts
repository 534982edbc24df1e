import { expect, type Locator, type Page, type Response } from '@playwright/test';

import type { Language } from '../words';

/** What every page of the club has: the header, the navigation, the notices. */
export class ClubPage {
  /** Where it stands. */
  protected readonly path: string = '/';
  readonly balance: Locator;
  readonly signIn: Locator;
  readonly toasts: Locator;
  /** Shown while another page is on its way. */
  readonly crossing: Locator;
  /** What a screen reader hears when it came. */
  readonly arrived: Locator;
  /** Says that the line to the club is lost. */
  readonly line: Locator;

  constructor(readonly page: Page) {
    this.balance = page.getByTestId('balance');
    this.signIn = page.locator('header a[href^="/login"]');
    this.toasts = page.getByTestId('toast');
    this.crossing = page.getByTestId('crossing');
    this.arrived = page.getByTestId('arrived');
    this.line = page.getByTestId('line');
  }

  /** Opens it and waits until it is alive. */
  async visit(path = this.path): Promise<Response | null> {
    const response = await this.page.goto(path);
    await this.alive();
    return response;
  }

  async alive(): Promise<void> {
    await expect(this.page.locator('body')).toHaveAttribute('data-hydrated', 'true');
  }

  /** Waits until the header shows this balance and no longer counts. */
  async showsBalance(tokens: number): Promise<void> {
    await expect(this.balance).toHaveAttribute('data-value', String(tokens));
  }

  language(language: Language): Locator {
    return this.page.getByTestId(`lang-${language}`);
  }

  async speaks(language: Language): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('lang', language);
  }

  field(name: string): Locator {
    return this.page.locator(`input[name="${name}"]`);
  }

  fieldError(name: string): Locator {
    return this.page.getByTestId(`field-error-${name}`);
  }

  get formError(): Locator {
    return this.page.getByTestId('form-error');
  }
}
