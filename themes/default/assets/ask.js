// The field on the first page: what is typed goes behind the # of the page that looks it up, and so stays in the browser.
"use strict";
document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const text = form.querySelector("input").value.trim();
  window.location.href = form.getAttribute("action") + (text ? `#q=${encodeURIComponent(text)}` : "");
});
