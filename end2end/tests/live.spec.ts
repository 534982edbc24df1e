// What an open page hears without asking.

import type { APIRequestContext } from '@playwright/test';

import { Api } from '../api';
import { expect, type Member, signIn, test } from '../fixtures';
import { ClubPage } from '../pages/club';
import { SlotPage } from '../pages/slot';

test('a spin in one window moves the balance in another', { tag: '@smoke' }, async ({ page, anotherBrowser, member, api }) => {
  const other = new ClubPage(await (await anotherBrowser()).newPage());
  await signIn(other.page, member);
  await other.visit('/games');
  const slot = new SlotPage(page);
  await slot.visit();
  await slot.spin();
  await other.showsBalance((await api.balance()).cyber_token_balance);
});

test('where no WebSocket gets through, events do', async ({ page, member, request }) => {
  const refused: string[] = [];
  await page.routeWebSocket(/\/ws\//, (socket) => {
    refused.push(socket.url());
    void socket.close();
  });
  const events = page.waitForRequest(/\/sse\/notifications\//);
  const club = new ClubPage(page);
  await club.visit('/games');
  await events;
  expect(refused.length).toBeGreaterThan(1);
  await playsElsewhere(request, member, club);
});

test('a channel that breaks comes back and misses nothing', { tag: '@smoke' }, async ({ page, member, request }) => {
  const opened: string[] = [];
  let cut: (() => Promise<void>) | undefined;
  await page.routeWebSocket(/\/ws\//, (socket) => {
    opened.push(socket.url());
    const server = socket.connectToServer();
    cut = async () => {
      await server.close();
      await socket.close();
    };
  });
  const club = new ClubPage(page);
  await club.visit('/games');
  await playsElsewhere(request, member, club);
  await cut?.();
  await playsElsewhere(request, member, club);
  await expect.poll(() => opened[1] ?? '', { message: 'it says what it knows' }).toMatch(/last_event_id=[0-9a-f]+:\d+$/);
});

test('nobody signed in opens no channel, and signing out closes it', async ({ page, stranger, request }) => {
  const sockets: { closed: boolean }[] = [];
  page.on('websocket', (socket) => {
    const seen = { closed: false };
    sockets.push(seen);
    socket.on('close', () => (seen.closed = true));
  });
  const club = new ClubPage(page);
  await club.visit('/games');
  expect(sockets).toEqual([]);
  await Api.join(request, stranger);
  await signIn(page, stranger);
  await club.visit('/games');
  await expect.poll(() => sockets.length).toBe(1);
  await page.getByTestId('bell').click();
  await expect(page).toHaveURL(/\/notifications$/);
  expect(sockets, 'another page of the club has the same channel').toEqual([{ closed: false }]);
  await page.locator('footer a[href="/settings"]').click();
  await page.getByTestId('logout').click();
  await expect(club.signIn).toBeVisible();
  await expect.poll(() => sockets).toEqual([{ closed: true }]);
});

/** Plays through REST what surely changes the balance, and waits until the page shows it. */
async function playsElsewhere(request: APIRequestContext, member: Member, club: ClubPage): Promise<void> {
  const api = await Api.signIn(request, member);
  await api.post('/api/games/gacha/pull', { pull_count: 1 });
  await club.showsBalance((await api.balance()).cyber_token_balance);
}
