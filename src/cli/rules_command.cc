#include <connect_lint/lint.h>

#include <algorithm>

#include "cli/arguments.h"
#include "cli/engine.h"
#include "cli/rule_words.h"
#include "cli/run.h"
#include "document/json_writer.h"

namespace connect_lint {
namespace {

using Rules = std::vector<ListedRule>;

std::string_view family_of(std::string_view id) { return id.substr(0, id.find('/')); }

// In 120 columns, but for the longest.
void print_table(const Rules& rules, Output& out) {
  for (const ListedRule& listed : rules)
    out.print("{:<35} {:<7}  {:<13}  {}\n", listed.rule().id, name_of(listed.rule().severity), name_of(listed.rule().certainty),
              listed.file().summary);
}

std::string_view without_end(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

// Members of one object, in order.
class ObjectWriter {
 public:
  explicit ObjectWriter(Output& out) : out_(out) {}

  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) raw(key, quoted_json(value));
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + quoted_json(value);
    raw(key, "[" + list + "]");
  }
  void raw(std::string_view key, std::string_view value) {
    out_.print("{}\"{}\": {}", first_ ? "" : ",\n   ", key, value);
    first_ = false;
  }

 private:
  Output& out_;
  bool first_ = true;
};

void print_json(const Rules& rules, Output& out) {
  out.write("[");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i].rule();
    const RuleFile& file = rules[i].file();
    out.write(i == 0 ? "\n  {" : ",\n  {");
    ObjectWriter object(out);
    object.text("id", rule.id);
    object.text("summary", file.summary);
    object.text("severity", name_of(rule.severity));
    object.text("certainty", name_of(rule.certainty));
    object.texts("on", file.shape_names);
    object.text("when", file.when_text);
    object.text("find", file.find_text);
    object.text("message", file.message_text);
    object.text("help", file.help_text);
    object.texts("absorbs", file.absorbs);
    if (file.fix) object.raw("fix", fmt::format("{{\"kind\": \"{}\", \"safe\": {}}}", name_of(file.fix->action), file.fix->safe));
    if (rule.dialects != kAllDialects) {
      std::vector<std::string> dialects;
      for (const Dialect dialect : {Dialect::Input, Dialect::Body, Dialect::CloudFormation})
        if (rule.holds_for(dialect)) dialects.emplace_back(name_of(dialect));
      object.texts("dialects", dialects);
    }
    object.raw("needs_now", rule.needs_now ? "true" : "false");
    object.raw("across_files", rule.across_files ? "true" : "false");
    object.text("why", without_end(file.why));
    object.text("source", file.about_source);
    out.write("}");
  }
  out.write(rules.empty() ? "]\n" : "\n]\n");
}

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '<') result += '\\';
    result += c;
  }
  return result;
}

void print_markdown(const Rules& rules, Output& out) {
  std::string_view family;
  for (const ListedRule& listed : rules) {
    const Rule& rule = listed.rule();
    if (family_of(rule.id) != family) {
      out.print("{}### {}\n\n| rule | severity | certainty | what is wrong |\n| --- | --- | --- | --- |\n", family.empty() ? "" : "\n",
                family_of(rule.id));
      family = family_of(rule.id);
    }
    const std::string marks = rule.needs_now ? " (with `--now`)" : rule.across_files ? " (across the files of a run)" : "";
    out.print("| [`{0}`]({0}.yaml) | {1} | {2} | {3}{4} |\n", rule.id, name_of(rule.severity), name_of(rule.certainty), cell(listed.file().summary), marks);
  }
}

}  // namespace

int run_rules(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("rules", "Lists the rules: what they are about, how severe it is, and how we know.");
  std::string format = "table";
  std::string data_dir;
  std::vector<std::string> directories;
  app.option("--format", format, "NAME", "table (unless given); json: with shapes, queries, messages and reasons; markdown",
             {"table", "json", "markdown"});
  app.options("--rules", directories, "DIR", "Also list the rules of this folder; may be given several times");
  app.option("--data-dir", data_dir, "DIR", "Read schemas/ and rules/ of this folder instead of the built-in ones");
  app.footer("`connect-lint explain` lists every finding: the rules', the schemas' and the document reader's.");
  if (const auto code = app.parse(arguments, environment)) return *code;
  const auto engine = load_engine(data_dir, directories, environment);
  if (!engine) return kExitUsage;
  const Rules rules = rules_of(*engine);
  if (format == "json") {
    print_json(rules, environment.out);
  } else if (format == "markdown") {
    print_markdown(rules, environment.out);
  } else {
    print_table(rules, environment.out);
  }
  return kExitClean;
}

}  // namespace connect_lint
