// Holds a report in the Reviewdog Diagnostic Format against the schema of rdformat-validator, read from standard input.
//   node validate.mjs MODULES
// MODULES is the folder in which the packages of package-lock.json are. Prints what is wrong as JSON.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The validator alone: the package's main file also reads its command line, which needs a newer Node than Debian 12 has.
const at = path.resolve(process.argv[2], "@umbrelladocs/rdformat-validator/dist/validator/index.js");
const { Validator } = createRequire(import.meta.url)(at);
const { errors } = new Validator({ strictMode: true }).validate(JSON.parse(fs.readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(errors));
