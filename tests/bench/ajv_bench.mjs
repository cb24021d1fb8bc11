// Times of ajv on the same requests: its standalone code, compiled ahead, with JSON.parse on the text and alone.
//
//     node tests/bench/ajv_bench.mjs NODE_MODULES REQUEST.json ROUNDS
//
// Prints JSON: the microseconds of a call, one figure for each round. A round lasts about 20 ms.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [nodeModules, request, rounds] = process.argv.slice(2);
if (rounds === undefined) {
  console.error("usage: node ajv_bench.mjs NODE_MODULES REQUEST.json ROUNDS");
  process.exit(2);
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const requireThere = createRequire(join(resolve(nodeModules), "x.js"));
const roundNanoseconds = 20e6;
let sink = 0; // What was measured is used, so that it is not optimised away.

// As a module of its own, which is how ajv's documentation has it used.
function standalone(schema) {
  const Ajv = requireThere("ajv").default;
  const standaloneCode = requireThere("ajv/dist/standalone").default;
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, code: { source: true, optimize: true } });
  const folder = mkdtempSync(join(tmpdir(), "ajv-bench-"));
  const file = join(folder, "validate.cjs");
  try {
    writeFileSync(file, standaloneCode(ajv, ajv.compile(schema)));
    // From here it would not find ajv's small run-time helpers.
    const code = readFileSync(file, "utf8").replaceAll(/require\("(ajv\/[^"]+)"\)/g, (_, name) => `require(${JSON.stringify(requireThere.resolve(name))})`);
    writeFileSync(file, code);
    return createRequire(file)(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function nanosecondsOf(call, count) {
  const begin = process.hrtime.bigint();
  for (let index = 0; index < count; ++index) sink += call() ? 1 : 0;
  return Number(process.hrtime.bigint() - begin);
}

function measure(call) {
  // Warm: until node's compilers have seen enough of it.
  let count = 100;
  for (let turn = 0; turn < 20; ++turn) {
    const took = nanosecondsOf(call, count);
    count = Math.max(10, Math.round((count * roundNanoseconds) / took));
  }
  return Array.from({ length: Number(rounds) }, () => nanosecondsOf(call, count) / count / 1000);
}

const schema = JSON.parse(readFileSync(join(root, "schemas/CreateIntegrationWorkflow.json"), "utf8"));
const validate = standalone(schema);
const text = readFileSync(request, "utf8");
const value = JSON.parse(text);
if (!validate(value)) throw new Error(`${request}: ${JSON.stringify(validate.errors)}`);
const results = {
  parse_and_validate: measure(() => validate(JSON.parse(text))),
  validate: measure(() => validate(value)),
};
if (sink === 0) throw new Error("nothing was measured");
console.log(JSON.stringify(results));
