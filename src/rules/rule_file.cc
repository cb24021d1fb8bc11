#include "rules/rule_file.h"

#include <connect_lint/lint.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/catalogue.h"
#include "base/limits.h"
#include "base/quote.h"
#include "base/timestamp.h"
#include "document/yaml_reader.h"
#include "rules/function_table.h"

namespace connect_lint {
namespace {

constexpr std::array<std::string_view, 17> kKeys = {"summary", "severity", "certainty", "on",   "when",     "find", "mark",   "message",
                                                    "help",    "related",  "absorbs",   "across", "dialects", "fix",  "why",  "source", "examples"};
constexpr std::array<std::string_view, 9> kRequired = {"summary", "severity", "certainty", "on",      "message",
                                                       "why",     "source",   "examples"};
constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};
constexpr std::array<std::string_view, 4> kCertainties = {"model", "service", "documentation", "convention"};
constexpr std::array<std::string_view, 2> kMarks = {"value", "key"};
constexpr std::array<std::string_view, 3> kDialects = {"input", "body", "cloudformation"};

bool is_word_id(std::string_view id) {
  const auto slash = id.find('/');
  if (slash == id.npos || slash == 0 || slash + 1 == id.size() || id.find('/', slash + 1) != id.npos) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/'; });
}

// Walks the file once, key by key.
class RuleReader : DataReader {
 public:
  RuleReader(RuleFile& file, const SchemaSet& schemas) : DataReader(file.document, file.problems), file_(file), schemas_(schemas) {}

  void read() {
    if (!is_word_id(file_.id)) complain({0, 0}, fmt::format("{} is no id of a rule; it is made from the file's place: `<family>/<bad-thing>.yaml`, in small letters, digits and hyphens", ticked(file_.id)));
    if (!has_map("a rule file")) return sort_problems();
    for (const NodeIndex child : document_.children(0)) member(child);
    for (const std::string_view key : kRequired)
      if (!key.empty() && document_.member(0, key) == kNoNode) complain({0, 0}, fmt::format("the key `{}` is missing", key));
    if (!file_.examples.empty()) check_examples();
    sort_problems();
  }

 private:
  // Where a part of a scalar's text stands in the file. Scalars that are written
  // in another way than they read are marked as a whole.
  Span place_in(NodeIndex scalar, Span part) const {
    const Span whole = document_.span(scalar, Mark::Value);
    const std::string_view text = document_.string(scalar);
    std::string_view bytes = document_.bytes(whole);
    std::uint32_t quote = 0;
    if (bytes.size() >= 2 && (bytes[0] == '\'' || bytes[0] == '"')) {
      quote = 1;
      bytes = bytes.substr(1, bytes.size() - 2);
    }
    if (bytes != text) return whole;
    return {whole.begin + quote + part.begin, whole.begin + quote + part.end};
  }
  using DataReader::complain;
  void complain(NodeIndex scalar, const ParseError& error) { complain(place_in(scalar, error.span), error.message); }

  // A rule for nothing would never run.
  void has_any(NodeIndex node, std::string_view key) {
    if (document_[node].kind == Kind::Array && document_[node].next == node + 1) complain(node, Mark::Value, fmt::format("`{}` is an empty list", key));
  }

  void member(NodeIndex node) {
    const std::string_view key = document_.key(node);
    if (is_key_broken(node)) return;
    if (key == "summary") {
      if (const auto given = text(node, key)) file_.summary = *given;
    } else if (key == "severity") {
      if (const auto index = word(node, kSeverities)) file_.severity = static_cast<Severity>(*index);
    } else if (key == "certainty") {
      if (const auto index = word(node, kCertainties)) file_.certainty = static_cast<Certainty>(*index);
    } else if (key == "mark") {
      if (const auto index = word(node, kMarks)) file_.mark = *index == 1 ? Mark::Key : Mark::Value;
    } else if (key == "on") {
      has_any(node, key);
      each(node, [&](NodeIndex name) { shape(name); });
    } else if (key == "when") {
      if (const auto given = text(node, key)) {
        file_.when_text = *given;
        file_.when = parsed(node, Expression::parse(*given, all_functions(), schemas_.keys));
      }
    } else if (key == "find") {
      if (const auto given = text(node, key)) {
        file_.find_text = *given;
        file_.find = parsed(node, Query::parse(*given, all_functions(), schemas_.keys));
      }
    } else if (key == "message" || key == "help") {
      const bool message = key == "message";
      words(node, key, message ? file_.message : file_.help);
      if (document_[node].kind == Kind::String) (message ? file_.message_text : file_.help_text) = document_.string(node);
    } else if (key == "related") {
      each(node, [&](NodeIndex item) { related(item); });
    } else if (key == "absorbs") {
      each(node, [&](NodeIndex name) { absorbs(name); });
    } else if (key == "across") {
      file_.across_files = document_.string(node) == "files";
      if (!file_.across_files) complain(node, Mark::Value, "`across` can be `files`");
    } else if (key == "dialects") {
      file_.dialects = 0;
      has_any(node, key);
      each(node, [&](NodeIndex name) {
        if (const auto index = word(name, kDialects)) file_.dialects = static_cast<std::uint8_t>(file_.dialects | 1u << *index);
      });
    } else if (key == "fix") {
      fix(node);
    } else if (key == "why") {
      if (const auto given = text(node, key)) file_.why = *given;
    } else if (key == "source") {
      if (const auto given = text(node, key)) file_.about_source = *given;
    } else if (key == "examples") {
      if (document_[node].kind != Kind::Array) return complain(node, Mark::Value, "`examples` is a list");
      for (const NodeIndex item : document_.children(node)) example(item);
    } else {
      complain(node, Mark::Key, fmt::format("{} is no key of a rule{}", ticked(key), did_you_mean(key, kKeys)));
    }
  }

