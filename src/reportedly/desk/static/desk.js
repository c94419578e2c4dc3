"use strict";
// Comfort only: every page does all it can without this.

for (const box of document.querySelectorAll(".cite")) {
  const field = box.querySelector("input"), button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); button.textContent = "Copied"; } catch { button.textContent = "Press Ctrl-C"; }
  });
  field.after(button);
}

const hints = document.querySelector(".keys");
if (hints) hints.hidden = false;

const pages = { s: "/", c: "/changes", p: "/people", i: "/issues", o: "/outlets" };
let after = "";

function step(by) {
  const items = [...document.querySelectorAll(".item, .statement")];
  const at = items.findIndex(item => item.contains(document.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  if (!next) return;
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key;
  if (after === "g" && pages[key]) location.assign(pages[key]);
  else if (key === "/") { event.preventDefault(); document.getElementById("words")?.focus(); }
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "Enter" && event.target.matches(".item")) event.target.querySelector("a")?.click();
  after = key;
});
