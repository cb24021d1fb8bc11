// What AWS's cloudformation-validate says of a template, as JSON:
//
//   node validate_template.cjs FOLDER                      only its version; FOLDER is where the package is
//   node validate_template.cjs FOLDER template.yaml        [{path, message, line}, ...] without what is only informative
const path = require("node:path");

const [folder, template] = process.argv.slice(2);
const { CompositeEngine, TemplateFile, version } = require(path.resolve(folder));

if (template === undefined) {
  console.log(version());
} else {
  const engine = new CompositeEngine();
  const { diagnostics } = engine.validateTemplate(new TemplateFile(template), { severityLevel: "WARN" });
  const found = diagnostics.map((one) => ({
    path: ["Resources", one.entity?.logicalId, ...(one.propertyPath ?? "").split(".")].filter(Boolean),
    message: `${one.message} [${one.ruleId}]`,
    line: one.startLine,
  }));
  console.log(JSON.stringify(found));
}
