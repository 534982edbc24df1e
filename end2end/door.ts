// The way in without the forms: signed up or in by REST, with the cookies that the pages' own sign-in sets.

import type { BrowserContext } from '@playwright/test';

import { type Credentials, read, type SignUp, type Token } from './api';

/** How long a browser keeps a sign-in. */
const REFRESH_SECS = 30 * 24 * 60 * 60;

/** Signs somebody up in this browser; gives their id. */
export async function join(context: BrowserContext, form: SignUp): Promise<number> {
  return enter(context, '/api/auth/signup', form);
}

/** Signs a member in, in this browser. */
export async function signIn(context: BrowserContext, { site_id, password }: Credentials): Promise<number> {
  return enter(context, '/api/auth/login', { site_id, password });
}

async function enter(context: BrowserContext, path: string, data: object): Promise<number> {
  // Whoever sends the cookie of a language says where the request comes from.
  const answer = await context.request.post(path, { data, headers: { 'sec-fetch-site': 'same-origin' } });
  const { access_token, refresh_token, expires_in, user } = (await read(answer)) as Token;
  const now = Math.floor(Date.now() / 1_000);
  const cookie = (name: string, value: string, lasts: number, httpOnly: boolean) => {
    return { name, value, url: new URL(answer.url()).origin, expires: now + lasts, httpOnly, sameSite: 'Lax' as const };
  };
  await context.addCookies([
    cookie('casino_access', access_token, expires_in, true),
    cookie('casino_refresh', refresh_token, REFRESH_SECS, true),
    cookie('casino_expires', String(endOf(access_token)), REFRESH_SECS, false),
  ]);
  return user.id;
}

/** When an access token ends, in Unix seconds. */
function endOf(token: string): number {
  const claims = atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'));
  return (JSON.parse(claims) as { exp: number }).exp;
}
