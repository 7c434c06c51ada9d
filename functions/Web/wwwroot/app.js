// Small comforts on every page; each page works without them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A refused form: begin at what is wrong.
document.querySelector("[aria-invalid=true]")?.focus();
