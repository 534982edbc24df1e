import { expect, type Locator, type Page } from '@playwright/test';

import type { Credentials } from '../api';
import { ClubPage } from './club';

/** Any page of the desk, where staff run the club: it never wakes, and every press of a link or a button loads a page. */
export class DeskPage extends ClubPage {
  protected override readonly path = '/admin';
  readonly heading: Locator;
  /** Who looks, in the bar. */
  readonly who: Locator;
  /** What was done from here just now. */
  readonly told: Locator;
  readonly staff: Locator;
  /** What the member whose form is open is now. */
  readonly stands: Locator;
  /** The acts of staff, the newest first. */
  readonly acts: Locator;
  /** The way to any member, on every page. */
  readonly search: Locator;
  readonly members: Locator;
  /** How the member whose page is open stands. */
  readonly standing: Locator;
  /** What they hold. */
  readonly holds: Locator;
  /** What happened to them, the newest first. */
  readonly moments: Locator;

  constructor(page: Page) {
    super(page);
    this.heading = page.getByRole('heading', { level: 1 });
    this.who = page.getByTestId('desk-who');
    this.told = page.getByTestId('told');
    this.staff = page.getByTestId('staff-row');
    this.stands = page.getByTestId('stands');
    this.acts = page.getByTestId('audit-row');
    this.search = page.getByTestId('desk-search');
    this.members = page.getByTestId('member-row');
    this.standing = page.getByTestId('standing');
    this.holds = page.getByTestId('member-balance');
    this.moments = page.getByTestId('moment');
  }

  /** Nothing wakes: it is as alive as it will be once it is there. */
  override async alive(): Promise<void> {
    await this.page.waitForLoadState();
  }

  /** Signs in at the door of the desk, which is open, with a code where one is needed. */
  async enters({ site_id, password }: Credentials, code = ''): Promise<void> {
    await this.of('enter', 'site_id').fill(site_id);
    await this.of('enter', 'password').fill(password);
    await this.of('enter', 'code').fill(code);
    await this.does('enter');
  }

  /** Goes to a page by its name on the rail. */
  async goes(name: string): Promise<void> {
    await this.press(this.page.locator('.desk-rail').getByRole('link', { name, exact: true }));
  }

  /** Asks for a member by their number. */
  async finds(member: number): Promise<void> {
    await this.field('user').fill(String(member));
    await this.field('user').press('Enter');
    await this.page.waitForURL(`**/admin/staff?user=${member}`);
  }

  /** Searches for members by what was typed. */
  async searches(typed: string): Promise<void> {
    await this.search.fill(typed);
    await this.search.press('Enter');
    await this.page.waitForURL((url) => url.pathname === '/admin/members' && url.searchParams.get('search') === typed);
  }

  /** The field of an act's form: each has fields of the same names. */
  of(act: string, field: string): Locator {
    return this.page.locator(`#field-${act}-${field}`);
  }

  /** Opens the form of an act by its name. */
  async unfolds(act: string): Promise<void> {
    await this.press(this.page.getByTestId(act));
    await expect(this.page.getByTestId(`${act}-now`)).toBeVisible();
  }

  /** Why the form of an act was refused, where no field says so. */
  refusal(act: string): Locator {
    return this.page.locator('details').filter({ has: this.page.getByTestId(`${act}-now`) }).getByTestId('form-error');
  }

  /** Sends the form of an act. */
  async does(act: string): Promise<void> {
    await this.press(this.page.getByTestId(`${act}-now`));
  }

  role(name: string): Locator {
    return this.page.getByTestId(`role-${name}`);
  }

  /** Saves what is ticked, for this reason. */
  async saves(reason: string): Promise<void> {
    await this.field('reason').fill(reason);
    await this.press(this.page.getByTestId('save-roles'));
  }

  /** Filters the acts by one thing. */
  async filters(name: string, value: string): Promise<void> {
    await this.field(name).fill(value);
    await this.press(this.page.getByTestId('filter'));
    await this.page.waitForURL((url) => url.searchParams.get(name) === value);
  }
}
