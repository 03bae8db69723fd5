// Keeps the shell, so that the dashboard opens without a network and says that there is none. Answers of the hub are
// never kept: what they show belongs to whoever is signed in.
const files = "SHELL";
const cacheName = "plugboard-VERSION";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

// The page asks for the new version when its reader has agreed to load anew.
self.addEventListener("message", (event) => {
  if (event.data === "activate") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (/^\/(api|mcp|oauth|\.well-known|health|in)(\/|$)/.test(url.pathname)) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/")));
    return;
  }
  event.respondWith(
    url.pathname.startsWith("/assets/")
      ? fromCacheFirst(request)
      : fetch(request).catch(() => caches.match(request)),
  );
});

async function fromCacheFirst(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  // Code that is gone may be answered with the first page.
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  if (response.ok && !isPage) await cache.put(request, response.clone());
  return response;
}
