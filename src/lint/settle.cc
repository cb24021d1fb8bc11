#include "lint/settle.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/quote.h"
#include "document/describe_document.h"
#include "lint/template_words.h"
#include "rules/describe_rule.h"
#include "schema/describe_shape.h"

namespace connect_lint {
namespace {

enum class Source : std::uint8_t { Document, Request, Shape, Rule };

// A finding of any source by its place in the text.
struct Draft {
  std::uint32_t begin = 0;
  Source source = Source::Document;
  Severity severity = Severity::Error;
  bool absorbed = false;
  std::uint16_t outcome = 0;  // Rule: whose.
  std::uint32_t index = 0;
  NodeIndex node = kNoNode;
  std::uint32_t uses_plus_1 = 0;  // In Settling::uses_.

  bool operator<(const Draft& other) const {
    if (begin != other.begin) return begin < other.begin;
    if (source != other.source) return source < other.source;
    if (outcome != other.outcome) return outcome < other.outcome;
    return index < other.index;
  }
};

class Settling {
 public:
  Settling(const RawFindings& found, Report& report)
      : found_(found),
        document_(found.document),
        written_(found.written == nullptr ? found.document : found.written->document),
        report_(report),
        lines_(document_.text()),
        paths_(written_),
        related_paths_(written_) {}

  void run(Severity least, std::uint32_t findings_max) {
    collect();
    absorb();
    if (!written_.aliases.empty()) join_uses();
    if (found_.judge != nullptr) judge();
    std::erase_if(drafts_, [&](const Draft& draft) {
      if (draft.absorbed) return true;
      count(report_, draft.severity);
      return draft.severity < least;
    });
    const std::size_t shown = std::min<std::size_t>(drafts_.size(), findings_max);
    report_.left_out += drafts_.size() - shown;
    std::partial_sort(drafts_.begin(), drafts_.begin() + static_cast<std::ptrdiff_t>(shown), drafts_.end());
    report_.diagnostics.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) {
      const Draft& draft = drafts_[i];
      switch (draft.source) {
        case Source::Document: add(written_.findings[draft.index]); break;
        case Source::Request: add(*found_.request_finding); break;
        case Source::Shape: add(found_.shape.kept[draft.index]); break;
        case Source::Rule: add(found_.rules[draft.outcome], finding_of(draft)); break;
      }
      report_.diagnostics.back().severity = draft.severity;
      if (!written_.aliases.empty()) tell_uses(draft, report_.diagnostics.back());
    }
  }

 private:
  [[nodiscard]] const RuleFinding& finding_of(const Draft& draft) const {
    return found_.rules[draft.outcome].findings->kept[draft.index];
  }
  [[nodiscard]] const Rule& rule_of(const Draft& draft) const {
    return found_.rules[draft.outcome].library->set().rules[finding_of(draft).rule];
  }
  [[nodiscard]] std::string_view id_of(const Draft& draft) const {
    switch (draft.source) {
      case Source::Document: return entry_of(written_.findings[draft.index].id).id;
      case Source::Request: return entry_of(found_.request_finding->id).id;
      case Source::Shape: return entry_of(found_.shape.kept[draft.index].id).id;
      case Source::Rule: break;
    }
    return rule_of(draft).id;
  }

  void collect() {
    drafts_.reserve(written_.findings.size() + found_.shape.kept.size() + 1);
    for (std::uint32_t i = 0; i < written_.findings.size(); ++i) {
      const DocumentFinding& finding = written_.findings[i];
      drafts_.push_back({.begin = finding.span.begin,
                         .source = Source::Document,
                         .severity = entry_of(finding.id).severity,
                         .index = i,
                         .node = found_.written == nullptr ? finding.node : kNoNode});
    }
    if (found_.request_finding != nullptr) {
      const RequestFinding& finding = *found_.request_finding;
      drafts_.push_back({.begin = place_of_use(finding.node, finding.mark).begin,
                         .source = Source::Request,
                         .severity = finding.severity,
                         .node = finding.node});
    }
    for (std::uint32_t i = 0; i < found_.shape.kept.size(); ++i) {
      const ShapeFinding& finding = found_.shape.kept[i];
      drafts_.push_back({.begin = place_of_use(finding.node, finding.mark).begin,
                         .source = Source::Shape,
                         .severity = entry_of(finding.id).severity,
                         .index = i,
                         .node = finding.node});
    }
    for (std::uint16_t outcome = 0; outcome < found_.rules.size(); ++outcome) collect_rules(outcome);
    const std::uint64_t uncollected = written_.findings_left_out + found_.shape.left_out;
    count(report_, Severity::Error, uncollected);
    report_.left_out += uncollected;
  }

