// The schemas in ajv: every one compiles, every row of verdicts.json gets its verdict, and every word of the schemas is
// needed for some row's verdict (so the table covers what the schemas say).
//
//     node tests/schemas/ajv_test.mjs
//
// ajv is installed by `npm ci --prefix tests/oracles`. CONNECT_LINT_NODE_MODULES names another node_modules.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const Ajv = loadAjv(resolve(process.env.CONNECT_LINT_NODE_MODULES ?? join(root, "tests/oracles/node_modules")));

function loadAjv(nodeModules) {
  if (!existsSync(join(nodeModules, "ajv"))) {
    console.error(`ajv is not in ${nodeModules}: run \`npm ci --prefix tests/oracles\`, or name a node_modules in CONNECT_LINT_NODE_MODULES`);
    process.exit(2);
  }
  return createRequire(join(nodeModules, "x.js"))("ajv").default;
}

function load(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

// A number or a text is what a Timestamp is: the one union of types that strict mode has to allow.
function compile(schema) {
  return new Ajv({ strict: true, allowUnionTypes: true, validateSchema: false }).compile(schema);
}

function checkMetaSchema(schemas) {
  return Object.entries(schemas).flatMap(([operation, schema]) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    return ajv.validateSchema(schema) ? [] : [`${operation}: not draft-07: ${ajv.errorsText()}`];
  });
}

function checkVerdicts(schemas, rows) {
  const validators = Object.fromEntries(Object.entries(schemas).map(([operation, schema]) => [operation, compile(schema)]));
  return rows.flatMap(({ operation, name, valid, request }) => {
    const validate = validators[operation];
    if (validate(request) === valid) return [];
    return [`${operation}: ${name}: should be ${valid ? "accepted" : "refused"}: ${JSON.stringify(validate.errors)}`];
  });
}

// --- Is every word of the schemas needed? Each change below must turn the verdict of some row.

const oneTighter = {
  minLength: 1, minItems: 1, minProperties: 1, minimum: 1,
  maxLength: -1, maxItems: -1, maxProperties: -1, maximum: -1, exclusiveMaximum: -1,
};

// A word of the model that changes nothing, because another one says as much.
function isImplied(definition, keyword) {
  const refusesEmpty = "pattern" in definition && !new RegExp(definition.pattern, "u").test("");
  return (
    (keyword === "type" && ("enum" in definition || definition.title === "TagKey")) || // Only texts are listed; keys are texts.
    (keyword === "minLength" && definition.minLength === 1 && refusesEmpty) ||
    (keyword === "pattern" && !refusesEmpty) // Unanchored and content with nothing: it finds that in every text.
  );
}

// The changes of one definition: what is changed, and how.
function* changesOf(definition) {
  for (const [keyword, value] of Object.entries(definition)) {
    if (["$schema", "$comment", "title", "description", "definitions", "properties"].includes(keyword)) continue;
    if (!isImplied(definition, keyword)) yield [`without ${keyword}`, (copy) => delete copy[keyword]];
    if (keyword in oneTighter) yield [`${keyword} one tighter`, (copy) => (copy[keyword] += oneTighter[keyword])];
    if (keyword === "enum") {
      for (const choice of value) yield [`without ${choice}`, (copy) => (copy.enum = value.map((other) => (other === choice ? "" : other)))];
    }
  }
  for (const member of definition.required ?? []) {
    yield [`${member} not required`, (copy) => (copy.required = copy.required.filter((other) => other !== member))];
  }
  for (const member of Object.keys(definition.properties ?? {})) {
    yield [`without ${member}`, (copy) => delete copy.properties[member]];
    yield [`${member} of any form`, (copy) => (copy.properties[member] = {})];
  }
}

function turnsAVerdict(schema, rows) {
  const validate = new Ajv({ strict: false, validateSchema: false, inlineRefs: false, code: { optimize: false } }).compile(schema);
  return rows.some(({ request, valid }) => validate(request) !== valid);
}

function checkCoverage(schemas, rows) {
  const noticed = new Map(); // By shape and change: a shape that several operations share is covered by any of them.
  const rowsOf = (operation) => rows.filter((row) => row.operation === operation);
  const mostRowsFirst = Object.entries(schemas).sort(([a], [b]) => rowsOf(b).length - rowsOf(a).length);
  for (const [operation, schema] of mostRowsFirst) {
    for (const shape of [null, ...Object.keys(schema.definitions)]) {
      const at = (whole) => (shape === null ? whole : whole.definitions[shape]);
      for (const [words, change] of changesOf(at(schema))) {
        const key = `${at(schema).title}: ${words}`;
        if (noticed.get(key)) continue;
        const changed = structuredClone(schema);
        change(at(changed));
        noticed.set(key, turnsAVerdict(changed, rowsOf(operation)));
      }
    }
  }
  const unnoticed = [...noticed.keys()].filter((key) => !noticed.get(key));
  return { changes: noticed.size, problems: unnoticed.map((key) => `no row of verdicts.json notices a change: ${key}`) };
}

const table = load(join(root, "schemas/operations.json"));
const schemas = Object.fromEntries(table.operations.map(({ name }) => [name, load(join(root, "schemas", `${name}.json`))]));
const rows = load(join(here, "verdicts.json"));
const coverage = checkCoverage(schemas, rows);
const problems = [...checkMetaSchema(schemas), ...checkVerdicts(schemas, rows), ...coverage.problems];
for (const problem of problems) console.error(problem);
console.log(`ajv: ${Object.keys(schemas).length} schemas, ${rows.length} requests, ${coverage.changes} changes of schemas, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
