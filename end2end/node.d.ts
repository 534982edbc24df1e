// The little of Node that the tests use, so that its whole set of types need not be installed.

declare const process: { env: Record<string, string | undefined>; pid: number };

declare module 'node:crypto' {
  interface Digest {
    update(text: string | Uint8Array): Digest;
    digest(): Uint8Array;
  }
  export function createHash(name: 'sha256'): Digest;
  export function createHmac(name: 'sha1' | 'sha256', key: Uint8Array): Digest;
}

declare module 'node:child_process' {
  interface Finished {
    status: number | null;
    stdout: string;
    stderr: string;
    error?: Error;
  }
  interface Options {
    encoding: 'utf8';
    timeout: number;
    env?: Record<string, string | undefined>;
  }
  export interface ChildProcess {
    exitCode: number | null;
    signalCode: string | null;
    kill(signal: string): boolean;
    once(event: 'exit', listener: () => void): void;
  }
  export function spawn(command: string, args: string[], options: { env: Record<string, string | undefined> }): ChildProcess;
  export function spawnSync(command: string, args: string[], options: Options): Finished;
}

declare module 'node:fs' {
  export function appendFileSync(path: string, text: string): void;
  export function existsSync(path: string): boolean;
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function mkdtempSync(prefix: string): string;
}

declare module 'node:net' {
  interface Server {
    listen(port: number, host: string, listening: () => void): void;
    /** Of a server that listens on a port. */
    address(): { port: number };
    close(closed: () => void): void;
  }
  export function createServer(): Server;
}

declare module 'node:os' {
  export function tmpdir(): string;
}

declare module 'node:path' {
  export function join(...parts: string[]): string;
  export function resolve(...parts: string[]): string;
}

declare const __dirname: string;
