#include <connect_lint/lint.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/catalogue.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/engine.h"
#include "cli/rule_words.h"
#include "cli/run.h"
#include "lint/rule_examples.h"
#include "report/reporter.h"

namespace connect_lint {
namespace {

// The findings of a family, or all of them, sorted. False: there are none.
bool print_list(const LintEngine& engine, std::string_view family, Output& out) {
  std::map<std::string_view, std::string_view> all;  // From id to summary.
  for (const CatalogueEntry& entry : catalogue()) all.emplace(entry.id, entry.summary);
  for (const ListedRule& listed : rules_of(engine)) all.emplace(listed.rule().id, listed.file().summary);
  bool any = false;
  for (const auto& [id, summary] : all) {
    if (!family.empty() && !names_id(family, id)) continue;
    out.print("{:<38} {}\n", id, summary);
    any = true;
  }
  return any;
}

void print_entry(Output& out, const CatalogueEntry& entry) {
  out.print("{}\n{}\n\n", entry.id, entry.summary);
  out.print("severity   {}\ncertainty  {}\n\n{}", name_of(entry.severity), name_of(entry.certainty),
            entry.explanation);
  if (!entry.wrong.empty()) out.print("\nwrong:\n    {}\n", entry.wrong);
  if (!entry.right.empty()) out.print("\nright:\n    {}\n", entry.right);
}

void print_indented(Output& out, std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    out.print("{}{}\n", line.empty() ? "" : "    ", line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

// What people ask about a rule, in the order of asking.
class RulePage {
 public:
  RulePage(const LintEngine& engine, const ListedRule& listed, Output& out)
      : engine_(engine), listed_(listed), rule_(listed.rule()), file_(listed.file()), out_(out) {}

  void print() {
    out_.print("{}\n{}\n\n", rule_.id, file_.summary);
    row("severity", rule_.severity == Severity::Info ? "info (`--show info` shows it)" : std::string(name_of(rule_.severity)));
    row("certainty", std::string(name_of(rule_.certainty)));
    row("looks at", joined(file_.shape_names));
    if (rule_.needs_now) row("runs", "with `--now` only: it depends on the present time");
    if (rule_.dialects != kAllDialects) row("holds for", dialects());
    if (rule_.across_files) row("compares", "all files of a run: what it finds has to be different in each");
    if (!file_.absorbs.empty()) row("absorbs", joined(file_.absorbs));
    if (file_.fix) row("fix", fix_text());
    out_.print("\n{}", file_.why);
    if (!file_.why.ends_with('\n')) out_.write("\n");
    if (!file_.help_text.empty()) out_.print("\nWhat to do: {}\n", file_.help_text);
    out_.print("\nSource: {}\n", file_.about_source);
    example(true);
    example(false);
  }

 private:
  void row(std::string_view name, const std::string& text) { out_.print("{:<9}  {}\n", name, text); }

  [[nodiscard]] std::string dialects() const {
    std::vector<std::string> names;
    for (const Dialect dialect : {Dialect::Input, Dialect::Body, Dialect::CloudFormation})
      if (rule_.holds_for(dialect)) names.emplace_back(name_of(dialect));
    return fmt::format("the dialect{} {}", names.size() == 1 ? "" : "s", joined(names));
  }

  [[nodiscard]] std::string fix_text() const {
    const FixTemplate& fix = *file_.fix;
    std::string text;
    const std::string to = fix.text ? fmt::format("`{}`", fix.text->text()) : "";
    switch (fix.action) {
      case FixTemplate::Action::Replace: text = "replace the value by " + to; break;
      case FixTemplate::Action::RenameKey: text = "rename the key to " + to; break;
      case FixTemplate::Action::Remove: text = "remove it"; break;
      case FixTemplate::Action::Insert: text = fmt::format("insert `{}`: {}", fix.member, to); break;
    }
    return text + (fix.safe ? " (safe)" : " (to be looked at)");
  }

  // The first one of its kind; the one without mistakes of other kinds, where it is right.
  void example(bool fails) {
    for (const RuleExample& example : file_.examples) {
      if (example.fails != fails) continue;
      const ExampleOutcome outcome = run_example(engine_, *listed_.library, listed_.index, example, workspace_);
      if (!fails && outcome.refused) continue;
      out_.print("\n{}:\n", fails ? "wrong" : "right");
      print_indented(out_, outcome.text);
      if (fails) findings(outcome);
      return;
    }
  }

  void findings(const ExampleOutcome& outcome) {
    Output text;
    find_format("text")->make(text, {})->file({"example.json", outcome.report, outcome.text});
    std::string_view shown = text.text();
    while (shown.ends_with('\n')) shown.remove_suffix(1);
    out_.print("\n{}\n", shown);
  }

  const LintEngine& engine_;
  const ListedRule& listed_;
  const Rule& rule_;
  const RuleFile& file_;
  Output& out_;
  Workspace workspace_;
};

}  // namespace

int run_explain(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("explain", "Explains a finding: why it is a mistake and what to do. Without an id: lists all.");
  std::string id;
  std::string data_dir;
  std::vector<std::string> directories;
  app.positional("id", id, "As findings show it, such as schema/enum, or a family, to be listed", false);
  app.options("--rules", directories, "DIR", "Also know the rules of this folder; may be given several times");
  app.option("--data-dir", data_dir, "DIR", "Read schemas/ and rules/ of this folder instead of the built-in ones");
  if (environment.description != nullptr)
    if (const auto built_in = load_engine({}, {}, environment)) app.suggest("id", finding_ids(*built_in));
  if (const auto code = app.parse(arguments, environment)) return *code;
  const auto engine = load_engine(data_dir, directories, environment);
  if (!engine) return kExitUsage;
  if (const auto listed = find_listed(*engine, id)) {
    RulePage(*engine, *listed, environment.out).print();
  } else if (const CatalogueEntry* entry = find_entry(id)) {
    print_entry(environment.out, *entry);
  } else if (!print_list(*engine, id, environment.out)) {
    const std::string_view near = guess_id(*engine, id);
    return usage_error(environment, "explain", fmt::format("there is no finding {}{}", ticked(id), near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  }
  return kExitClean;
}

}  // namespace connect_lint