  template <typename T>
  std::optional<T> parsed(NodeIndex node, const ParseResult<T>& result) {
    if (!result.ok()) {
      complain(node, result.error());
      return std::nullopt;
    }
    for (const ParseError& note : result.value().notes()) complain(node, note);
    return result.value();
  }

  std::optional<ValueExpression> value_expression(NodeIndex node) {
    return parsed(node, ValueExpression::parse(document_.string(node), all_functions(), schemas_.keys));
  }

  void words(NodeIndex node, std::string_view key, MessageTemplate& to) {
    const auto given = text(node, key);
    if (!given) return;
    auto made = MessageTemplate::parse(*given, schemas_.keys);
    if (!made.ok()) return complain(node, made.error());
    to = made.value();
    if (key == "message" && given->ends_with('.')) complain(node, Mark::Value, "a message has no full stop at its end");
  }

  void shape(NodeIndex node) {
    const std::string_view name = document_.string(node);
    const auto& names = schemas_.shape_names;
    if (!name.empty() && document_[node].kind == Kind::String && std::find(names.begin(), names.end(), name) != names.end()) {
      file_.shape_names.emplace_back(name);
    } else {
      complain(node, Mark::Value, fmt::format("there is no shape {}{}", ticked(name), did_you_mean(name, names)));
    }
  }

  void absorbs(NodeIndex node) {
    const std::string_view name = document_.string(node);
    const bool form = document_[node].kind == Kind::String && !name.empty() &&
                      std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/'; });
    if (!form) return complain(node, Mark::Value, fmt::format("{} is no id and no family", ticked(name)));
    file_.absorbs.emplace_back(name);
    for (const std::string_view ours : {"document", "request", "schema"}) {
      if (!name.starts_with(std::string(ours) + "/") || find_entry(name) != nullptr) continue;
      complain(node, Mark::Value, fmt::format("there is no finding {}", ticked(name)));
    }
  }

