// The sites that the checks look at, built by the command itself as of one day, so that what is expected of them holds on any.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { open, peerage, root } from "./browser.mjs";
import { serve } from "./serve.mjs";

/** The day of all sites. */
export const day = "2026-11-21";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "peerage-browser-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

/** A built site: its name in messages, its folder, its address (on the disk, if it has no other), and its pages. */
function built(name, project, { address, on = day } = {}) {
  const out = path.join(folder, name, "public");
  const build = spawnSync(peerage, ["build", "--quiet", "--today", on, "--out", out, project], { encoding: "utf8" });
  assert.equal(build.status, 0, `${name}: ${build.error ?? build.stderr}`);
  const files = fs.readdirSync(out, { recursive: true }).map((file) => file.split(path.sep).join("/"));
  // One path of the Trusted Introducer ends in a slash, so that JSON stands in a file with the name of a page.
  const pages = files.filter((file) => file.endsWith(".html") && !file.includes("downloads/json/")).sort();
  return { name, folder: out, base: address ?? `${pathToFileURL(out)}/`, files, pages };
}

/** Writes a project of its own, file by file, and builds it. With an address it stands there (see `open`). */
export function invented(name, files, address) {
  const project = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.writeFileSync(path.join(project, file), text);
  }
  return built(name, project, { address });
}

/** Names as strangers might choose them: unbroken, from right to left, with what would be HTML. */
const NAMES = ["Unterwasserkabelschadensbearbeitungsstelle".repeat(2), "فريق الاستجابة", "<b>Bold</b> & \"quoted\"", "応答チーム", "A"];
const COUNTRIES = ["AT", "SA", "JP", "GB", "US"];
const STATUS = [
  "{level: listed, since: 2020-01-01}",
  "{level: accredited, since: 2021-01-01}",
  "{level: certified, since: 2024-01-15}",
  "{level: certified, since: 2023-12-01}",
  "{level: certified, since: 2022-06-01}",
  "{level: accredited, since: 2021-01-01}, {state: suspended, since: 2026-10-01}",
  "{level: accredited, since: 2021-01-01}, {state: withdrawn, since: 2025-10-01}",
];

function many() {
  const address = "https://many.example/registers/";
  const files = { "content/site.yaml": `title: Many teams\nsample: true\nbase_url: ${address}\n` };
  for (let at = 0; at < 700; at += 1) {
    files[`content/teams/team-${at}.yaml`] = `name: '${NAMES[at % NAMES.length]} ${at}'\ncountry: ${COUNTRIES[at % COUNTRIES.length]}\n` +
      `types: [${["academic", "national", "commercial"][at % 3]}]\nstatus: [${STATUS[at % STATUS.length]}]\n` +
      `contact: {emails: [{address: "${"long".repeat(12)}${at}@team.example"}]}\nconstituency: {networks: [192.0.2.0/24]}\n`;
  }
  return invented("many", files, address);
}

/** The sample: every fact that a directory can have. */
export const sample = built("sample", root);
/** A directory before its first team. */
export const empty = invented("empty", { "content/site.yaml": "title: An empty directory\n" });
/** Lists of several pages, and an address of its own. */
export const large = many();
export const sites = [sample, empty, large];

/** A watched page of a site, on the day of all sites unless another is given (see `open`). */
export const visit = (browser, { base, folder }, options = {}) =>
  open(browser, base, { on: day, ...(base.startsWith("file:") ? {} : { folder }), ...options });

/** The project of the sample with a setting of its own. */
function changed(name, setting) {
  const project = path.join(folder, name);
  for (const part of ["content", "static"]) fs.cpSync(path.join(root, part), path.join(project, part), { recursive: true });
  const settings = path.join(project, "content/site.yaml");
  const kept = fs.readFileSync(settings, "utf8").split("\n").filter((line) => !line.startsWith(setting.split(":")[0]));
  fs.writeFileSync(settings, [...kept, setting, ""].join("\n"));
  return project;
}

/**
 * The sample as an operator has it: below a path of a web server, with its own address in it and with the headers that are
 * told to hosts. Whoever asks for it closes it. It is of the day of all sites, unless another is given.
 */
export async function deployed(under, on = day) {
  const name = `deployed${under.replaceAll("/", "-")}`;
  const server = await serve(path.join(folder, name, "public"), under);
  return { ...built(name, changed(name, `base_url: ${server.base}`), { address: server.base, on }), close: server.close };
}

/** What the sample says of itself, for programs. */
export const told = (file) => JSON.parse(fs.readFileSync(path.join(sample.folder, "api/v1", file)));
/** What it would say if it were built on another day. */
export function rebuilt(on, file) {
  const { folder } = built(`sample-${on}`, root, { on });
  return JSON.parse(fs.readFileSync(path.join(folder, "api/v1", file)));
}

/** The sample in four languages. */
export const manifold = () => built("manifold", changed("manifold", "languages: [en, fr, de, es]"));
