// The server functions of the pages, as requests look on the wire.

/** The path of a server function; a hash follows its name. */
export function call(name: string): RegExp {
  return new RegExp(`^/api/fn/${name}\\d*$`);
}

/** The path of any server function. */
export const anyCall = /^\/api\/fn\/\w+$/;
