// Keeps the site working without a network. Files with a hash in their name never change: they come from the cache.
// The page itself comes from the network if that answers soon, so that nobody sees an old one for long.
const VERSION = "{version}";
const PREFIX = "exchange-ports-";
const CACHE = PREFIX + VERSION;
const ASSETS = ["{assets}"];
const PAGE = "./";
const PATIENCE_MS = 3000;

const absolute = (name) => new URL(name, self.registration.scope).href;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...ASSETS])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
    for (const client of await self.clients.matchAll()) client.postMessage({ version: VERSION });
  })());
});

self.addEventListener("fetch", (event) => {
  const address = event.request.url.split("#")[0];
  if (event.request.method !== "GET") return;
  if (address === absolute(PAGE) || address === absolute("index.html")) event.respondWith(page(event.request));
  else if (ASSETS.some((name) => absolute(name) === address)) event.respondWith(asset(event.request));
});

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request) {
  const cached = caches.match(absolute(PAGE));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const network = fetch(request).catch(() => undefined);
  const answer = await Promise.race([network, patience]);
  return answer?.ok ? answer : (await cached) ?? network.then((late) => late ?? Response.error());
}
