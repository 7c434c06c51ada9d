// Drafts and unsent submissions in the browser's own database. Shared by the pages and the service worker.
// An item's key is made with its draft and never changes: however often it is sent, the server takes it once.
self.Outbox = (() => {
  const keptSent = 10;

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("opinions", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "account" });
        request.result.createObjectStore("items", { keyPath: "key" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function run(store, mode, work) {
    const db = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(store, mode);
        const request = work(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      db.close();
    }
  }

  const draft = account => run("drafts", "readonly", s => s.get(account));
  const keepDraft = draft => run("drafts", "readwrite", s => s.put(draft));
  const dropDraft = account => run("drafts", "readwrite", s => s.delete(account));
  const put = item => run("items", "readwrite", s => s.put(item));
  const remove = key => run("items", "readwrite", s => s.delete(key));
  const items = async account =>
    (await run("items", "readonly", s => s.getAll())).filter(i => i.account === account).sort((a, b) => a.at - b.at);

  // "done", "offline" or "signed-out".
  async function sendAll() {
    let session;
    try {
      const answer = await fetch("/outbox", { headers: { accept: "application/json" }, cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) return "signed-out";
      if (!answer.ok) return "offline";
      session = await answer.json();
    } catch {
      return "offline";
    }
    for (const item of await items(session.account)) {
      if (item.state !== "waiting") continue;
      const form = new FormData();
      for (const [name, value] of item.fields) form.append(name, value);
      for (const photo of item.photos ?? []) form.append("Form.Photos", photo, "photo.jpg");
      form.set("account", item.account);
      form.set(session.field, session.token);
      let answer;
      try {
        answer = await fetch("/outbox", { method: "POST", body: form, headers: { accept: "application/json" } });
      } catch {
        return "offline";
      }
      if (answer.ok) {
        const { id, receipt } = await answer.json();
        // The text, the photos and the reporter leave the device; what became of it stays.
        await put({ key: item.key, account: item.account, at: item.at, title: item.title, state: "sent", id, receipt });
      } else if (answer.status === 401) {
        return "signed-out";
      } else if (answer.status >= 500 || answer.status === 429) {
        return "offline";
      } else {
        const problem = await answer.json().catch(() => ({}));
        await put({ ...item, state: "refused", faults: problem.errors ?? [] });
      }
    }
    const sent = (await items(session.account)).filter(i => i.state === "sent");
    for (const old of sent.slice(0, -keptSent)) await remove(old.key);
    return "done";
  }

  // One at a time over all tabs and the worker: two would be harmless, but would tell it twice.
  const send = () => (self.navigator.locks ? navigator.locks.request("outbox", sendAll) : sendAll());

  return { draft, keepDraft, dropDraft, put, remove, items, send };
})();
