// What a page costs on the wire, as Chromium counts it.

import type { CDPSession, Page } from '@playwright/test';

export interface Traffic {
  /** But for what brings `written`. */
  requests: number;
  /** Heads and bodies as they were transferred, compressed. */
  bytes: number;
  /** Of it, the code that the page runs. */
  wasm: number;
  /** Beside it, the glyphs of what members wrote, which hang on what that is. */
  written: number;
}

interface Finished {
  requestId: string;
  encodedDataLength: number;
}

const ofMembersWords = /^\/fonts\/(written\.css$|PretendardVariable\.subset\.)/;

/** Counts what a page transfers from now on. A WebSocket is a connection and no request of this kind. */
export class Meter {
  private readonly urls = new Map<string, string>();
  private readonly traffic: Traffic = { requests: 0, bytes: 0, wasm: 0, written: 0 };

  private constructor(private readonly session: CDPSession) {}

  static async on(page: Page): Promise<Meter> {
    const session = await page.context().newCDPSession(page);
    const meter = new Meter(session);
    session.on('Network.requestWillBeSent', ({ requestId, request }) => meter.urls.set(requestId, request.url));
    session.on('Network.loadingFinished', (finished) => meter.count(finished));
    await session.send('Network.enable');
    return meter;
  }

  async end(): Promise<Traffic> {
    await this.session.detach();
    return this.traffic;
  }

  private count({ requestId, encodedDataLength }: Finished): void {
    const url = this.urls.get(requestId);
    // What was taken from a memory of its own, such as a drawing that is named twice, was not transferred.
    if (!url || url.startsWith('data:') || encodedDataLength === 0) return;
    const { pathname } = new URL(url);
    if (ofMembersWords.test(pathname)) {
      this.traffic.written += encodedDataLength;
      return;
    }
    this.traffic.requests += 1;
    this.traffic.bytes += encodedDataLength;
    if (pathname.endsWith('.wasm')) this.traffic.wasm += encodedDataLength;
  }
}
