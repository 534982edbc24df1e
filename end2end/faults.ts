// What may not happen on any page: an error in the console, a broken script, a request that fails.

import { type BrowserContext, type ConsoleMessage, expect, type Request, type Response } from '@playwright/test';

interface Allowance {
  status: number;
  path: string | RegExp;
}

/** Watches every page of a browser; what a test expects, it says beforehand. */
export class Faults {
  private readonly found: string[] = [];
  private readonly allowances: Allowance[] = [];
  private readonly lost: RegExp[] = [];
  private readonly sayings: RegExp[] = [];

  constructor(
    /** The club that is tested; every request goes there. */
    private readonly origin: string,
    private readonly runsScripts = true,
  ) {}

  watch(context: BrowserContext): void {
    context.on('console', (message) => this.hear(message));
    context.on('weberror', (error) => this.found.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on('request', (request) => this.send(request));
    context.on('requestfailed', (request) => this.fail(request));
    context.on('response', (response) => this.answer(response));
  }

  /** Lets answers with this status pass on this path. */
  allow(status: number, path: string | RegExp): void {
    this.allowances.push({ status, path });
  }

  /** Lets requests for this path get lost on the way. */
  allowLostRequest(path: RegExp): void {
    this.lost.push(path);
  }

  /** Lets a script say this in the console. */
  allowSaying(words: RegExp): void {
    this.sayings.push(words);
  }

  assertNone(): void {
    expect(this.found, 'what went wrong on the pages').toEqual([]);
  }

  private isAllowed(status: number, url: string): boolean {
    const { pathname } = new URL(url);
    return this.allowances.some((it) => {
      const fits = typeof it.path === 'string' ? it.path === pathname : it.path.test(pathname);
      return it.status === status && fits;
    });
  }

  private mayBeLost(url: string): boolean {
    return this.lost.some((path) => path.test(new URL(url).pathname));
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Chromium also logs an answer that says no; that one is judged by its status.
    const status = /the server responded with a status of (\d+)/.exec(message.text())?.[1];
    const { url } = message.location();
    // It tells no status of a socket that is refused, but for this one.
    const socket = /WebSocket connection to '(\S+)' failed: HTTP Authentication failed/.exec(message.text())?.[1];
    if (socket && this.isAllowed(401, socket)) return;
    if (status && this.isAllowed(Number(status), url)) return;
    // Only what is about the worker lets it in; see playwright.config.ts.
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    if (message.text().includes('net::ERR_') && this.mayBeLost(url)) return;
    if (this.sayings.some((words) => words.test(message.text()))) return;
    this.found.push(`console ${message.type()}: ${message.text()} (${url})`);
  }

  private send(request: Request): void {
    if (!/^(data|blob|about):/.test(request.url()) && new URL(request.url()).origin !== this.origin) {
      this.found.push(`a request left the club: ${request.url()}`);
    }
  }

  private fail(request: Request): void {
    const reason = request.failure()?.errorText ?? 'no reason given';
    // A page that is left takes its open requests with it.
    if (reason === 'net::ERR_ABORTED' || this.mayBeLost(request.url())) return;
    // A browser that runs no scripts calls it a policy that it does not load them.
    if (!this.runsScripts && reason === 'csp' && /\.(js|wasm)$/.test(request.url())) return;
    this.found.push(`${request.method()} ${request.url()} failed: ${reason}`);
  }

  private answer(response: Response): void {
    if (response.status() < 400 || this.isAllowed(response.status(), response.url())) return;
    this.found.push(`${response.request().method()} ${response.url()} answered ${response.status()}`);
  }
}
