#include "lint/rule_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/catalogue.h"
#include "base/limits.h"
#include "base/quote.h"
#include "document/json_writer.h"

namespace connect_lint {
namespace {

using Line = RuleTrace::Line;

constexpr std::size_t kTextMax = 160;      // Code points of a part,
constexpr std::size_t kWholeMax = 60;      // of one whose parts follow and say it all.
constexpr std::size_t kValueMax = 60;      // Of a value.
constexpr std::size_t kNestedFiltersMax = 3;
constexpr std::string_view kNotKept = "not kept, or not looked at";

std::string nodes_text(std::uint64_t count) { return fmt::format("{} node{}", count, count == 1 ? "" : "s"); }

std::string_view word(Truth truth) {
  static constexpr std::string_view kWords[] = {"false", "unknown", "true"};
  return kWords[static_cast<std::size_t>(truth)];
}

std::string join(const std::vector<std::string>& texts, std::string_view separator) {
  std::string result;
  for (const std::string& text : texts) result += fmt::format("{}{}", result.empty() ? "" : separator, text);
  return result;
}

// Places and reasons in one document.
class Places {
 public:
  explicit Places(Workspace& workspace)
      : document_(workspace.checked()), written_(workspace.document), shape_(workspace.shape_findings), lines_(document_.text()) {
    if (workspace.is_template) of_template_ = workspace.of_template.places;
  }

  // Where a report says that it is: of what an alias stands for, at the alias.
  [[nodiscard]] Span span(NodeIndex node, Mark mark) const {
    const NodeIndex key = of_template_.empty() || mark == Mark::Value ? kNoNode : of_template_[node].key;
    return key == kNoNode ? document_.place_of_use(node, mark) : written_.place_of_use(key, Mark::Value);
  }
  // "7:21"
  std::string line(NodeIndex node, Mark mark = Mark::Value) {
    const Place place = lines_.place(span(node, mark));
    return fmt::format("{}:{}", place.line, place.column);
  }
  std::string path(NodeIndex node) {
    std::string pointer;
    std::string path;
    find(node, pointer, path);
    return visible(path, 1000);
  }
  std::string pointer(NodeIndex node) {
    std::string pointer;
    std::string path;
    find(node, pointer, path);
    return pointer;
  }
  // As `$` is `root`.
  std::string path_from(NodeIndex root, NodeIndex node) {
    const std::string whole = path(node);
    const std::string prefix = path(root);
    return whole.starts_with(prefix) ? "$" + whole.substr(prefix.size()) : whole;
  }
  std::string path_and_line(NodeIndex node, Mark mark = Mark::Value) { return fmt::format("{} ({})", path(node), line(node, mark)); }

  // Why the value is not known to a rule.
  std::string refusal(NodeIndex node) const {
    for (const ShapeFinding& finding : shape_.kept)
      if (finding.node == node) return fmt::format("refused by {}", entry_of(finding.id).id);
    for (const DocumentFinding& finding : document_.findings)
      if (finding.node == node) return fmt::format("refused by {}", entry_of(finding.id).id);
    return document_[node].has(Node::kUnknown) ? "not known before deployment" : "refused";
  }

 private:
  void find(NodeIndex node, std::string& pointer, std::string& path) const {
    PathFinder(written_).find(of_template_.empty() ? node : of_template_[node].value, pointer, path);
  }

  const Document& document_;  // What was checked,
  const Document& written_;   // and what was read.
  const ShapeFindings& shape_;
  std::span<const TemplatePlace> of_template_;
  LineIndex lines_;
};

// One evaluation as lines: the whole before its parts.
class Rendering {
 public:
  Rendering(const Program& program, const Trace& trace, const Document& document, Places& places, NodeIndex root,
            std::uint8_t unknown_flags, std::vector<Line>& lines)
      : program_(program), document_(document), places_(places), root_(root), unknown_flags_(unknown_flags), all_kept_(trace.steps_left_out == 0), lines_(lines) {
    for (const TraceStep& step : trace.steps) steps_[{step.span.begin, step.span.end, step.is_value}].push_back(&step);
  }

