"use strict";
// teams/index.html: the list of all teams is searched, filtered and sorted. Without this script it is complete, in the order of
// names. The teams come from files that are loaded on first use; what is asked for stands in the fragment of the address, so
// that it can be kept, sent, and gone back to. What people read stands in the page, in templates; what a team wrote is only
// ever set as text, never as mark-up.
{
  const { STATUSES, today, lowest, dayBefore, part, lowerWithin, loader, words, sameInOtherLanguages } = peerage;
  /** How many rows are drawn at once. */
  const ROWS = 50;
  /** How many files are asked for at once. */
  const FILES = 6;
  /** How long an answer stands while files arrive, in milliseconds. */
  const PAUSE = 300;
  const FIELDS = ["q", "level", "country", "type", "flag", "membership", "sort"];
  const STRENGTHS = ["strong", "soft", "info"];

  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  const table = document.querySelector(".register");
  const body = table.tBodies[0];
  const pager = document.querySelector(".pages");
  const original = { rows: [...body.children], caption: [...table.caption.childNodes] };
  const { files, teams: total, data, pages } = form.dataset;
  const field = (name) => form.elements.namedItem(name);
  const load = loader("peerageTeams", data);

  // ---- The teams

  /** By the number of their file. */
  const teams = [];
  let loaded = 0;
  let isMixed = false;
  let loading = null;
  /** When an answer was last drawn. */
  let drawn = 0;
  let day = today();

  const countries = new Map([...field("country").options].map(({ value, text }, at) => [value, { at, text, folded: words(text).join(" ") }]));
  const types = new Map([...field("type").options].map(({ value, text }) => [value, text]));
  const flagParts = byId("flags").content;
  const becomes = Object.fromEntries([...flagParts.children].map(({ dataset }) => [dataset.part, dataset.after]));

  const arrive = (file) => ([id, name, official, country, status, until, then, kinds, flags, memberships, text], at) => {
    const place = countries.get(country);
    const team = { at: file * 1e6 + at, joined: words(name).join(""), id, name, official, country: place?.text ?? country, code: country, countryAt: place?.at ?? 0,
      made: { status, until, flags }, then, kinds, memberships, text: ` ${text} ${place?.folded ?? ""}` };
    return lower(team);
  };

  /** The team as it is today: its status, and what there is to note, are lowered where a day has passed, and never raised. */
  function lower(team) {
    const { status, until, flags } = team.made;
    const fallen = lowest(status, team.then, day);
    const now = ([kind, strength, on]) => (on && on < day && becomes[kind] ? [becomes[kind], "strong", on] : [kind, strength, on]);
    team.status = fallen?.status ?? status;
    team.until = fallen ? null : until;
    team.ended = fallen && dayBefore(fallen.on);
    team.rank = STATUSES.indexOf(team.status);
    team.flags = flags.map(now);
    team.flags.sort(([, a], [, b]) => STRENGTHS.indexOf(a) - STRENGTHS.indexOf(b));
    const weights = team.flags.map(([, strength]) => 100 ** (2 - STRENGTHS.indexOf(strength)));
    team.note = weights.reduce((sum, weight) => sum + weight, 0);
    return team;
  }

  async function loadFrom(queue) {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { computed_for: made, teams: rows } = await load(`${file}`);
      // After a failure it may have been asked for twice.
      if (teams[file]) continue;
      isMixed ||= made !== document.documentElement.dataset.computedFor;
      teams[file] = rows.map(arrive(file));
      loaded += rows.length;
      if (isActive() && performance.now() - drawn > PAUSE) draw();
    }
  }

  /** Loads what is missing. Where that fails, the next use tries again. */
  function ensure() {
    const queue = Array.from({ length: files }, (_, at) => at + 1).filter((file) => !teams[file]);
    if (loading || !queue.length) return;
    byId("failed").replaceChildren();
    const turns = Array.from({ length: FILES }, () => loadFrom(queue));
    loading = Promise.allSettled(turns).then((ends) => {
      loading = null;
      if (ends.some(({ status }) => status === "rejected")) byId("failed").replaceChildren(part("parts", "failed"));
      if (isActive()) draw();
    });
  }

  // ---- What is asked for

  const state = () => Object.fromEntries(FIELDS.map((name) => [name, field(name).value.trim()]).filter(([, value]) => value));
  const isActive = () => Object.keys(state()).length > 0;

  function find({ q = "", level, country, type, flag, membership, sort = "" }) {
    const wanted = words(q);
    const joined = wanted.join("");
    const found = [];
    for (const team of teams.flat()) {
      if (level && team.status !== level) continue;
      if (country && team.code !== country) continue;
      if (type && !team.kinds.includes(type)) continue;
      if (flag && !team.flags.some(([kind]) => kind === flag)) continue;
      if (membership && !team.memberships.includes(membership)) continue;
      if (!wanted.every((word) => team.text.includes(word))) continue;
      // The best first: what is called just so, what begins so, what has words that begin so, and the rest.
      const isBegun = wanted.every((word) => team.text.includes(` ${word}`));
      team.worse = !joined || team.joined === joined ? 0 : team.joined.startsWith(joined) ? 1 : isBegun ? 2 : 3;
      found.push(team);
    }
    const by = { name: "at", country: "countryAt", level: "rank", note: "note" }[sort.replace(/^-/, "")] ?? "worse";
    const sign = sort.startsWith("-") === (by === "note") ? 1 : -1;
    return found.sort((a, b) => sign * (a[by] - b[by]) || a.at - b.at);
  }

  // ---- What is shown

  function flagPart([kind, strength, on]) {
    const node = flagParts.querySelector(`[data-part="${kind}"]`).cloneNode(true);
    const flag = node.firstElementChild;
    flag.classList.add(`flag-${strength}`);
    flag.prepend(part("parts", strength).firstElementChild);
    if (on) flag.append(" (", Object.assign(document.createElement("time"), { dateTime: on, textContent: on }), ")");
    return node;
  }

  function row(team) {
    const node = part("row", "row", { name: team.name, official: team.official });
    node.querySelector("a").href = `${pages}${team.id}.html`;
    const [, country, status, kinds, note] = node.cells;
    country.textContent = team.country;
    status.append(part("lowered", `badge-${team.status}`).firstElementChild);
    if (team.ended) status.append(" ", part("lowered", "holds", { ended: team.ended }));
    else if (team.until === "unknown") status.append(" ", part("parts", "end-not-stated"));
    else if (team.until) status.append(" ", part("parts", "until", { until: team.until }));
    kinds.textContent = team.kinds.map((kind) => types.get(kind) ?? kind).join(", ");
    if (team.flags.length) note.firstElementChild.append(...team.flags.map(flagPart));
    else note.replaceChildren();
    return node;
  }

  let found = [];
  let said = "";

  /** Announces it, unless it was announced last. */
  function say(node) {
    if (node.textContent === said) return;
    said = node.textContent;
    byId("said").replaceChildren(node);
  }

  function grow() {
    const from = body.childElementCount;
    const rows = found.slice(from, from + ROWS).map(row);
    body.append(...rows);
    const left = found.length - body.childElementCount;
    const more = byId("more");
    if (left <= 0 && document.activeElement === more) rows[0]?.querySelector("a").focus();
    more.hidden = left <= 0;
    more.replaceChildren(...(left > 0 ? part("parts", "more", { rows: `${Math.min(left, ROWS)}`, left: `${left}` }).childNodes : []));
  }

  /** Which way each column is sorted, for those who see it and those who hear it. */
  function mark({ sort = "", q }) {
    for (const head of table.tHead.rows[0].cells) {
      const { sort: column } = head.dataset;
      if (!column) continue;
      const way = sort === column || (!sort && !q && column === "name") ? "ascending" : sort === `-${column}` ? "descending" : null;
      if (way) head.setAttribute("aria-sort", way);
      else head.removeAttribute("aria-sort");
    }
  }

  function draw() {
    drawn = performance.now();
    const asked = state();
    mark(asked);
    const active = Object.keys(asked).length > 0;
    // On paper the form says of what the list is a part, and the words that it is all of it are left out.
    form.classList.toggle("screen", !active);
    document.querySelector("main .lede").classList.toggle("screen", active);
    pager?.toggleAttribute("hidden", active);
    byId("mixed").replaceChildren(...(active && isMixed ? [part("parts", "mixed")] : []));
    if (!active) {
      found = [];
      said = "";
      body.replaceChildren(...original.rows);
      // While they were away a day may have passed.
      lowerWithin(body);
      table.caption.replaceChildren(...original.caption);
      byId("said").replaceChildren();
      byId("more").hidden = true;
      return;
    }
    found = find(asked);
    const count = `${found.length}`;
    const isWhole = loaded >= total;
    const caption = part("parts", found.length === 1 ? "one" : found.length ? "many" : isWhole ? "none" : "many", { count });
    table.caption.replaceChildren(caption);
    body.replaceChildren();
    grow();
    // While files arrive, each would be announced.
    say(isWhole ? caption.cloneNode(true) : part("parts", "loading"));
    if (!isWhole) table.caption.append(" ", part("parts", "partial", { loaded: `${loaded}`, total }));
  }

  // ---- The address

  /** Keeps what is asked for in the address. Typing goes on in one entry of the history. */
  function keep(isTyping) {
    const fragment = new URLSearchParams(state()).toString();
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    if (fragment === location.hash.slice(1)) return;
    if (isTyping && location.hash) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    sameInOtherLanguages();
  }

  function restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    // Another fragment is a place on this page.
    if (location.hash && !FIELDS.some((name) => asked.has(name))) return;
    for (const name of FIELDS) {
      field(name).value = asked.get(name) ?? "";
      // What cannot be chosen is not asked for.
      if (field(name).value !== (asked.get(name) ?? "")) field(name).value = "";
    }
    sameInOtherLanguages();
    if (isActive()) ensure();
    draw();
  }

  function change(isTyping) {
    ensure();
    keep(isTyping);
    draw();
  }

  form.addEventListener("focusin", ensure);
  form.addEventListener("input", ({ target }) => change(target === field("q")));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of FIELDS) field(name).value = "";
    change(false);
    field("q").focus();
  });
  byId("more").addEventListener("click", grow);
  addEventListener("popstate", restore);
  addEventListener("peerage-day", () => {
    day = today();
    teams.flat().forEach(lower);
    if (isActive()) draw();
  });

  for (const head of table.tHead.rows[0].cells) {
    const { sort: column } = head.dataset;
    if (!column) continue;
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      field("sort").value = head.getAttribute("aria-sort") === "ascending" ? `-${column}` : column;
      change(false);
    });
  }
  table.classList.add("sortable");
  form.hidden = false;
  restore();
}
