// The kinds of pages, and of each kind those that are hardest to lay out.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { sample, sites, told } from "./sites.mjs";

/** The folder of a language. */
const TREE = /^(de|es|fr)\//;

/** Every page is of one kind; its path within the tree of its language says which. */
export const kinds = {
  home: /^index\.html$/,
  teams: /^teams\/(index|page\/\d+)\.html$/,
  team: /^teams\/(?!index\.html$)[^/]+\.html$/,
  countries: /^countries\/index\.html$/,
  country: /^countries\/[a-z]{2}(\/\d+)?\.html$/,
  types: /^types\/index\.html$/,
  type: /^types\/(?!index\.html$)[^/]+(\/\d+)?\.html$/,
  level: /^levels\/[^/]+(\/\d+)?\.html$/,
  expiring: /^expiring(\/\d+)?\.html$/,
  keys: /^keys(\/\d+)?\.html$/,
  lookup: /^lookup\.html$/,
  statistics: /^statistics\.html$/,
  series: /^statistics\/[^/]+\.html$/,
  methodology: /^methodology\.html$/,
  data: /^data\.html$/,
  "not found": /^404\.html$/,
  contacts: /^contacts(\/\d+)?\.html$/,
  text: /^about\.html$/,
  authorities: /^authorities\.html$/,
  authority: /^authorities\/[^/]+(\/\d+)?\.html$/,
  associations: /^associations\/index\.html$/,
  association: /^associations\/(?!index\.html$)[^/]+(\/\d+)?\.html$/,
  meetings: /^events\.html$/,
  meeting: /^events\/[^/]+\.html$/,
  sealed: /^sealed\.html$/,
};

/** The kind of a page. A page of none would be looked at by nobody, so that it is an error. */
export function kindOf(page) {
  const fits = Object.keys(kinds).filter((kind) => kinds[kind].test(page.replace(TREE, "")));
  assert.equal(fits.length, 1, `${page} is of the kinds [${fits}]: tests/browser/support/pages.mjs names one for each page`);
  return fits[0];
}

const size = (site, page) => fs.statSync(path.join(site.folder, page)).size;

/** The teams of the sample that have something a page could fail at. */
function hardTeams() {
  const { teams } = told("teams.json");
  const right = /[\u0590-\u08ff]/;
  const cases = {
    withdrawn: (team) => team.status.id === "withdrawn",
    suspended: (team) => team.status.id === "suspended",
    "without a level": (team) => team.status.id === "not-stated",
    "from right to left": (team) => right.test(team.name),
    "in an alphabet of many signs": (team) => /[\u4e00-\u9fff]/.test(team.name),
    "with a key that has ended": (team) => team.keys.some(({ read, offered }) => read && !offered),
    "with a certificate": (team) => team.keys.some(({ kind }) => kind === "smime"),
    "without an address": (team) => !team.contact?.emails?.length,
    "with flags": (team) => team.flags.length > 1,
  };
  return Object.entries(cases).flatMap(([name, has]) => {
    const team = teams.find(has);
    if (!team) throw new Error(`the sample has no team ${name}`);
    return [`teams/${team.id}.html`];
  });
}

/**
 * The pages to look at closely: of each site and kind the heaviest and the lightest, a second one of each list, and
 * the hard teams. */
export function hard() {
  const found = [];
  for (const site of sites) {
    const chosen = new Set(site === sample ? hardTeams() : []);
    for (const kind of Object.keys(kinds)) {
      const pages = site.pages.filter((page) => kinds[kind].test(page));
      const sorted = [...pages].sort((a, b) => size(site, a) - size(site, b));
      for (const page of [sorted[0], sorted.at(-1), pages.find((page) => page.endsWith("/2.html"))]) if (page) chosen.add(page);
    }
    found.push(...[...chosen].sort().map((page) => ({ site, page })));
  }
  return found;
}