  // The first value that made something unknown, and why; empty without one.
  [[nodiscard]] const std::string& reason() const { return reason_; }

  void truth(TermIndex index, NodeIndex current, std::size_t depth, std::size_t filters = 0) {
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::And && term.count == 1) return truth(operand(term, 0), current, depth, filters);
    const TraceStep* const step = find(term, current, false);
    if (step == nullptr && all_kept_) return add(depth, term.span, "not looked at", kWholeMax);
    std::string result(step == nullptr ? kNotKept : word(step->truth));
    if (term.kind == TermKind::Path && step != nullptr) result += about(program_.paths[term.index], current, step->truth == Truth::Unknown);
    add(depth, term.span, std::move(result), parts_say_it(term) ? kWholeMax : kTextMax);
    parts(term, current, depth + 1, filters);
  }

  // Without the whole, where its parts say it all.
  void body(TermIndex index, NodeIndex current, std::size_t depth, std::size_t filters = 0) {
    const Term& term = program_.terms[index];
    if (many_parts(term)) return parts(term, current, depth, filters);
    truth(index, current, depth, filters);
  }

  // Candidates of the filters in a segment.
  void filters(const Segment& segment, NodeIndex below, std::size_t depth, std::size_t filters) {
    if (filters == kNestedFiltersMax) return;
    for (std::uint32_t i = 0; i < segment.count; ++i) {
      const Selector& selector = program_.selectors[segment.first + i];
      if (selector.kind == SelectorKind::Filter) candidates(selector.filter, below, depth, filters + 1);
    }
  }

 private:
  // The first unknown value on the way, or where the way ends.
  struct Target {
    NodeIndex node = kNoNode;
    bool unknown = false;
  };

  void value(TermIndex index, NodeIndex current, std::size_t depth, std::size_t filters) {
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::Literal) return;
    const TraceStep* const step = find(term, current, true);
    if (step == nullptr && all_kept_) return add(depth, term.span, "not looked at");
    add(depth, term.span, step == nullptr ? std::string(kNotKept) : shown_with_place(term, step->value, current));
    parts(term, current, depth + 1, filters);
  }
  std::string shown_with_place(const Term& term, const Value& value, NodeIndex current) {
    if (value.is(ValueKind::Unknown) && term.kind == TermKind::Path) return shown(value) + about(program_.paths[term.index], current, true);
    return value.node == kNoNode ? shown(value) : fmt::format("{} ({})", shown(value), places_.line(value.node));
  }

