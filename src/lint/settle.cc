#include "lint/settle.h"

#include <algorithm>
#include <string>
#include <vector>

#include "document/describe_document.h"
#include "schema/describe_shape.h"

namespace connect_lint {
namespace {

enum class Source : std::uint8_t { Document, Request, Shape };

// A finding of any source by its place in the text.
struct Draft {
  std::uint32_t begin;
  Source source;
  std::uint32_t index;

  bool operator<(const Draft& other) const {
    if (begin != other.begin) return begin < other.begin;
    if (source != other.source) return source < other.source;
    return index < other.index;
  }
};

class Settling {
 public:
  Settling(const RawFindings& found, Report& report)
      : found_(found), document_(found.document), report_(report), lines_(document_.text()), paths_(document_) {}

  void run(Severity least, std::uint32_t findings_max) {
    least_ = least;
    collect();
    const std::size_t shown = std::min<std::size_t>(drafts_.size(), findings_max);
    report_.left_out += drafts_.size() - shown;
    std::partial_sort(drafts_.begin(), drafts_.begin() + static_cast<std::ptrdiff_t>(shown), drafts_.end());
    report_.diagnostics.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) {
      switch (drafts_[i].source) {
        case Source::Document: add(document_.findings[drafts_[i].index]); break;
        case Source::Request: add(*found_.request_finding); break;
        case Source::Shape: add(found_.shape.kept[drafts_[i].index]); break;
      }
    }
  }

 private:
  void draft(Severity severity, std::uint32_t begin, Source source, std::uint32_t index) {
    count(report_, severity);
    if (severity >= least_) drafts_.push_back({begin, source, index});
  }

  void collect() {
    drafts_.reserve(document_.findings.size() + found_.shape.kept.size() + 1);
    for (std::uint32_t i = 0; i < document_.findings.size(); ++i) {
      const DocumentFinding& finding = document_.findings[i];
      draft(entry_of(finding.id).severity, finding.span.begin, Source::Document, i);
    }
    if (found_.request_finding) {
      const RequestFinding& finding = *found_.request_finding;
      draft(finding.severity, document_.span(finding.node, finding.mark).begin, Source::Request, 0);
    }
    for (std::uint32_t i = 0; i < found_.shape.kept.size(); ++i) {
      const ShapeFinding& finding = found_.shape.kept[i];
      draft(entry_of(finding.id).severity, document_.span(finding.node, finding.mark).begin, Source::Shape, i);
    }
    const std::uint64_t uncollected = document_.findings_left_out + found_.shape.left_out;
    count(report_, Severity::Error, uncollected);
    report_.left_out += uncollected;
  }

  Diagnostic& begin(FindingId id, Mark mark) {
    const CatalogueEntry& entry = entry_of(id);
    Diagnostic& diagnostic = report_.diagnostics.emplace_back();
    diagnostic.id = entry.id;
    diagnostic.severity = entry.severity;
    diagnostic.certainty = entry.certainty;
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
    DocumentWords words = describe_document(finding, document_);
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
    if (words.other.empty() || finding.other.begin == finding.other.end) return;
    diagnostic.related.push_back(
        {diagnostic.pointer, diagnostic.path, lines_.place(finding.other), std::move(words.other)});
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
                                      *found_.request, found_.members);
    diagnostic.message = std::move(words.message);
    diagnostic.help = std::move(words.help);
    diagnostic.fix = std::move(words.fix);
    for (const NodeIndex node : words.related_keys) {
      Related related;
      related.message = "and here";
      paths_.find(node, related.pointer, related.path);
      related.place = lines_.place(document_.span(node, Mark::Key));
      diagnostic.related.push_back(std::move(related));
    }
  }

  void locate(Diagnostic& diagnostic, NodeIndex node) {
    paths_.find(node, diagnostic.pointer, diagnostic.path);
    diagnostic.place = lines_.place(document_.span(node, diagnostic.mark));
  }

  const RawFindings& found_;
  const Document& document_;
  Report& report_;
  LineIndex lines_;
  PathFinder paths_;
  Severity least_ = Severity::Info;
  std::vector<Draft> drafts_;
};

}  // namespace

void count(Report& report, Severity severity, std::uint64_t times) {
  switch (severity) {
    case Severity::Error: report.errors += times; break;
    case Severity::Warning: report.warnings += times; break;
    case Severity::Info: report.infos += times; break;
  }
}

void settle(const RawFindings& found, Severity least, std::uint32_t findings_max, Report& report) {
  if (found.document.findings.empty() && !found.request_finding && found.shape.kept.empty()) return;
  Settling(found, report).run(least, findings_max);
}

}  // namespace connect_lint
