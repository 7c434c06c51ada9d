// What goes on by itself is looked at again every two seconds; once it is over the whole page is.
const part = document.querySelector("[data-live]");

async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-live]");
    if (!now) return location.reload();
    if (now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
  } catch {
    // No connection for the moment.
  }
  setTimeout(look, 2000);
}

if (part) setTimeout(look, 2000);