  // A query as an argument: what it selects is not in the trace.
  void nodes(TermIndex index, NodeIndex current, std::size_t depth, std::size_t filters) {
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::Path) {
      const Path& path = program_.paths[term.index];
      if (path.count == 0) return;  // `@` says nothing more.
      if (path.singular) {
        const Target target = follow(path, current);
        const bool unknown = target.unknown;
        add(depth, term.span, target.node == kNoNode && !unknown ? "nothing" : (unknown ? "unknown" : "there") + about(path, current, unknown));
      } else {
        add(depth, term.span, "");
      }
    }
    parts(term, current, depth + 1, filters);
  }

  void parts(const Term& term, NodeIndex current, std::size_t depth, std::size_t filters) {
    switch (term.kind) {
      case TermKind::Or:
      case TermKind::And:
      case TermKind::Not:
        for (std::uint32_t i = 0; i < term.count; ++i) truth(operand(term, i), current, depth, filters);
        break;
      case TermKind::Comparison:
        for (std::uint32_t i = 0; i < term.count; ++i) value(operand(term, i), current, depth, filters);
        break;
      case TermKind::Call: {
        const Function& function = program_.function_of(program_.calls[term.index]);
        for (std::uint32_t i = 0; i < term.count; ++i) {
          switch (function.parameters[i]) {
            case Type::Value: value(operand(term, i), current, depth, filters); break;
            case Type::Logical: truth(operand(term, i), current, depth, filters); break;
            case Type::Nodes: nodes(operand(term, i), current, depth, filters); break;
          }
        }
        break;
      }
      case TermKind::Path: {
        const Path& path = program_.paths[term.index];
        if (path.singular) break;
        for (std::uint32_t i = 0; i < path.count; ++i)
          this->filters(program_.segments[path.first + i], path.relative ? current : root_, depth, filters);
        break;
      }
      case TermKind::Literal: break;
    }
  }

  // Those at or below `below`: a filter inside of a filter has others each time.
  void candidates(TermIndex filter, NodeIndex below, std::size_t depth, std::size_t filters) {
    const Span span = span_of(filter);
    const auto found = steps_.find({span.begin, span.end, false});
    if (found == steps_.end()) return;
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (const TraceStep* step : found->second) {
      if (step->current == kNoNode || step->current < below || step->current >= document_[below].next) continue;
      if (shown == kTraceCandidatesMax) {
        ++left_out;
        continue;
      }
      ++shown;
      static constexpr std::string_view kWords[] = {"no", "unknown", "yes"};
      lines_.push_back({depth, fmt::format("{} ({})", places_.path_from(root_, step->current), places_.line(step->current)),
                        std::string(kWords[static_cast<std::size_t>(step->truth)])});
      body(filter, step->current, depth + 1, filters);
    }
    if (left_out > 0) lines_.push_back({depth, fmt::format("and {} more", left_out), ""});
  }

  [[nodiscard]] Span span_of(TermIndex index) const {
    const Term& term = program_.terms[index];
    return term.span;
  }

  [[nodiscard]] TermIndex operand(const Term& term, std::uint32_t number) const { return program_.operands[term.first + number]; }

  // What does not depend on `@` was evaluated once.
  [[nodiscard]] const TraceStep* find(const Term& term, NodeIndex current, bool is_value) const {
    const auto found = steps_.find({term.span.begin, term.span.end, is_value});
    if (found == steps_.end()) return nullptr;
    for (const TraceStep* step : found->second)
      if (step->current == current || term.constant) return step;
    return nullptr;
  }

  // The evaluator's own walk, which does not tell where it ended.
  [[nodiscard]] Target follow(const Path& path, NodeIndex current) const {
    NodeIndex node = path.relative ? current : root_;
    for (std::uint32_t i = 0; i < path.count; ++i) {
      if (document_[node].has(unknown_flags_)) return {node, true};
      const Selector& selector = program_.selectors[program_.segments[path.first + i].first];
      const NodeIndex next = selector.kind == SelectorKind::Name ? member(selector, node) : element(selector, node);
      if (next == kNoNode) return {kNoNode, selector.kind == SelectorKind::Name && would_be(selector, node)};
      node = next;
    }
    return {node, document_[node].has(unknown_flags_)};
  }
  [[nodiscard]] bool would_be(const Selector& selector, NodeIndex object) const {
    return (unknown_flags_ & Node::kBroken) != 0 && document_.is_missing(object, selector.key);
  }
  [[nodiscard]] NodeIndex member(const Selector& selector, NodeIndex object) const {
    NodeIndex found = kNoNode;
    if (document_[object].kind != Kind::Object) return found;
    for (const NodeIndex child : document_.children(object)) {
      const KeyId key = document_[child].key_id;
      const bool same = key == selector.key && (key != 0 || document_.key(child) == selector.name);
      if (same && (found == kNoNode || document_[child].has(Node::kKeyAgain))) found = child;
    }
    return found;
  }
  [[nodiscard]] NodeIndex element(const Selector& selector, NodeIndex array) const {
    if (document_[array].kind != Kind::Array) return kNoNode;
    std::vector<NodeIndex> all;
    for (const NodeIndex child : document_.children(array)) all.push_back(child);
    const std::int64_t index = *selector.start < 0 ? *selector.start + static_cast<std::int64_t>(all.size()) : *selector.start;
    return index < 0 || index >= static_cast<std::int64_t>(all.size()) ? kNoNode : all[static_cast<std::size_t>(index)];
  }

  // " (7:21)", ": `"soon"` is refused by schema/enum (7:21)", ": it is missing, but has to be there"
  std::string about(const Path& path, NodeIndex current, bool unknown) {
    if (!path.singular) return "";
    const Target target = follow(path, current);
    if (target.node == kNoNode && !target.unknown) return "";
    if (target.node == kNoNode) {
      if (reason_.empty()) reason_ = fmt::format("{} is missing, but has to be there", ticked(text_of(path.span)));
      return ": it is missing, but has to be there";
    }
    if (!unknown || !target.unknown) return fmt::format(" ({})", places_.line(target.node));
    const std::string value = ticked(bytes(target.node));
    const std::string refusal = places_.refusal(target.node);
    if (reason_.empty()) reason_ = fmt::format("{} at {} is {}", value, places_.path_and_line(target.node), refusal);
    return fmt::format(": {} is {} ({})", value, refusal, places_.line(target.node));
  }
  [[nodiscard]] std::string bytes(NodeIndex node) const {
    const Kind kind = document_[node].kind;
    if (kind == Kind::Object) return "{...}";
    if (kind == Kind::Array) return "[...]";
    return visible(document_.bytes(document_.span(node, Mark::Value)), kValueMax);
  }

  [[nodiscard]] std::string shown(const Value& value) const {
    switch (value.kind) {
      case ValueKind::Nothing: return "nothing";
      case ValueKind::Unknown: return "unknown";
      case ValueKind::Null: return "null";
      case ValueKind::Boolean: return value.boolean ? "true" : "false";
      case ValueKind::Number: return value.number.whole ? fmt::format("{}", value.number.integer) : fmt::format("{}", value.number.real);
      case ValueKind::String: return fmt::format("\"{}\"", visible(value.text, kValueMax));
      case ValueKind::Container: return document_[value.node].kind == Kind::Object ? "an object" : "a list";
    }
    return "";
  }

  // Parentheses around a single test are an And of one part.
  static bool many_parts(const Term& term) { return (term.kind == TermKind::Or || term.kind == TermKind::And) && term.count > 1; }

  [[nodiscard]] bool parts_say_it(const Term& term) const {
    if (term.kind == TermKind::Path) return !program_.paths[term.index].singular;
    return many_parts(term) || term.kind == TermKind::Not;
  }

  void add(std::size_t depth, Span span, std::string result, std::size_t code_points_max = kTextMax) {
    lines_.push_back({depth, visible(text_of(span), code_points_max), std::move(result)});
  }
  [[nodiscard]] std::string_view text_of(Span span) const { return program_.text.substr(span.begin, span.end - span.begin); }

  const Program& program_;
  const Document& document_;
  Places& places_;
  const NodeIndex root_;
  const std::uint8_t unknown_flags_;
  const bool all_kept_;  // Else what is not in the trace may have been looked at.
  std::vector<Line>& lines_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, bool>, std::vector<const TraceStep*>> steps_;
  std::string reason_;
};

