// Saves what somebody types as a draft; every page works without it.
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
