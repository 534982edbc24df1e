import { expect, type Locator, type Page, type Response, test } from '@playwright/test';

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
  /** Stands where a part of the page did not come. */
  readonly trouble: Locator;
  /** In the header, where the page was not told who looks. */
  readonly notKnown: Locator;

  constructor(readonly page: Page) {
    this.balance = page.getByTestId('balance');
    this.signIn = page.locator('header a[href^="/login"]');
    this.toasts = page.getByTestId('toast');
    this.crossing = page.getByTestId('crossing');
    this.arrived = page.getByTestId('arrived');
    this.line = page.getByTestId('line');
    this.trouble = page.getByTestId('part-trouble');
    this.notKnown = page.getByTestId('not-known');
  }

  /** Opens it and waits until it is alive. */
  async visit(path = this.path): Promise<Response | null> {
    const response = await this.page.goto(path);
    await this.alive();
    return response;
  }

  /** Presses it: with a finger where there is a touch screen, else with the mouse. */
  async press(button: Locator): Promise<void> {
    await (test.info().project.use.hasTouch ? button.tap() : button.click());
  }

  /** Opens a sheet by the name of its button. */
  async opens(name: string): Promise<Locator> {
    await this.press(this.page.getByRole('button', { name }));
    const sheet = this.page.getByRole('dialog');
    await expect(sheet).toBeVisible();
    return sheet;
  }

  /** Closes the sheet that is open. */
  async closes(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('dialog')).toBeHidden();
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