  void related(NodeIndex node) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "`related` is a list of maps with `at` and `message`");
    RelatedTemplate made;
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      if (key == "at") {
        const auto given = text(child, key);
        if (!given) continue;
        if (auto query = Query::parse(*given, all_functions(), schemas_.keys); query.ok() && !query.value().singular()) {
          made.nodes = query.value();
        } else {
          made.at = value_expression(child);
        }
      } else if (key == "message") {
        words(child, key, made.message);
      } else {
        complain(child, Mark::Key, fmt::format("{} is no key of `related`; there are `at` and `message`", ticked(key)));
      }
    }
    for (const std::string_view key : {"at", "message"})
      if (document_.member(node, key) == kNoNode) complain(node, Mark::Value, fmt::format("`{}` is missing", key));
    file_.related.push_back(std::move(made));
  }

  void fix(NodeIndex node) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "`fix` is a map");
    FixTemplate made;
    int actions = 0;
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      const auto act = [&](FixTemplate::Action action) {
        ++actions;
        made.action = action;
      };
      if (key == "safe") {
        if (document_[child].kind != Kind::Boolean) complain(child, Mark::Value, "`safe` is true or false");
        made.safe = document_[child].has(Node::kTrue);
      } else if (key == "replace" || key == "rename-key") {
        act(key == "replace" ? FixTemplate::Action::Replace : FixTemplate::Action::RenameKey);
        if (text(child, key)) made.text = value_expression(child);
      } else if (key == "remove") {
        act(FixTemplate::Action::Remove);
        if (document_[child].kind != Kind::Boolean || !document_[child].has(Node::kTrue)) complain(child, Mark::Value, "`remove` is true");
      } else if (key == "insert") {
        act(FixTemplate::Action::Insert);
        insert(child, made);
      } else {
        complain(child, Mark::Key, fmt::format("{} is no key of `fix`; there are `safe`, `replace`, `rename-key`, `remove` and `insert`", ticked(key)));
      }
    }
    if (actions != 1) complain(node, Mark::Value, "a fix does one of `replace`, `rename-key`, `remove` and `insert`");
    if (document_.member(node, "safe") == kNoNode) complain(node, Mark::Value, "`safe` is missing: may the fix be made without somebody looking at it?");
    file_.fix = std::move(made);
  }

  void insert(NodeIndex node, FixTemplate& made) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "`insert` is a map with `member` and `value`");
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      if (key == "member") {
        if (const auto given = text(child, key)) made.member = *given;
      } else if (key == "value") {
        if (text(child, key)) made.text = value_expression(child);
      } else {
        complain(child, Mark::Key, fmt::format("{} is no key of `insert`; there are `member` and `value`", ticked(key)));
      }
    }
    for (const std::string_view key : {"member", "value"})
      if (document_.member(node, key) == kNoNode) complain(node, Mark::Value, fmt::format("`{}` is missing", key));
  }

  void example(NodeIndex node) {
    if (document_[node].kind != Kind::Object) return complain(node, Mark::Value, "an example is a map with `passes` or `fails`");
    RuleExample made;
    bool has_reports = false;
    for (const NodeIndex child : document_.children(node)) {
      const std::string_view key = document_.key(child);
      if (key == "passes" || key == "fails") {
        if (made.value != kNoNode) complain(child, Mark::Key, "an example either `passes` or `fails`");
        made.value = child;
        made.fails = key == "fails";
      } else if (key == "reports") {
        has_reports = true;
        each(child, [&](NodeIndex pointer) {
          if (document_[pointer].kind != Kind::String) return complain(pointer, Mark::Value, "a JSON pointer such as `/Tasks/0`, or `\"\"`");
          made.reports.emplace_back(document_.string(pointer));
        });
      } else if (key == "request") {
        made.request = child;
      } else if (key == "now") {
        const TimeReading time = read_time(document_.string(child));
        if (time.problem != TimeProblem::None) complain(child, Mark::Value, "`now` is a time such as `2021-10-14T13:51:57Z`");
        made.now = time.seconds;
      } else {
        complain(child, Mark::Key, fmt::format("{} is no key of an example; there are `passes`, `fails`, `reports`, `request` and `now`", ticked(key)));
      }
    }
    if (made.value == kNoNode) return complain(node, Mark::Value, "an example `passes` or `fails`");
    if (made.fails && !has_reports) made.reports.emplace_back();
    if (!made.fails && has_reports) complain(node, Mark::Value, "an example that passes reports nothing");
    file_.examples.push_back(std::move(made));
  }

  void check_examples() {
    const auto has = [&](bool fails) {
      return std::any_of(file_.examples.begin(), file_.examples.end(), [&](const RuleExample& e) { return e.fails == fails; });
    };
    const NodeIndex node = document_.member(0, "examples");
    if (!has(false)) complain(node, Mark::Key, "no example passes");
    if (!has(true)) complain(node, Mark::Key, "no example fails");
  }

  RuleFile& file_;
  const SchemaSet& schemas_;
};

bool calls_now(const Program& program) {
  return std::any_of(program.calls.begin(), program.calls.end(), [&](const Call& call) { return program.function_of(call).name == "now"; });
}

}  // namespace

bool RuleFile::sees_refused() const {
  return std::any_of(absorbs.begin(), absorbs.end(), [](const std::string& pattern) { return names_id("schema", pattern); });
}

bool RuleFile::needs_now() const { return (when && calls_now(when->program())) || (find && calls_now(find->program())); }

std::unique_ptr<RuleFile> read_rule_file(std::string id, std::string name, std::string_view text, const SchemaSet& schemas) {
  auto file = std::make_unique<RuleFile>();
  file->id = std::move(id);
  file->name = std::move(name);
  file->source.assign(text);
  YamlReader reader;
  reader.read(file->source, schemas.keys, Limits{}.depth_max, file->document);
  RuleReader(*file, schemas).read();
  return file;
}

bool names_id(std::string_view pattern, std::string_view id) {
  return id == pattern || (id.size() > pattern.size() && id.starts_with(pattern) && id[pattern.size()] == '/');
}

std::string rule_id_of(std::string_view relative_path) {
  if (!relative_path.ends_with(".yaml")) return {};
  return std::string(relative_path.substr(0, relative_path.size() - 5));
}

}  // namespace connect_lint
