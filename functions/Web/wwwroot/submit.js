// The submit page where there is a script: drafts are kept, similar matters shown while typing, and what cannot be sent
// now is sent later. Without it the form is posted as any other.
const form = document.querySelector("[data-submit]");
const unsent = document.querySelector("[data-unsent]");
const account = document.querySelector("[data-account]")?.dataset.account;
const field = name => form.elements.namedItem(`Form.${name}`);
const names = ["Title", "Body", "Place", "Station", "ReporterName", "ReporterPhone"];

// randomUUID is there on safe connections only.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");

async function owner() {
  if (account) return account;
  const answer = await fetch("/outbox", { headers: { accept: "application/json" } }).catch(() => null);
  return answer?.ok ? (await answer.json()).account : null;
}

// What lies on this device

async function show() {
  const who = await owner();
  const items = who ? await Outbox.items(who) : [];
  const list = unsent.querySelector("[data-list]");
  list.replaceChildren();
  for (const item of items) {
    const line = unsent.querySelector(`template[data-${item.state}]`).content.cloneNode(true);
    const title = line.querySelector("[data-title]");
    title.textContent = item.title;
    if (item.state === "sent") {
      title.href = `/sent/${item.id}`;
      line.querySelector("[data-receipt]").textContent = item.receipt;
    }
    if (item.state === "refused") {
      const english = document.documentElement.lang === "en";
      line.querySelector("[data-reason]").textContent = item.faults.map(f => (english ? f.messageEn : f.messageZh)).join(" ");
      line.querySelector("[data-edit]").addEventListener("click", () => takeBack(item));
    }
    list.append(line);
  }
  unsent.querySelector("[data-send]").hidden = !items.some(i => i.state === "waiting");
  unsent.hidden = items.length === 0 && unsent.querySelector("[data-offline]").hidden;
}

async function send() {
  const outcome = await Outbox.send();
  unsent.querySelector("[data-offline]").hidden = outcome !== "offline";
  unsent.querySelector("[data-signed-out]").hidden = outcome !== "signed-out";
  await show();
  return outcome;
}

async function takeBack(item) {
  await Outbox.keepDraft({ account: item.account, key: item.key, fields: item.fields });
  await Outbox.remove(item.key);
  if (form) await restore();
  else location.assign("/submit");
  await show();
}

// The draft

let similarShown = false;

async function restore() {
  const draft = await Outbox.draft(account);
  field("Key").value = draft?.key ?? newKey();
  for (const [name, value] of draft?.fields ?? []) {
    const control = form.elements.namedItem(name);
    if (control && names.includes(name.slice("Form.".length))) control.value = value;
  }
  form.querySelector("[data-draft-note]").hidden = !draft;
}

function typed() {
  return [...new FormData(form)].filter(([name]) => name.startsWith("Form."));
}

async function keep() {
  if (names.every(n => !field(n)?.value)) return Outbox.dropDraft(account);
  await Outbox.keepDraft({ account, key: field("Key").value, fields: typed() });
  form.querySelector("[data-draft-note]").hidden = false;
}

async function clear() {
  await Outbox.dropDraft(account);
  for (const name of names) if (field(name)) field(name).value = "";
  field("Key").value = newKey();
  form.querySelector("[data-similar]").replaceChildren();
  form.querySelector("[data-draft-note]").hidden = true;
  similarShown = false;
}

// Similar matters

async function similar() {
  const box = form.querySelector("[data-similar]");
  try {
    const answer = await fetch("/similar", { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(3000) });
    if (!answer.ok || answer.redirected) return;
    box.innerHTML = await answer.text();
    similarShown ||= box.childElementCount > 0;
  } catch {
    // No connection or a slow one: the machine groups it by itself.
  }
}

// Sending: first onto the device, then away.

async function submit(event) {
  event.preventDefault();
  const button = form.querySelector("button.primary");
  button.disabled = true;
  try {
    const seen = similarShown;
    await similar();
    if (similarShown && !seen) {
      const first = form.querySelector("[data-similar] input");
      first.focus();
      first.scrollIntoView({ block: "center" });
      return;
    }
    const key = field("Key").value;
    const title = field("Title").value || field("Body").value.slice(0, 30);
    await Outbox.put({ key, account, at: Date.now(), title, state: "waiting", fields: typed() });
    await Outbox.dropDraft(account);
    const outcome = await Outbox.send();
    const item = (await Outbox.items(account)).find(i => i.key === key);
    if (item?.state === "sent") {
      await Outbox.remove(key);
      location.assign(`/sent/${item.id}`);
      return;
    }
    if (item?.state === "refused") {
      // The page says what is wrong, field by field.
      await takeBack(item);
      field("Seen").value = "true";
      form.submit();
      return;
    }
    await clear();
    unsent.querySelector("[data-offline]").hidden = outcome !== "offline";
    unsent.querySelector("[data-signed-out]").hidden = outcome !== "signed-out";
    await show();
    unsent.scrollIntoView();
    const worker = await navigator.serviceWorker?.ready;
    await worker?.sync?.register("outbox").catch(() => {});
  } finally {
    button.disabled = false;
  }
}

function later(work, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

if (form) {
  if (form.dataset.fresh) await restore();
  field("Seen").value = "true";
  const look = later(similar, 600);
  const store = later(keep, 200);
  form.addEventListener("input", event => {
    store();
    if (event.target.name !== "Form.Joins") look();
  });
  form.addEventListener("submit", submit);
  form.querySelector("[data-discard]").addEventListener("click", clear);
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}
unsent.querySelector("[data-send]").addEventListener("click", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
navigator.serviceWorker?.addEventListener("message", show);
await send();
