// The submit page where there is a script: drafts are kept, similar matters shown while typing, and what cannot be sent
// now is sent later. Without it the form is posted as any other.
const form = document.querySelector("[data-submit]");
const unsent = document.querySelector("[data-unsent]");
const account = document.querySelector("[data-account]")?.dataset.account;
const field = name => form.elements.namedItem(`Form.${name}`);
const names = ["Title", "Body", "Place", "Station", "ReporterName", "ReporterPhone"];

// randomUUID is there on safe connections only.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");

const told = faults => faults.map(f => (document.documentElement.lang === "en" ? f.messageEn : f.messageZh)).join(" ");

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
      line.querySelector("[data-reason]").textContent = told(item.faults);
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
  await Outbox.keepDraft({ account: item.account, key: item.key, fields: item.fields, photos: item.photos });
  await Outbox.remove(item.key);
  if (form) await restore();
  else location.assign("/submit");
  await show();
}

// The draft

let similarShown = false;

async function restore() {
  const draft = await restorePhotos();
  field("Key").value = draft?.key ?? newKey();
  for (const [name, value] of draft?.fields ?? []) {
    const control = form.elements.namedItem(name);
    if (control && names.includes(name.slice("Form.".length))) control.value = value;
  }
  form.querySelector("[data-draft-note]").hidden = !draft;
}

function typed() {
  return [...new FormData(form)].filter(([name, value]) => name.startsWith("Form.") && typeof value === "string");
}

async function keep() {
  if (photos.length === 0 && names.every(n => !field(n)?.value)) return Outbox.dropDraft(account);
  await Outbox.keepDraft({ account, key: field("Key").value, fields: typed(), photos });
  form.querySelector("[data-draft-note]").hidden = false;
}

async function clear() {
  await Outbox.dropDraft(account);
  for (const name of names) if (field(name)) field(name).value = "";
  field("Key").value = newKey();
  photos = [];
  showPhotos();
  form.querySelector("[data-similar]").replaceChildren();
  form.querySelector("[data-found]").hidden = true;
  form.querySelector("[data-draft-note]").hidden = true;
  similarShown = false;
}

// Photos: made smaller here, so that a bad connection carries them. What the file says of place and camera stays behind.

const longest = 1600;
const mostPhotos = 3;
const photoBox = document.querySelector("[data-photos]");
let photos = [];
let choosing = Promise.resolve();

async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => canvas.toBlob(b => (b ? resolve(b) : reject(new Error("no picture"))), "image/jpeg", 0.85));
}

function complain(what, reason) {
  for (const note of photoBox.querySelectorAll("[role=status]")) note.hidden = !note.matches(`[data-${what}]`);
  if (reason) photoBox.querySelector("[data-reason]").textContent = reason;
}

async function choose(files) {
  let fault = "nothing";
  for (const file of files) {
    if (photos.length === mostPhotos) {
      fault = "full";
      break;
    }
    try {
      photos.push(await smaller(file));
    } catch {
      fault = "unreadable";
    }
  }
  complain(fault);
  showPhotos();
  await keep();
}

function showPhotos() {
  const list = photoBox.querySelector("[data-chosen]");
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren();
  for (const [i, photo] of photos.entries()) {
    const line = photoBox.querySelector("template").content.cloneNode(true);
    const [image, button] = [line.querySelector("img"), line.querySelector("button")];
    image.src = URL.createObjectURL(photo);
    image.alt += ` ${i + 1}`;
    button.textContent += ` ${i + 1}`;
    button.addEventListener("click", async () => {
      photos.splice(i, 1);
      complain("nothing");
      showPhotos();
      field("Photos").focus();
      await keep();
    });
    list.append(line);
  }
  list.hidden = photos.length === 0;
  field("Photos").classList.toggle("taken", photos.length > 0);
}

async function restorePhotos() {
  const draft = await Outbox.draft(account);
  photos = draft?.photos ?? [];
  showPhotos();
  return draft;
}

// Similar matters

async function similar() {
  const box = form.querySelector("[data-similar]");
  const body = new FormData(form);
  body.delete("Form.Photos");
  try {
    const answer = await fetch("/similar", { method: "POST", body, signal: AbortSignal.timeout(3000) });
    if (!answer.ok || answer.redirected) return;
    const list = await answer.text();
    // Chosen while the answer was on its way.
    const chosen = box.querySelector("input:checked")?.value;
    box.innerHTML = list;
    for (const choice of box.querySelectorAll("input")) choice.checked ||= choice.value === chosen;
    similarShown ||= box.childElementCount > 0;
  } catch {
    // No connection or a slow one: the machine groups it by itself.
  }
}

// Places that fit what is typed, as buttons: many a telephone's browser shows nothing of a datalist.

const mostPlaces = 5;

function offerPlaces() {
  const place = field("Place");
  const found = form.querySelector("[data-found]");
  const all = [...place.list.options].map(o => o.value);
  // They would be offered twice.
  place.removeAttribute("list");

  function offer(names) {
    found.replaceChildren(
      ...names.map(name => {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
        button.addEventListener("click", () => {
          place.value = name;
          place.focus();
          offer([]);
          form.dispatchEvent(new Event("input"));
        });
        return button;
      }),
    );
    found.hidden = names.length === 0;
  }

  place.addEventListener("input", () => {
    const text = place.value.trim();
    offer(all.filter(name => text && name !== text && name.includes(text)).slice(0, mostPlaces));
  });
}

// Enter ends a line, on a telephone's keyboard above all: it goes on to the next. What is sent cannot be taken back,
// so only the button sends it.
function goOn(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (!event.target.matches("[type=text], [type=tel]")) return;
  event.preventDefault();
  const lines = [...form.querySelectorAll("input, textarea, select, button")].filter(e => e.checkVisibility());
  lines[lines.indexOf(event.target) + 1].focus();
}

// Sending: first onto the device, then away.

async function submit(event) {
  event.preventDefault();
  const button = form.querySelector("button.primary");
  button.disabled = true;
  try {
    await choosing;
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
    await Outbox.put({ key, account, at: Date.now(), title, state: "waiting", fields: typed(), photos });
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
      const photoFaults = item.faults.filter(f => f.field === "photos");
      if (photoFaults.length > 0) {
        complain("reason", told(photoFaults));
        return;
      }
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
  else await restorePhotos();
  field("Seen").value = "true";
  const look = later(similar, 600);
  const store = later(keep, 200);
  form.addEventListener("input", event => {
    store();
    if (event.target.name !== "Form.Joins") look();
  });
  field("Photos").addEventListener("change", event => {
    const files = [...event.target.files];
    event.target.value = "";
    // Where the device keeps nothing, they are still there to be sent.
    choosing = choosing.then(() => choose(files)).catch(() => {});
  });
  offerPlaces();
  form.addEventListener("keydown", goOn);
  form.addEventListener("submit", submit);
  form.querySelector("[data-discard]").addEventListener("click", clear);
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}
unsent.querySelector("[data-send]").addEventListener("click", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
navigator.serviceWorker?.addEventListener("message", show);
await send();
