// Keeps the submit page for when there is no connection, and sends what is unsent when there is one again.
importScripts("/outbox.js");

const pages = "pages-1";
const kept = ["/submit", "/offline", "/app.css", "/app.js", "/outbox.js", "/submit.js", "/icon.svg", "/app.webmanifest"];

self.addEventListener("install", event => {
  self.skipWaiting();
  event.waitUntil(caches.open(pages).then(cache => cache.addAll(kept)));
});
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

// The network first: what is kept is for when there is none.
self.addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode !== "navigate" && !kept.includes(pathname)) return;
  event.respondWith(answer(request, pathname));
});

async function answer(request, pathname) {
  const cache = await caches.open(pages);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.type === "basic" && !fresh.redirected && kept.includes(pathname))
      await cache.put(pathname, fresh.clone());
    return fresh;
  } catch (error) {
    const old = await cache.match(kept.includes(pathname) ? pathname : "/offline");
    if (old) return old;
    throw error;
  }
}

self.addEventListener("sync", event => event.waitUntil(send()));

async function send() {
  const outcome = await Outbox.send();
  for (const client of await self.clients.matchAll()) client.postMessage(outcome);
  // The browser tries again later.
  if (outcome === "offline") throw new Error("still offline");
}
