// The build's rule compiler: checks rules/**/*.yaml against schemas/*.json and
// writes a C++ source with the tables and one with the sieves.
//
//   connect_lint_embed_rules SCHEMAS_DIR RULES_DIR RULES.cc SIEVES.cc
#include <fmt/format.h>

#include <concepts>
#include <cstdio>
#include <string>
#include <vector>

#include "base/source_writer.h"
#include "document/key_table_source.h"
#include "rules/rule_tables.h"
#include "rules/sieve_writer.h"
#include "schema/lower.h"
#include "schema/operation_file.h"

namespace connect_lint {
namespace {

std::string written(Span span) { return fmt::format("{{{}u, {}u}}", span.begin, span.end); }
std::string written(const std::optional<std::int64_t>& value) {
  return value ? fmt::format("std::int64_t{{{}}}", *value) : "std::nullopt";
}
std::string written(const Segment& segment) {
  return fmt::format("{{{}, {}u, {}u, {}}}", segment.descendant, segment.first, segment.count, written(segment.span));
}
std::string written(const Selector& selector) {
  return fmt::format("{{SelectorKind{{{}}}, {}, {}u, {}, {}, {}, {}, {}}}", static_cast<int>(selector.kind), selector.key, selector.filter,
                     literal(selector.name), written(selector.start), written(selector.end), selector.step, written(selector.span));
}
std::string written(const Path& path) {
  return fmt::format("{{{}, {}, {}, {}u, {}u, {}}}", path.relative, path.singular, path.spaced, path.first, path.count, written(path.span));
}
std::string written(const Term& term) {
  return fmt::format("{{TermKind{{{}}}, Comparison{{{}}}, {}, {}u, {}u, {}u, {}u, {}}}", static_cast<int>(term.kind),
                     static_cast<int>(term.comparison), term.constant, term.first, term.count, term.index, term.memo, written(term.span));
}
std::string written(const Value& value) {
  return fmt::format("{{ValueKind{{{}}}, {}, kNoNode, {{{}, {}, {:.17g}}}, {}}}", static_cast<int>(value.kind), value.boolean,
                     value.number.whole, value.number.integer, value.number.real, literal(value.text));
}
std::string written(const Call& call) { return fmt::format("{{{}, {}, {}}}", call.function, call.pattern_plus_1, call.pattern_known); }
std::string written(const PatternProgram& pattern) {
  return fmt::format("{{{}u, {}u, {}u, {}u, {}u, {}u, {}, {}, {}, {}}}", pattern.text, pattern.text_length, pattern.classes,
                     pattern.transitions, pattern.accepting, pattern.prefix, pattern.prefix_length, pattern.start, pattern.class_count,
                     pattern.state_count);
}
template <std::unsigned_integral T>
std::string written(T value) {
  return fmt::format("{}u", value);
}

// The tables of all programs, one behind the other.
template <typename T>
class Pool {
 public:
  Pool(std::string_view type, std::string_view name) : type_(type), name_(name) {}
  // Gives a span of what was added.
  std::string add(std::span<const T> items) {
    if (items.empty()) return "{}";
    const std::size_t first = all_.size();
    all_.insert(all_.end(), items.begin(), items.end());
    return fmt::format("{{{} + {}, {}}}", name_, first, items.size());
  }
  void write(SourceWriter& out) const {
    out.array(type_, name_, all_, [](const T& item) { return written(item); });
  }

 private:
  std::string_view type_;
  std::string_view name_;
  std::vector<T> all_;
};

class ProgramPools {
 public:
  std::string add(const Program& program) {
    if (program.functions == nullptr) return "{}";
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, &kFunctions, {}, {}, {}, {}}}", literal(program.text),
                       segments_.add(program.segments), selectors_.add(program.selectors), paths_.add(program.paths),
                       terms_.add(program.terms), operands_.add(program.operands), literals_.add(program.literals),
                       calls_.add(program.calls), patterns_.add(program.patterns), bytes_.add(program.pattern_bytes),
                       literal(program.pattern_texts), program.root, program.memos, program.first_memo, program.first_call);
  }
  void write(SourceWriter& out) const {
    segments_.write(out);
    selectors_.write(out);
    paths_.write(out);
    terms_.write(out);
    operands_.write(out);
    literals_.write(out);
    calls_.write(out);
    patterns_.write(out);
    bytes_.write(out);
  }

 private:
  Pool<Segment> segments_{"Segment", "kSegments"};
  Pool<Selector> selectors_{"Selector", "kSelectors"};
  Pool<Path> paths_{"Path", "kPaths"};
  Pool<Term> terms_{"Term", "kTerms"};
  Pool<TermIndex> operands_{"TermIndex", "kOperands"};
  Pool<Value> literals_{"Value", "kLiterals"};
  Pool<Call> calls_{"Call", "kCalls"};
  Pool<PatternProgram> patterns_{"PatternProgram", "kPatterns"};
  Pool<std::uint8_t> bytes_{"std::uint8_t", "kPatternBytes"};
};

