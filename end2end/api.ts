// The club's REST interface, as another client sees it: a bearer token, no cookies.

import { type APIRequestContext, type APIResponse, expect } from '@playwright/test';

export interface Credentials {
  site_id: string;
  password: string;
}

/** All that somebody says to join. */
export interface SignUp extends Credentials {
  nickname: string;
  phone_number: string;
  invite_code: string;
}

export interface User {
  id: number;
  site_id: string;
  nickname: string;
  cyber_token_balance: number;
}

/** What a sign-up or a sign-in answers. */
export interface Token {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  user: User;
}

export interface Balance {
  cyber_token_balance: number;
  seq: number;
}

export interface Transaction {
  seq: number;
  kind: string;
  reference: string;
  change: number;
  balance_after: number;
}

export interface Hand {
  hand_id: string;
  game: string;
  stake: number;
  payout: number;
  revealed: boolean;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Asks on behalf of one bearer. */
export class Api {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
    readonly user: User,
  ) {}

  /** Signs a member in. */
  static async signIn(request: APIRequestContext, { site_id, password }: Credentials): Promise<Api> {
    return Api.bearer(request, await request.post('/api/auth/login', { data: { site_id, password } }));
  }

  /** Signs somebody up. */
  static async join(request: APIRequestContext, form: SignUp): Promise<Api> {
    return Api.bearer(request, await request.post('/api/auth/signup', { data: form }));
  }

  private static async bearer(request: APIRequestContext, answer: APIResponse): Promise<Api> {
    const { access_token, user } = (await read(answer)) as Token;
    return new Api(request, access_token, user);
  }

  get(path: string): Promise<APIResponse> {
    return this.request.get(path, { headers: this.headers() });
  }

  post(path: string, data: unknown): Promise<APIResponse> {
    return this.request.post(path, { data, headers: this.headers() });
  }

  put(path: string, data: unknown): Promise<APIResponse> {
    return this.request.put(path, { data, headers: this.headers() });
  }

  async balance(): Promise<Balance> {
    return (await read(await this.get('/api/users/balance'))) as Balance;
  }

  /** The newest of the member's ledger, the newest first. */
  async transactions(): Promise<Transaction[]> {
    return ((await read(await this.get('/api/users/transactions?limit=200'))) as Page<Transaction>).items;
  }

  /** The newest of the member's hands, the newest first. */
  async hands(): Promise<Hand[]> {
    return ((await read(await this.get('/api/games/history?limit=200'))) as Page<Hand>).items;
  }

  private headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` };
  }
}

/** The body of an answer that says yes. */
export async function read(answer: APIResponse): Promise<unknown> {
  expect(answer.status(), `${answer.url()} answered ${await answer.text()}`).toBeLessThan(300);
  return answer.json();
}
