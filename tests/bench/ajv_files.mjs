// What people write who have ajv: a script that reads a folder's files, parses each and checks it, on one thread.
//
//     node tests/bench/ajv_files.mjs --compile NODE_MODULES VALIDATE.cjs    compiles the schema ahead (ajv's standalone code)
//     node tests/bench/ajv_files.mjs VALIDATE.cjs FOLDER                    checks; prints what is wrong, exits with 1 if anything is

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

function compile(nodeModules, to) {
  const requireThere = createRequire(join(resolve(nodeModules), "x.js"));
  const Ajv = requireThere("ajv").default;
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, code: { source: true, optimize: true } });
  const schema = JSON.parse(readFileSync(join(root, "schemas/CreateIntegrationWorkflow.json"), "utf8"));
  const code = requireThere("ajv/dist/standalone").default(ajv, ajv.compile(schema));
  writeFileSync(to, code.replaceAll(/require\("(ajv\/[^"]+)"\)/g, (_, name) => `require(${JSON.stringify(requireThere.resolve(name))})`));
}

function check(validate, folder) {
  let wrong = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      wrong += check(validate, path);
    } else if (entry.name.endsWith(".json") && !validate(JSON.parse(readFileSync(path, "utf8")))) {
      console.log(path, validate.errors);
      ++wrong;
    }
  }
  return wrong;
}

const [first, second, third] = process.argv.slice(2);
if (first === "--compile") {
  compile(second, third);
} else {
  process.exit(check(createRequire(import.meta.url)(resolve(first)), second) === 0 ? 0 : 1);
}
