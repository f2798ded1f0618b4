"use strict";
// Every page: what held on the day of the build is held against the day it is now, when the page is opened, when its tab
// wakes, and at midnight UTC. A day holds to 23:59:59 UTC. Trust is only ever lowered by this: whatever the clock says,
// nothing is raised, and what was lowered stays so until the page is loaded again. All words stand in the page.
{
  /** From the highest to the lowest. */
  const STATUSES = ["certified", "certification-candidate", "accredited", "accreditation-candidate", "listed", "not-stated",
    "suspended", "withdrawn"];
  const DAY = 24 * 60 * 60 * 1000;

  const made = document.documentElement.dataset.computedFor;
  const now = () => new Date().toISOString().slice(0, 10);
  let latest = "";
  /** The latest day that was seen: where a clock goes back, nothing is raised again. */
  const today = () => (latest = now() > latest ? now() : latest);
  const rank = (status) => STATUSES.indexOf(status);

  /** The lowest that a status became by `day`, and from when on, where that is lower than it was; `then` says what it becomes. */
  function lowest(status, then, day) {
    let found = null;
    const words = then.split(" ");
    for (let at = 0; at + 1 < words.length && words[at] <= day; at += 2) {
      if (rank(words[at + 1]) > rank(found?.status ?? status)) found = { status: words[at + 1], on: words[at] };
    }
    return found;
  }

  /** The day before. */
  const dayBefore = (day) => new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);

  /** A part of the template with this id, with these texts in its slots; a slot without a text takes its row away. */
  function part(template, name, texts = {}) {
    const node = document.getElementById(template).content.querySelector(`[data-part="${name}"]`).cloneNode(true);
    for (const [slot, text] of Object.entries(texts)) {
      for (const place of node.querySelectorAll(`[data-slot="${slot}"]`)) {
        place.textContent = text ?? "";
        if (place.localName === "time") place.dateTime = text ?? "";
        if (!text) (place.closest("[data-row]") ?? place).remove();
      }
    }
    return node;
  }

  /** Shows the status that `place` has fallen to, and that it has. */
  function lower(place, day) {
    const badge = place.querySelector(".badge");
    const found = lowest(place.dataset.status, place.dataset.then, day);
    if (!found) return;
    const now = part("lowered", `badge-${found.status}`).firstElementChild;
    now.classList.toggle("badge-large", badge.classList.contains("badge-large"));
    badge.replaceWith(now);
    const holds = place.querySelector("[data-holds]");
    const ended = place.dataset.ended ?? dayBefore(found.on);
    const note = part("lowered", holds?.dataset.holds || "holds", { ended });
    note.dataset.holds = holds?.dataset.holds ?? "";
    if (holds) holds.replaceWith(note);
    else place.append(" ", note);
    Object.assign(place.dataset, { status: found.status, ended });
    // Nobody is to write to a team that has withdrawn, or to call it.
    const left = found.status === "withdrawn";
    if (left) place.closest("tr[data-until-withdrawn]")?.toggleAttribute("hidden", true);
    const answer = place.closest(".answer");
    if (!answer) return;
    answer.className = `answer answer-${found.status}`;
    // What it stands at is no longer what it was on the day of the build.
    const asOf = answer.querySelector("#standing time");
    if (asOf) asOf.dateTime = asOf.textContent = day;
    const until = left ? "[data-until-lowered], [data-until-withdrawn]" : "[data-until-lowered]";
    for (const node of document.querySelectorAll(until)) node.toggleAttribute("hidden", true);
    document.querySelector(".timeline .now")?.classList.replace("now", "past");
  }

  /** Says of something whose day has passed that it has. */
  function end(place) {
    for (const node of place.querySelectorAll("[data-before], [data-after]")) node.hidden = "before" in node.dataset;
    place.classList.add("over");
    // That a note's day has passed need be no bad news: in a list of what ends it stays a note.
    if (place.matches(".flag:has([data-after]):not(.flag-info:has([data-days]))")) {
      place.classList.replace("flag-soft", "flag-strong");
      place.classList.replace("flag-info", "flag-strong");
      const mark = document.getElementById("lowered") && part("lowered", "strong").firstElementChild;
      if (mark) place.querySelector(".mark")?.replaceWith(mark);
    }
    delete place.dataset.ends;
  }

  /** Counts anew how far off the days are that the page counts. */
  function count(day) {
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    for (const place of document.querySelectorAll("[data-days]")) {
      place.textContent = words.format((Date.parse(place.dataset.days) - Date.parse(day)) / DAY, "day");
    }
    for (const place of document.querySelectorAll("[data-today]")) place.dateTime = place.textContent = day;
  }

  /** Lowers what has ended within a part of the page, as of today. */
  function lowerWithin(root) {
    const day = today();
    for (const place of root.querySelectorAll("[data-ends]")) if (place.dataset.ends && place.dataset.ends < day) end(place);
    for (const place of root.querySelectorAll("[data-then]")) if (place.dataset.then) lower(place, day);
  }

  let checked = "";

  function check() {
    document.getElementById("early")?.toggleAttribute("hidden", now() >= made);
    const day = today();
    if (day === checked) return;
    lowerWithin(document);
    // A line that marks the day of the build would be taken for one that marks this.
    if (day !== made) for (const line of document.querySelectorAll("svg .today")) line.setAttribute("hidden", "");
    // To a clock that is early more days would be left than are.
    if (day > made) count(day);
    if (checked) dispatchEvent(new Event("peerage-day"));
    checked = day;
  }

  function wait() {
    check();
    // A little behind midnight, for timers may be early.
    setTimeout(wait, DAY - (Date.now() % DAY) + 1000);
  }

  /** What other scripts of the site use. */
  window.peerage = { STATUSES, today, lowest, dayBefore, part, lowerWithin };
  addEventListener("pageshow", check);
  addEventListener("focus", check);
  document.addEventListener("visibilitychange", check);
  wait();
}