class RuleTracer {
 public:
  RuleTracer(const LintEngine& engine, const RuleLibrary& rules, RuleIndex index, Workspace& workspace, CheckOptions options)
      : engine_(engine),
        library_(rules),
        index_(index),
        rule_(rules.set().rules[index]),
        file_(rules.file(index)),
        workspace_(workspace),
        options_(whole(options)),
        report_(engine.check(workspace, options_)),
        document_(workspace.checked()) {}

  RuleTrace run() {
    if (!rule_runs()) return std::move(trace_);
    Places places(workspace_);
    places_ = &places;
    prepare();
    for (const NodeIndex node : occurrences()) value(node);
    judge();
    return std::move(trace_);
  }

 private:
  // With all findings.
  static CheckOptions whole(CheckOptions options) {
    options.least = Severity::Info;
    options.least_counted.reset();
    options.across_files = true;
    options.limits.findings_max = kFindingsKeptMax;
    return options;
  }

  // How the rule ended on one value.
  enum class End : std::uint8_t { WhenFalse, WhenUnknown, Nothing, Uncertain, Found, Stopped };

  bool rule_runs() {
    std::string& verdict = trace_.verdict;
    if (report_.status == Status::Skipped) {
      verdict = fmt::format("does not run: the file is no Customer Profiles request ({})", report_.note);
      trace_.notes.emplace_back("`--operation NAME` checks a file whatever it looks like");
    } else if (report_.status == Status::Unreadable) {
      trace_.unreadable = true;
      verdict = fmt::format("does not run: the file cannot be read{}", first_error());
    } else if (report_.requests.empty()) {
      verdict = fmt::format("does not run: it is not known what the file asks for{}", first_error());
    } else if (rule_.needs_now && !options_.now) {
      verdict = "does not run without the present time: `--now` or `--now=TIME`";
    } else if (const Dialect dialect = report_.requests[0].dialect; !rule_.holds_for(dialect)) {
      verdict = fmt::format("does not run: it is not about the dialect {}", name_of(dialect));
    }
    return verdict.empty();
  }