  void collect_rules(std::uint16_t outcome) {
    const RuleFindings& findings = *found_.rules[outcome].findings;
    const RuleSet& set = found_.rules[outcome].library->set();
    for (std::uint32_t i = 0; i < findings.kept.size(); ++i) {
      const RuleFinding& finding = findings.kept[i];
      const Rule& rule = set.rules[finding.rule];
      if (rule.across_files && !finding.too_much_work) {
        // Right or wrong is decided where the other files are known.
        Diagnostic diagnostic = made(found_.rules[outcome], finding);
        const Span span = place_of_use(finding.node, rule.mark);
        if (found_.judge == nullptr || is_reported(rule.id, diagnostic.pointer, span, diagnostic.severity))
          report_.unique_values.push_back({std::string(document_.string(finding.node)), std::move(diagnostic)});
        continue;
      }
      const Mark mark = finding.too_much_work ? Mark::Value : rule.mark;
      drafts_.push_back({.begin = place_of_use(finding.node, mark).begin,
                         .source = Source::Rule,
                         .severity = finding.too_much_work ? Severity::Error : rule.severity,
                         .outcome = outcome,
                         .index = i,
                         .node = finding.node});
    }
    for (std::size_t severity = 0; severity < findings.left_out.size(); ++severity) {
      count(report_, static_cast<Severity>(severity), findings.left_out[severity]);
      report_.left_out += findings.left_out[severity];
    }
  }

