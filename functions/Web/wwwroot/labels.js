// One key chooses a category and sends it; "s" skips. Whoever does not want that switches it off (WCAG 2.1.4).
const box = document.querySelector("[data-keys-on]");
const stored = "labels.keys";
const typing = target => target instanceof Element && target.closest("select, textarea, input:not([type=radio]):not([type=checkbox])");

if (box) {
  box.closest("label").hidden = false;
  box.checked = localStorage.getItem(stored) !== "off";
  box.addEventListener("change", () => localStorage.setItem(stored, box.checked ? "on" : "off"));
  let sent = false;
  document.addEventListener("keydown", event => {
    if (sent || !box.checked || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    sent = true;
    if (target.type !== "radio") return target.click();
    target.checked = true;
    target.form.requestSubmit();
  });
}