  [[nodiscard]] std::string first_error() const {
    if (report_.diagnostics.empty()) return "";
    const Diagnostic& first = report_.diagnostics.front();
    const std::string place = first.place ? fmt::format("{}:{}: ", first.place->line, first.place->column) : "";
    return fmt::format(" ({}{} [{}])", place, first.message, first.id);
  }

  void prepare() {
    Evaluator& evaluator = workspace_.rules.evaluator();
    evaluator.open(document_);
    evaluator.set_surroundings({.request = kNoNode, .now = options_.now});
    evaluator.set_unknown_flags(unknown_flags());
  }
  [[nodiscard]] std::uint8_t unknown_flags() const {
    return rule_.sees_refused ? Node::kUnknown : static_cast<std::uint8_t>(Node::kUnknown | Node::kBroken);
  }
  // The request that the value is a part of.
  [[nodiscard]] NodeIndex request_of(NodeIndex node) const {
    NodeIndex found = kNoNode;
    for (const Request& request : workspace_.requests)
      if (request.node <= node) found = request.node;
    return found;
  }

  [[nodiscard]] std::vector<NodeIndex> occurrences() const {
    const SchemaSet& schemas = engine_.schemas();
    std::vector<NodeIndex> nodes;
    for (const Occurrence& occurrence : workspace_.occurrences) {
      const std::string_view name = schemas.shape_names[schemas.shapes[occurrence.shape].name];
      if (std::find(file_.shape_names.begin(), file_.shape_names.end(), name) != file_.shape_names.end()) nodes.push_back(occurrence.node);
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  void value(NodeIndex root) {
    RuleTrace::Value value;
    const End end = evaluate(root, value.lines, trace_.values.size() < kTraceValuesMax);
    ++ends_[static_cast<std::size_t>(end)];
    if (trace_.values.size() < kTraceValuesMax) {
      value.place = places_->path_and_line(root);
      trace_.values.push_back(std::move(value));
    } else {
      ++trace_.values_left_out;
    }
  }

  End evaluate(NodeIndex root, std::vector<Line>& lines, bool show) {
    Evaluator& evaluator = workspace_.rules.evaluator();
    const RuleSet& set = library_.set();
    evaluator.begin(set.memos, set.calls);
    evaluator.set_request(request_of(root));
    evaluator.set_budget(kRuleWorkMin + kRuleWorkPerNode * document_.nodes.size());
    if (rule_.has_when()) {
      Trace trace;
      evaluator.set_trace(show ? &trace : nullptr);
      const Truth truth = evaluator.test(rule_.when, root);
      evaluator.set_trace(nullptr);
      if (show) {
        lines.push_back({0, "when", std::string(word(truth))});
        Rendering rendering(rule_.when, trace, document_, *places_, root, unknown_flags(), lines);
        rendering.body(rule_.when.root, kNoNode, 1);
        left_out(trace, lines);
        if (truth == Truth::Unknown && reason_.empty()) reason_ = rendering.reason();
      }
      if (evaluator.exhausted()) return End::Stopped;
      if (truth != Truth::True) return truth == Truth::False ? End::WhenFalse : End::WhenUnknown;
    }
    if (!rule_.has_find()) return End::Found;
    Trace trace;
    evaluator.set_trace(show ? &trace : nullptr);
    std::vector<NodeIndex> nodes;
    const Selection selection = evaluator.select_from(rule_.find, 0, root, root, nodes);
    evaluator.set_trace(nullptr);
    if (show) find_lines(root, trace, selection, nodes, lines);
    if (evaluator.exhausted()) return End::Stopped;
    if (!nodes.empty()) return End::Found;
    return selection.uncertain ? End::Uncertain : End::Nothing;
  }

  void find_lines(NodeIndex root, const Trace& trace, const Selection& selection, const std::vector<NodeIndex>& nodes, std::vector<Line>& lines) {
    const Program& find = rule_.find;
    lines.push_back({0, "find", nodes_text(nodes.size()) + (selection.uncertain ? ", maybe more" : "")});
    Rendering rendering(find, trace, document_, *places_, root, unknown_flags(), lines);
    const std::span<const Segment> segments = segments_of(find);
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Span span = segments[i].span;
      lines.push_back({1, visible(find.text.substr(span.begin, span.end - span.begin), kTextMax), i < trace.selected.size() ? nodes_text(trace.selected[i]) : ""});
      rendering.filters(segments[i], root, 2, 0);
    }
    left_out(trace, lines);
    if (selection.uncertain && reason_.empty()) reason_ = rendering.reason();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (i == kTraceCandidatesMax) {
        lines.push_back({1, fmt::format("and {} more", nodes.size() - i), ""});
        break;
      }
      lines.push_back({1, fmt::format("found {} ({})", places_->path_from(root, nodes[i]), places_->line(nodes[i], mark_of(nodes[i]))), ""});
    }
  }
  static void left_out(const Trace& trace, std::vector<Line>& lines) {
    if (trace.steps_left_out > 0) lines.push_back({1, fmt::format("and {} more steps, which are not kept", trace.steps_left_out), ""});
  }
  [[nodiscard]] Mark mark_of(NodeIndex node) const {
    return document_[node].key_begin == document_[node].key_end ? Mark::Value : rule_.mark;
  }

