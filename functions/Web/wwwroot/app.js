// Small comforts on every page; each page works without them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// On a phone the navigation is wider than the screen: show where one is.
document.querySelector(".menu .active")?.scrollIntoView({ inline: "center", block: "nearest" });

// A refused form: begin at what is wrong.
document.querySelector("[aria-invalid=true]")?.focus();

// A recorder's field: Enter adds, Shift+Enter is a new line, and the Enter that ends a Chinese composition is neither.
for (const area of document.querySelectorAll("textarea[data-enter]"))
  area.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    area.form.requestSubmit(area.form.querySelector("button.primary"));
  });