void write_rules(SourceWriter& out, const RuleSet& set, const SieveSource& sieves) {
  ProgramPools programs;
  std::vector<std::string> rules;
  for (const Rule& rule : set.rules)
    rules.push_back(fmt::format("\n    {{{}, Severity{{{}}}, Certainty{{{}}}, Mark{{{}}}, {}, {}, {}, {}, {}, {}, {}}}", literal(rule.id),
                                static_cast<int>(rule.severity), static_cast<int>(rule.certainty), static_cast<int>(rule.mark),
                                rule.sees_refused, rule.needs_now, rule.across_files, rule.dialects, programs.add(rule.when), programs.add(rule.find),
                                long_literal(rule.file)));
  programs.write(out);
  out.array("Rule", "kRules", rules, [](const std::string& rule) { return rule; });
  const auto plain = [](auto number) { return written(number); };
  out.array("RuleIndex", "kShapeRules", set.shape_rules, plain);
  out.array("RuleWalk", "kWalks", set.walks,
            [](const RuleWalk& walk) { return fmt::format("{{{}u, {}u, {}u}}", walk.first, walk.count, walk.segments); });
  std::vector<std::string> shapes;
  for (std::size_t i = 0; i < set.shapes.size(); ++i) {
    const ShapeRules& shape = set.shapes[i];
    shapes.push_back(fmt::format("\n    {{{}u, {}u, {}u, {}u, {{{}u}}, {{{}u}}, {}u, {}u, {}}}", shape.first_walk, shape.walk_count, shape.first_rule,
                                 shape.rule_count, fmt::join(shape.at_least, "u, "), fmt::join(shape.for_dialect, "u, "), shape.need_now,
                                 shape.across_files, sieves.names[i]));
  }
  out.array("ShapeRules", "kShapes", shapes, [](const std::string& shape) { return shape; });
  out.array("std::uint8_t", "kWanted", set.wanted, plain);
  const std::string words = write_key_table(out, sieves.words.table(), "kWord");
  out.line("constexpr RuleSet kSet = {{{{kRules, {}}}, {{kShapeRules, {}}}, {{kWalks, {}}}, kShapes, kWanted, {}u, {}u, {}u, {}}};",
           set.rules.size(), set.shape_rules.size(), set.walks.size(), set.memos, set.calls, sieves.lists, words);
}

// RE2 takes too long to start for a clean file: the first pattern of an
// expression has to have an automaton. Those behind it are reached rarely.
bool check_patterns(const RuleSet& set) {
  bool good = true;
  for (const Rule& rule : set.rules) {
    for (const Program* program : {&rule.when, &rule.find}) {
      if (program->patterns.empty()) continue;
      if (const PatternProgram& pattern = program->patterns.front(); pattern.class_count == 0) {
        fmt::print(stderr, "rules/{}.yaml: error: no automaton for the pattern `{}`\n", rule.id,
                   program->pattern_texts.substr(pattern.text, pattern.text_length));
        good = false;
      }
    }
  }
  return good;
}

int run(const std::string& schemas_directory, const std::string& rules_directory, const std::string& output,
        const std::string& sieve_output) {
  const auto fail = [](const std::string& message) {
    fmt::print(stderr, "connect_lint_embed_rules: {}\n", message);
    return 1;
  };
  const auto operations = OperationFile::load(schemas_directory);
  if (!operations.ok()) return fail(operations.error());
  const OperationTable table = operations.value().table();
  const auto sources = load_schema_sources(schemas_directory, table);
  if (!sources.ok()) return fail(sources.error());
  const auto lowered = lower_schemas(sources.value(), table);
  if (!lowered.ok()) return fail(lowered.error());
  const SchemaSet schemas = lowered.value().set();
  RuleAllowance all;
  auto folder = load_rule_folder(rules_directory, schemas, all, nullptr);
  if (!folder.ok()) return fail(folder.error());
  for (const auto& file : folder.value().files)
    for (const TextProblem& problem : file->problems) fmt::print(stderr, "{}\n", problem_line(file->name, file->source.view(), problem));
  if (folder.value().problems() > 0) return 1;
  const RuleTables tables(std::move(folder).value().files, schemas);
  if (!check_patterns(tables.set())) return 1;

  constexpr std::string_view kOrigin = "// Made by the build from rules/**/*.yaml.";
  const SieveSource sieves = write_sieves(tables.set(), schemas);
  SourceWriter sieve_out;
  // What is made once is not there before.
  sieve_out.line("{}\n#if defined(__GNUC__) && !defined(__clang__)\n#pragma GCC diagnostic ignored \"-Wmaybe-uninitialized\"\n#endif\n#include \"rules/sieve.h\"\n\nnamespace connect_lint {{\n\n{}\n{}}}  // namespace connect_lint", kOrigin, sieves.declarations,
                 sieves.functions);
  if (!write_source(sieve_output, sieve_out.text)) return fail("cannot write " + sieve_output);

  SourceWriter out;
  out.line("{}\n#include \"rules/function_table.h\"\n#include \"rules/rule_set.h\"\n\nnamespace connect_lint {{\n\n{}\nnamespace {{\n", kOrigin,
           sieves.declarations);
  out.line("const FunctionTable kFunctions = all_functions();");
  write_rules(out, tables.set(), sieves);
  out.line("\n}}  // namespace\n\nconst RuleSet& built_in_rules() {{ return kSet; }}\n\n}}  // namespace connect_lint");
  return write_source(output, out.text) ? 0 : fail("cannot write " + output);
}

}  // namespace
}  // namespace connect_lint

int main(int count, char** arguments) {
  if (count != 5) {
    fmt::print(stderr, "usage: connect_lint_embed_rules SCHEMAS_DIR RULES_DIR RULES.cc SIEVES.cc\n");
    return 2;
  }
  return connect_lint::run(arguments[1], arguments[2], arguments[3], arguments[4]);
}
