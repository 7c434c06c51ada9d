// Keeps the submit page for when there is no connection, and sends what is unsent when there is one again.
importScripts("/outbox.js");

const pages = "pages-1";
const kept = ["/submit", "/offline", "/app.js", "/outbox.js", "/submit.js", "/icon.svg", "/app.webmanifest"];

self.addEventListener("install", event => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

async function keepAll() {
  const cache = await caches.open(pages);
  for (const path of kept) await keep(cache, path, await fetch(path));
}

// Not what somebody gets who is signed out: that leads elsewhere.
async function keep(cache, path, answer) {
  if (answer.ok && answer.type === "basic" && !answer.redirected) await cache.put(path, answer.clone());
}

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
    if (kept.includes(pathname)) await keep(cache, pathname, fresh);
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
