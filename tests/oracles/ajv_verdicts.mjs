// What ajv says of many requests:
//
//     node tests/oracles/ajv_verdicts.mjs schemas/ < mutants.jsonl
//
// Reads lines {"operation": ..., "text": ...} and prints one word for each: valid, invalid or unreadable.
// ajv is installed by `npm ci --prefix tests/oracles`. CONNECT_LINT_NODE_MODULES names another node_modules.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const nodeModules = resolve(process.env.CONNECT_LINT_NODE_MODULES ?? join(dirname(fileURLToPath(import.meta.url)), "node_modules"));
if (!existsSync(join(nodeModules, "ajv"))) {
  console.error(`ajv is not in ${nodeModules}: run \`npm ci --prefix tests/oracles\`, or name a node_modules in CONNECT_LINT_NODE_MODULES`);
  process.exit(2);
}
const Ajv = createRequire(join(nodeModules, "x.js"))("ajv").default;

const validators = new Map();
function validatorOf(operation) {
  if (!validators.has(operation)) {
    const schema = JSON.parse(readFileSync(join(process.argv[2], `${operation}.json`), "utf8"));
    validators.set(operation, new Ajv({ strict: true, allowUnionTypes: true, validateSchema: false }).compile(schema));
  }
  return validators.get(operation);
}

function verdict({ operation, text }) {
  let request;
  try {
    request = JSON.parse(text);
  } catch {
    return "unreadable";
  }
  return validatorOf(operation)(request) ? "valid" : "invalid";
}

const lines = readFileSync(0, "utf8").split("\n");
lines.pop();
process.stdout.write(lines.map((line) => `${verdict(JSON.parse(line))}\n`).join(""));
