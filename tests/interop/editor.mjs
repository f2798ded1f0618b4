// What an editor's user sees: the YAML language server with our schemas, as VS Code, Neovim and others run it.
//   node editor.mjs SITE CONTENT
// A new file says by its first line which schema it has; the server then completes its keys and words, says what they mean,
// and finds right and wrong in the files of `tests/schema` and the sample what the checker finds. PEERAGE names the command,
// INTEROP_TOOLS the folder with what stands in `editor/package-lock.json`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Server } from "./editor/server.mjs";

const FOLDERS = { entry: "teams", profile: "profiles", authority: "authorities", site: "." };
const corpus = path.join(path.dirname(fileURLToPath(import.meta.url)), "../schema");
const content = path.resolve(process.argv[3]);
const project = fs.mkdtempSync(path.join(os.tmpdir(), "editor-"));
process.on("exit", () => fs.rmSync(project, { recursive: true }));

fs.mkdirSync(path.join(project, "schema"));
for (const [kind, folder] of Object.entries(FOLDERS)) {
  fs.mkdirSync(path.join(project, "content", folder), { recursive: true });
  fs.writeFileSync(path.join(project, "schema", `${kind}.json`), execFileSync(process.env.PEERAGE, ["schema", kind]));
}
const server = new Server(path.join(process.env.INTEROP_TOOLS, "editor/node_modules"));
process.on("exit", () => server.stop());
await server.start();

let opened = 0;

/** Opens a text as a file of its kind in the project; what is found wrong with it is told without its place. */
async function open(kind, text) {
  const up = kind === "site" ? ".." : "../..";
  opened += 1;
  const file = path.join(project, "content", FOLDERS[kind], `x${opened}.yaml`);
  const uri = pathToFileURL(file).href;
  const found = await server.open(uri, `# yaml-language-server: $schema=${up}/schema/${kind}.json\n${text}`);
  return { uri, messages: found.map((one) => one.message) };
}

/** What the server says at `|` in an entry. */
async function at(method, text) {
  const before = text.slice(0, text.indexOf("|")).split("\n");
  const { uri } = await open("entry", text.replace("|", ""));
  return server.ask(method, { textDocument: { uri }, position: { line: before.length, character: before.at(-1).length } });
}

/** What can be chosen at `|`, by what it is called. */
async function choices(text) {
  const { items } = await at("textDocument/completion", text);
  return new Map(items.map((item) => [item.label, item]));
}

/** What is shown at `|`. */
const hover = async (text) => (await at("textDocument/hover", text)).contents.value;

// A key of a new entry, of a list in it, and the words for a value.
const HEAD = "name: CERT Rho\ncountry: AT\n";
const keys = await choices(`${HEAD}cont|`);
assert.equal(keys.get("contact")?.documentation, "How the team is reached.");
assert.equal(keys.get("contact").insertText, "contact:\n  ");
assert.deepEqual([...keys.keys()].filter((key) => ["name", "country"].includes(key)), [], "what is there is not proposed again");
const ofPhones = await choices(`${HEAD}contact:\n  phones:\n    - |`);
assert.match(ofPhones.get("number")?.documentation, /international form/);
const levels = await choices(`${HEAD}status:\n  - level: |\n    since: 2024-03-01\n`);
assert.deepEqual([...levels.keys()], ["listed", "accreditation-candidate", "accredited", "certification-candidate", "certified"]);
assert.match(levels.get("listed").documentation, /vouched for by two teams/);
assert.match((await choices("name: CERT Rho\ncountry: |\n")).get("AT")?.documentation, /Austria/);
assert.ok((await choices(`${HEAD}contact:\n  timezone: |\n`)).has("Europe/Vienna"));
assert.match((await choices(`${HEAD}types:\n  - |\n`)).get("national")?.documentation, /National/);
assert.ok((await choices(`${HEAD}maturity:\n  - scores:\n      O-|`)).has("O-1"));

// What a key means, and a word.
assert.match(await hover("name: CERT Rho\ncoun|try: AT\n"), /country of the seat[^]*`AT`: Austria/);
assert.match(await hover(`${HEAD}status: [{level: listed, si|nce: 2024-03-01}]\n`), /The first day/);
assert.match(await hover(`${HEAD}contact: {emails: [{address: a@rho.example, usage: [ab|use]}]}\n`), /`abuse`: Reports of abuse/);

// A mistake is told in our words.
const { messages } = await open("entry", `${HEAD}established: 2004-3-1\n`);
assert.deepEqual(messages, ["write a day of the calendar as year, month and day: 2026-05-01"]);

const held = [];
const wrong = [];

/** Holds what is found in a file against whether there ought to be something. */
async function judge(kind, file, isBad) {
  const found = await open(kind, fs.readFileSync(file, "utf8"));
  if (found.messages.length > 0 !== isBad) wrong.push(`${file}: ${JSON.stringify(found.messages)}`);
}
const yaml = (folder) => fs.readdirSync(folder).filter((name) => name.endsWith(".yaml")).map((name) => path.join(folder, name));
for (const folder of ["good", "bad"]) {
  for (const file of yaml(path.join(corpus, folder))) {
    // The server understands a modeline wherever it stands.
    if (!file.includes("modeline")) held.push(judge(path.basename(file).split("-")[0], file, folder === "bad"));
  }
}
for (const [kind, folder] of Object.entries(FOLDERS)) {
  for (const file of kind === "site" ? [path.join(content, "site.yaml")] : yaml(path.join(content, folder))) {
    held.push(judge(kind, file, false));
  }
}
await Promise.all(held);
assert.deepEqual(wrong, [], `${wrong.length} of ${held.length} files are judged otherwise`);
assert.ok(held.length > 150);
server.stop();
console.log(`the YAML language server completes and explains, and judges ${held.length} files as the checker does`);
