// The server functions of the pages, as requests look on the wire.

import type { Request } from '@playwright/test';

/** The path of a server function; a hash follows its name. */
export function call(name: string): RegExp {
  return new RegExp(`^/api/fn/${name}\\d*$`);
}

/** The path of any server function. */
export const anyCall = /^\/api\/fn\/\w+$/;

/** The key by which the club knows a request that is sent again. */
export function keyOf(request: Request): string | undefined {
  return (request.postDataJSON() as { key?: string } | null)?.key;
}