  // What became of the findings, by the report of the check.
  void judge() {
    const bool users = &library_ != &engine_.rules();
    const RuleFindings& findings = users ? workspace_.user_findings : workspace_.built_in_findings;
    std::vector<NodeIndex> found;
    bool stopped = false;
    for (const RuleFinding& finding : findings.kept) {
      if (finding.rule != index_) continue;
      if (finding.too_much_work) {
        stopped = true;
      } else {
        found.push_back(finding.node);
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const std::vector<NodeIndex> shown = shown_of(found);
    std::vector<std::string> fired;
    for (const NodeIndex node : shown) fired.push_back(place_of(node));
    if (stopped) trace_.notes.emplace_back("it was stopped: it needs too much work on this file");
    if (rule_.across_files && !fired.empty()) {
      trace_.verdict = fmt::format("finds {}, and fires where another file of the run, or another place, has the same value", list(fired));
    } else if (!fired.empty()) {
      trace_.verdict = fmt::format("fires at {} place{}: {}", fired.size(), fired.size() == 1 ? "" : "s", list(fired));
    } else if (!found.empty()) {
      trace_.verdict = "does not show: what it finds is absorbed";
    } else {
      trace_.verdict = silence();
    }
    tell_absorbed(found, shown);
    if (!found.empty() && rule_.severity == Severity::Info) trace_.notes.emplace_back("it is an info: `check` shows it with `--show info` only");
  }

  std::string place_of(NodeIndex node) { return places_->path_and_line(node, mark_of(node)); }

  static std::string list(const std::vector<std::string>& places) {
    constexpr std::size_t kShown = 5;
    const std::vector<std::string> first(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), kShown)));
    return join(first, ", ") + (places.size() > kShown ? fmt::format(" and {} more", places.size() - kShown) : "");
  }

  // Those of the report. What is written once and used several times by aliases is one finding there.
  [[nodiscard]] std::vector<NodeIndex> shown_of(const std::vector<NodeIndex>& found) const {
    if (rule_.across_files) return found;
    const auto written = [&](NodeIndex node) {
      const Span span = document_.span(node, mark_of(node));
      return std::pair(span.begin, span.end);
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> reported;
    for (const NodeIndex node : found)
      if (is_reported(node)) reported.insert(written(node));
    std::vector<NodeIndex> shown;
    std::copy_if(found.begin(), found.end(), std::back_inserter(shown), [&](NodeIndex node) { return reported.contains(written(node)); });
    return shown;
  }
  [[nodiscard]] bool is_reported(NodeIndex node) const {
    const Span span = places_->span(node, mark_of(node));
    return std::any_of(report_.diagnostics.begin(), report_.diagnostics.end(), [&](const Diagnostic& each) {
      return each.id == rule_.id && each.place && each.place->begin == span.begin && each.place->end == span.end;
    });
  }

  void tell_absorbed(const std::vector<NodeIndex>& found, const std::vector<NodeIndex>& shown) {
    std::vector<NodeIndex> hidden;
    std::set_difference(found.begin(), found.end(), shown.begin(), shown.end(), std::back_inserter(hidden));
    const std::size_t told = std::min(hidden.size(), kTraceCandidatesMax);
    for (std::size_t i = 0; i < told; ++i) absorbed(hidden[i]);
    if (told < hidden.size()) trace_.notes.push_back(fmt::format("and {} more", hidden.size() - told));
  }
  // By a rule that was reported, as what is absorbed absorbs nothing.
  void absorbed(NodeIndex node) {
    const std::string pointer = places_->pointer(node);
    for (const Diagnostic& each : report_.diagnostics) {
      const bool around = pointer.starts_with(each.pointer) && (pointer.size() == each.pointer.size() || pointer[each.pointer.size()] == '/');
      if (around && each.severity >= rule_.severity && absorbs(each.id)) {
        trace_.notes.push_back(fmt::format("{}: absorbed by {} at {}", place_of(node), each.id, each.path));
        return;
      }
    }
    trace_.notes.push_back(fmt::format("{}: absorbed by another finding", place_of(node)));
  }
  [[nodiscard]] bool absorbs(std::string_view id) const {
    for (const RuleLibrary* library : {&engine_.rules(), engine_.user_rules()}) {
      const Rule* const other = library == nullptr ? nullptr : find_rule(library->set(), id);
      if (other == nullptr) continue;
      const std::vector<std::string>& names = library->file(static_cast<RuleIndex>(other - library->set().rules.data())).absorbs;
      return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return names_id(name, rule_.id); });
    }
    return false;
  }

  [[nodiscard]] std::string silence() const {
    static constexpr std::string_view kWords[] = {"`when` is false", "`when` is unknown", "`find` selects nothing",
                                                  "`find` selects nothing for certain", "", "it needs too much work"};
    const std::size_t values = trace_.values.size() + trace_.values_left_out;
    if (values == 0) return fmt::format("does not fire: there is no value of the shape {} in this {} request", join(file_.shape_names, " or "), report_.requests[0].operation);
    std::vector<std::string> reasons;
    for (std::size_t i = 0; i < std::size(kWords); ++i)
      if (ends_[i] > 0) reasons.push_back(values == 1 ? std::string(kWords[i]) : ends_[i] == values ? fmt::format("{} for each value", kWords[i]) : fmt::format("{} for {} of {} values", kWords[i], ends_[i], values));
    return fmt::format("does not fire: {}{}", join(reasons, ", "), reason_.empty() ? "" : fmt::format(", because {}", reason_));
  }

  const LintEngine& engine_;
  const RuleLibrary& library_;
  const RuleIndex index_;
  const Rule& rule_;
  const RuleFile& file_;
  Workspace& workspace_;
  CheckOptions options_;
  Report report_;
  const Document& document_;
  Places* places_ = nullptr;
  RuleTrace trace_;
  std::size_t ends_[6] = {};
  std::string reason_;  // Why something was unknown.
};

}  // namespace

RuleTrace trace_rule(const LintEngine& engine, const RuleLibrary& rules, RuleIndex rule, Workspace& workspace, CheckOptions options) {
  return RuleTracer(engine, rules, rule, workspace, options).run();
}

}  // namespace connect_lint