  // Outer findings before inner ones, the worse before the lesser. What is
  // absorbed absorbs nothing, and nothing hides what is worse than itself.
  void absorb() {
    std::vector<std::size_t> absorbers;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (drafts_[i].source != Source::Rule || finding_of(drafts_[i]).too_much_work) continue;
      if (!absorbs_of(drafts_[i]).empty()) absorbers.push_back(i);
    }
    if (absorbers.empty()) return;
    const auto by_node = [&](std::size_t a, std::size_t b) { return drafts_[a].node < drafts_[b].node; };
    std::vector<std::size_t> order(drafts_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), by_node);
    std::stable_sort(absorbers.begin(), absorbers.end(), [&](std::size_t a, std::size_t b) {
      if (drafts_[a].node != drafts_[b].node) return drafts_[a].node < drafts_[b].node;
      return drafts_[a].severity > drafts_[b].severity;
    });
    for (const std::size_t absorber : absorbers) {
      const Draft& by = drafts_[absorber];
      if (by.absorbed) continue;
      const NodeIndex end = document_[by.node].next;
      auto next = std::lower_bound(order.begin(), order.end(), by.node,
                                   [&](std::size_t i, NodeIndex node) { return drafts_[i].node < node; });
      for (; next != order.end() && drafts_[*next].node < end; ++next) {
        Draft& draft = drafts_[*next];
        if (*next == absorber || draft.absorbed || draft.severity > by.severity) continue;
        const std::string_view id = id_of(draft);
        for (const std::string& name : absorbs_of(by)) draft.absorbed |= names_id(name, id);
      }
    }
  }

  // What is off, ignored or known goes.
  void judge() {
    std::sort(drafts_.begin(), drafts_.end());
    std::string pointer;
    std::string path;
    for (Draft& draft : drafts_) {
      if (draft.absorbed) continue;
      pointer.clear();
      if (draft.source == Source::Document) {
        if (const NodeIndex node = written_.findings[draft.index].node; node != kNoNode) paths_.find(node, pointer, path);
      } else {
        find_path(paths_, draft.node, mark_of(draft), pointer, path);
      }
      const Span span = draft.source == Source::Document ? written_.findings[draft.index].span : place_of_use(draft.node, mark_of(draft));
      draft.absorbed = !is_reported(id_of(draft), pointer, span, draft.severity);
    }
  }
  bool is_reported(std::string_view id, std::string_view pointer, Span span, Severity& severity) {
    switch (found_.judge->judge({id, pointer, document_.bytes(span), lines_.place(span).line}, severity)) {
      case Verdict::Report: return true;
      case Verdict::Off: break;
      case Verdict::Suppressed: ++report_.suppressed; break;
      case Verdict::Known: ++report_.known; break;
    }
    return false;
  }
  [[nodiscard]] Mark mark_of(const Draft& draft) const {
    switch (draft.source) {
      case Source::Document: return written_.findings[draft.index].mark;
      case Source::Request: return found_.request_finding->mark;
      case Source::Shape: return found_.shape.kept[draft.index].mark;
      case Source::Rule: break;
    }
    return finding_of(draft).too_much_work ? Mark::Value : rule_of(draft).mark;
  }

  // What is written once and used several times by aliases is one mistake:
  // the first use tells of the others.
  void join_uses() {
    // What is the same: everything but the node.
    const auto key_of = [&](const Draft& draft) {
      const Span span = document_.span(draft.node, mark_of(draft));
      const bool shape = draft.source == Source::Shape;
      const ShapeFinding* finding = shape ? &found_.shape.kept[draft.index] : nullptr;
      return std::tuple(span.begin, span.end, draft.source, draft.outcome, shape ? static_cast<unsigned>(finding->id) : finding_of(draft).rule,
                        shape ? finding->shape : ShapeIndex{0}, shape ? finding->detail : std::uint16_t{0});
    };
    std::vector<std::pair<decltype(key_of(drafts_[0])), std::size_t>> keyed;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      const Draft& draft = drafts_[i];
      if (draft.absorbed || (draft.source != Source::Shape && draft.source != Source::Rule)) continue;
      if (draft.source == Source::Rule && finding_of(draft).too_much_work) continue;
      keyed.emplace_back(key_of(draft), i);
    }
    std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) return a.first < b.first;
      return drafts_[a.second].node < drafts_[b.second].node;
    });
    std::size_t first = 0;
    for (std::size_t i = 1; i < keyed.size(); ++i) {
      if (keyed[i].first != keyed[first].first) {
        first = i;
        continue;
      }
      Draft& kept = drafts_[keyed[first].second];
      Draft& draft = drafts_[keyed[i].second];
      draft.absorbed = true;
      if (kept.uses_plus_1 == 0) {
        uses_.emplace_back();
        kept.uses_plus_1 = static_cast<std::uint32_t>(uses_.size());
      }
      uses_[kept.uses_plus_1 - 1].push_back(draft.node);
    }
  }

  // Further uses, and that a fix changes them, too.
  void tell_uses(const Draft& draft, Diagnostic& diagnostic) {
    if (diagnostic.fix)
      for (const Edit& edit : diagnostic.fix->edits)
        if (written_.is_used_elsewhere({edit.begin, edit.end})) diagnostic.fix->safe = false;
    if (draft.uses_plus_1 == 0) return;
    const Mark mark = mark_of(draft);
    const std::vector<NodeIndex>& uses = uses_[draft.uses_plus_1 - 1];
    for (std::size_t i = 0; i < uses.size() && i < kRelatedPlacesMax; ++i) {
      Related related;
      related.message = i + 1 == kRelatedPlacesMax && uses.size() > kRelatedPlacesMax
                            ? fmt::format("and used here, and in {} more places", uses.size() - kRelatedPlacesMax)
                            : "and used here";
      find_path(related_paths_, uses[i], mark, related.pointer, related.path);
      related.place = lines_.place(place_of_use(uses[i], mark));
      diagnostic.related.push_back(std::move(related));
    }
  }
  [[nodiscard]] const std::vector<std::string>& absorbs_of(const Draft& draft) const {
    return found_.rules[draft.outcome].library->file(finding_of(draft).rule).absorbs;
  }

  Diagnostic& begin(FindingId id, Mark mark) {
    Diagnostic& diagnostic = report_.diagnostics.emplace_back(new_diagnostic(id));
    diagnostic.mark = mark;
    return diagnostic;
  }

  void add(const DocumentFinding& finding) {
    Diagnostic& diagnostic = begin(finding.id, finding.mark);
    if (finding.node != kNoNode) {
      paths_.find(finding.node, diagnostic.pointer, diagnostic.path);
    } else {
      diagnostic.path = "$";
    }
    // In a text of another encoding there are no lines to point at.
    if (finding.id != FindingId::DocumentEncoding || finding.number == 0)
      diagnostic.place = lines_.place(finding.span);
    DocumentWords words = describe_document(finding, written_);
    const bool is_too_much = finding.id == FindingId::DocumentTrailingComma || finding.id == FindingId::DocumentByteOrderMark;
    if (!finding.replacement.empty() || is_too_much)
      diagnostic.fix = Fix{true, {{finding.span.begin, finding.span.end, std::string(finding.replacement)}}};
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
    if (words.other.empty() || finding.other.begin == finding.other.end) return;
    diagnostic.related.push_back(
        {"", diagnostic.pointer, diagnostic.path, lines_.place(finding.other), std::move(words.other)});
  }

  void add(const RequestFinding& finding) {
    Diagnostic& diagnostic = begin(finding.id, finding.mark);
    diagnostic.severity = finding.severity;
    locate(diagnostic, finding.node);
    RequestWords words = describe_request(finding, document_);
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
  }

  void add(const ShapeFinding& finding) {
    Diagnostic& diagnostic = begin(finding.id, finding.mark);
    locate(diagnostic, finding.node);
    ShapeWords words = describe_shape(finding, diagnostic.path, found_.schemas, document_,
                                      request_of(finding.node));
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
    diagnostic.fix = std::move(words.fix);
    for (const NodeIndex node : words.related_keys) {
      Related related;
      related.message = "and here";
      find_path(related_paths_, node, Mark::Key, related.pointer, related.path);
      related.place = lines_.place(document_.span(node, Mark::Key));
      diagnostic.related.push_back(std::move(related));
    }
    speak_of_template(diagnostic, finding.node);
  }

  void add(const RuleOutcome& outcome, const RuleFinding& finding) {
    const Rule& rule = outcome.library->set().rules[finding.rule];
    if (finding.too_much_work) {
      Diagnostic& diagnostic = begin(FindingId::RuleTooMuchWork, Mark::Value);
      locate(diagnostic, finding.node);
      diagnostic.message = fmt::format("the rule {} was stopped: it needs too much work on this file", ticked(rule.id));
      diagnostic.help = "what else it would find is not known; look for `..` or nested filters in its queries";
      return;
    }
    report_.diagnostics.push_back(made(outcome, finding));
  }

  Diagnostic made(const RuleOutcome& outcome, const RuleFinding& finding) {
    const Rule& rule = outcome.library->set().rules[finding.rule];
    const RuleFile& file = outcome.library->file(finding.rule);
    if (!found_.requests.empty()) found_.evaluator.set_request(request_of(finding.node).node);
    RuleWords words = describe_rule(finding, file, found_.evaluator, document_);
    Diagnostic diagnostic;
    diagnostic.id = rule.id;
    diagnostic.severity = rule.severity;
    diagnostic.certainty = rule.certainty;
    diagnostic.mark = rule.mark == Mark::Key && !has_key(finding.node) ? Mark::Value : rule.mark;
    locate(diagnostic, finding.node);
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
    diagnostic.source = file.about_source;
    diagnostic.fix = std::move(words.fix);
    for (RuleWords::Place& place : words.related) {
      Related related;
      related.message = std::move(place.message);
      find_path(related_paths_, place.node, Mark::Value, related.pointer, related.path);
      related.place = lines_.place(document_.span(place.node, Mark::Value));
      diagnostic.related.push_back(std::move(related));
    }
    speak_of_template(diagnostic, finding.node);
    return diagnostic;
  }
  // The value of the template that is the key of an entry; kNoNode for other keys.
  [[nodiscard]] NodeIndex key_of_pair(NodeIndex node, Mark mark) const {
    return found_.written == nullptr || mark == Mark::Value ? kNoNode : found_.written->places[node].key;
  }
  [[nodiscard]] Span place_of_use(NodeIndex node, Mark mark) const {
    const NodeIndex key = key_of_pair(node, mark);
    return key == kNoNode ? document_.place_of_use(node, mark) : written_.place_of_use(key, Mark::Value);
  }
  [[nodiscard]] bool is_aliased(NodeIndex node, Mark mark) const {
    const NodeIndex key = key_of_pair(node, mark);
    return key == kNoNode ? document_.is_aliased(node, mark) : written_.is_aliased(key, Mark::Value);
  }
  [[nodiscard]] bool has_key(NodeIndex node) const { return document_[node].key_begin != document_[node].key_end; }

  void locate(Diagnostic& diagnostic, NodeIndex node) {
    const Mark mark = diagnostic.mark;
    diagnostic.mark = find_path(paths_, node, mark, diagnostic.pointer, diagnostic.path);
    diagnostic.place = lines_.place(place_of_use(node, mark));
    if (!is_aliased(node, mark)) return;
    diagnostic.related.push_back({"", diagnostic.pointer, diagnostic.path, lines_.place(document_.span(node, mark)),
                                  "it is written here"});
  }

  // Gives what is marked at that path: the key of an entry of a template is a
  // value of its own.
  Mark find_path(PathFinder& paths, NodeIndex node, Mark mark, std::string& pointer, std::string& path) {
    if (found_.written == nullptr) {
      paths.find(node, pointer, path);
      return mark;
    }
    const NodeIndex key = key_of_pair(node, mark);
    paths.find(key != kNoNode ? key : found_.written->places[node].value, pointer, path);
    return key != kNoNode ? Mark::Value : mark;
  }

  // The request that the node is a part of.
  [[nodiscard]] const Request& request_of(NodeIndex node) const {
    const auto after = std::upper_bound(found_.requests.begin(), found_.requests.end(), node,
                                        [](NodeIndex wanted, const Request& request) { return wanted < request.node; });
    return after == found_.requests.begin() ? found_.requests.front() : *(after - 1);
  }

  void speak_of_template(Diagnostic& diagnostic, NodeIndex node) {
    if (found_.written == nullptr) return;
    const TemplatePlace& place = found_.written->places[node];
    put_into_template_words(diagnostic, document_, node, place);
    if (place.given == kNoNode || !diagnostic.place) return;
    Related related;
    related.message = fmt::format("the value comes from the parameter {}", ticked(written_.key(place.parameter)));
    related_paths_.find(place.given, related.pointer, related.path);
    related.place = lines_.place(written_.span(place.given, Mark::Value));
    diagnostic.related.push_back(std::move(related));
  }

  const RawFindings& found_;
  const Document& document_;  // What was checked,
  const Document& written_;   // and what was read: the same, but for templates.
  Report& report_;
  LineIndex lines_;
  PathFinder paths_;
  PathFinder related_paths_;  // Related places lie elsewhere, but near each other.
  std::vector<Draft> drafts_;
  std::vector<std::vector<NodeIndex>> uses_;
};

}  // namespace

Diagnostic new_diagnostic(FindingId id) {
  const CatalogueEntry& entry = entry_of(id);
  Diagnostic diagnostic;
  diagnostic.id = entry.id;
  diagnostic.severity = entry.severity;
  diagnostic.certainty = entry.certainty;
  return diagnostic;
}

void count(Report& report, Severity severity, std::uint64_t times) {
  switch (severity) {
    case Severity::Error: report.errors += times; break;
    case Severity::Warning: report.warnings += times; break;
    case Severity::Info: report.infos += times; break;
  }
}

void describe_at_most(Report& report, std::uint32_t findings_max) {
  if (report.diagnostics.size() <= findings_max) return;
  report.left_out += report.diagnostics.size() - findings_max;
  report.diagnostics.resize(findings_max);
}

void settle(const RawFindings& found, Severity least, std::uint32_t findings_max, Report& report) {
  const Document& written = found.written == nullptr ? found.document : found.written->document;
  bool any = !written.findings.empty() || found.request_finding != nullptr || !found.shape.kept.empty();
  for (const RuleOutcome& outcome : found.rules) any |= !outcome.findings->kept.empty();
  if (any) Settling(found, report).run(least, findings_max);
}

}  // namespace connect_lint
