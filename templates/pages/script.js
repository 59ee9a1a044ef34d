// Saves what somebody types as a draft, and shows pages once they are made; all works without it.
"use strict";
for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    }, 1000);
  });
}

const waiting = document.querySelector("[data-waiting]");

async function show() {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const note of document.querySelectorAll(".making")) {
    const part = note.closest(".part");
    const made = answer.ok && fresh.getElementById(part.id);
    if (made) part.replaceWith(document.importNode(made, true));
  }
}

async function wait(left) {
  const answer = await fetch(waiting.dataset.waiting);
  if (!answer.ok || left === 0) return;
  if (await answer.text() === "0") show();
  else setTimeout(wait, 2000, left - 1);
}

if (waiting) setTimeout(wait, 2000, 40);

const problem = document.querySelector(".problem[tabindex]");

if (problem) problem.focus();

// What is folded up belongs to a print, too.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll(".part details")) part.open = true;
});
