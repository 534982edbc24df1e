// Answers a navigation that finds no club with one page of its own. It keeps nothing: the page is in
// here, so a changed page is a changed worker, which a browser finds out by itself. To do away with
// it, let this address answer `registration.unregister()` for as long as a browser may have it.

const PAGE = '{page}';

addEventListener('install', (event) => {
  skipWaiting();
  // What is no navigation does not even wake this worker, where the browser can be told so.
  event.addRoutes?.({ condition: { not: { requestMode: 'navigate' } }, source: 'network' }).catch(() => {});
});

addEventListener('activate', (event) => {
  // The page is asked for while this worker is still being woken.
  event.waitUntil(registration.navigationPreload?.enable());
});

addEventListener('fetch', (event) => {
  const { mode, method } = event.request;
  if (mode === 'navigate' && method === 'GET') event.respondWith(open(event));
});

async function open({ preloadResponse, request }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return offline();
  }
}

function offline() {
  const nonce = crypto.randomUUID();
  return new Response(PAGE.replaceAll('{nonce}', nonce), {
    status: 503,
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}
