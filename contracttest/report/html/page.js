"use strict";
const form = document.getElementById("filter");
const scenarios = Array.from(document.querySelectorAll("article"));

function filter() {
  const wanted = form.elements.text.value.trim().toLowerCase();
  const bad = form.elements.show.value === "bad";
  let shown = 0;
  for (const s of scenarios) {
    s.hidden = (bad && s.dataset.bad !== "true") || !s.dataset.words.includes(wanted);
    shown += s.hidden ? 0 : 1;
  }
  form.elements.shown.value = shown + " of " + scenarios.length + " scenarios";
}

function open(is) {
  for (const s of scenarios) {
    if (!s.hidden) {
      s.querySelectorAll("details:not(.headers)").forEach((d) => { d.open = is; });
    }
  }
}

function follow() {
  const target = document.getElementById(location.hash.slice(1));
  const scenario = target && target.closest("article");
  if (scenario) {
    scenario.hidden = false;
    for (let d = target.querySelector("details"); d; d = d.parentElement.closest("details")) {
      d.open = true;
    }
    target.scrollIntoView();
  }
}

form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (e) => { e.preventDefault(); });
form.elements.open.addEventListener("click", () => { open(true); });
form.elements.close.addEventListener("click", () => { open(false); });
window.addEventListener("hashchange", follow);
filter();
follow();
