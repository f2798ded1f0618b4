"use strict";
// A team's page: the local time of the team, whether that lies within its hours, and buttons that copy what is to be typed
// elsewhere. All words stand in the page. What is not certain (hours that could not be read, a zone that this browser does not
// know, public holidays) is not told.
{
  const { part } = peerage;
  const MINUTE = 60 * 1000;
  /** Monday as the clock of the United States calls it, since that is asked in English for the day of the week. */
  const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

  /** The minute of the week in a zone, from the beginning of Monday on. */
  function minuteOfWeek(timeZone, now) {
    const clock = new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short", hour: "numeric", minute: "numeric", hourCycle: "h23" });
    const { weekday, hour, minute } = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, value]));
    return (DAYS.indexOf(weekday) * 24 + Number(hour)) * 60 + Number(minute);
  }

  /** Tells the time, and whether the team is there, which `hours` says in minutes of the week. */
  function tell(place, now) {
    const { zone: timeZone, hours } = place.dataset;
    const shown = { timeZone, weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    place.querySelector("[data-slot=time]").textContent = new Intl.DateTimeFormat(document.documentElement.lang, shown).format(now);
    place.hidden = false;
    if (!hours) return;
    const minute = minuteOfWeek(timeZone, now);
    const isThere = hours.split(" ").map((span) => span.split("-").map(Number)).some(([from, to]) => from <= minute && minute < to);
    place.querySelector("[data-in]").hidden = !isThere;
    place.querySelector("[data-out]").hidden = isThere;
  }

  function tellAll() {
    const now = new Date();
    for (const place of document.querySelectorAll("[data-zone]")) {
      try {
        tell(place, now);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        place.hidden = true;
      }
    }
  }

  function keepTelling() {
    tellAll();
    setTimeout(keepTelling, MINUTE - (Date.now() % MINUTE) + 50);
  }

  /** Copies a text. Where the page has no access to the clipboard, as over plain http, what is selected is copied instead. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "vh" });
      const before = document.activeElement;
      document.body.append(area);
      area.select();
      const isCopied = document.execCommand("copy");
      area.remove();
      before.focus();
      return isCopied;
    }
  }

  for (const place of document.querySelectorAll("[data-copy]")) {
    const text = place.dataset.copy || place.textContent;
    const button = part("copying", "copy", { what: text });
    button.addEventListener("click", async () => {
      const said = part("copying", (await copy(text)) ? "copied" : "failed", { what: text });
      document.getElementById("copied").replaceChildren(said);
      button.querySelector("[data-label]").textContent = said.querySelector("[data-label]").textContent;
    });
    place.after(" ", button);
  }

  document.addEventListener("visibilitychange", tellAll);
  keepTelling();
}
