// For people: the place, the words, an excerpt, advice.
#include "base/quote.h"
#include "report/excerpt.h"
#include "report/reporter.h"

namespace connect_lint {
namespace {

class TextReporter final : public Reporter {
 public:
  TextReporter(Output& out, const ReporterOptions& options) : out_(out), options_(options) {}

  void file(const FileReport& file) override {
    LineIndex lines(file.text);
    for (const Diagnostic& found : file.report.diagnostics) finding(file, found, lines);
    if (file.report.left_out > 0)
      out_.print("{}: and {} more (--max-findings shows more)\n\n", name_text(file), file.report.left_out);
  }

 private:
  struct Style {
    std::string_view begin;
    std::string_view end;
  };
  [[nodiscard]] Style style(std::string_view code) const {
    return options_.colour ? Style{code, "\x1b[0m"} : Style{};
  }
  [[nodiscard]] Style bold() const { return style("\x1b[1m"); }
  [[nodiscard]] Style dim() const { return style("\x1b[34m"); }
  [[nodiscard]] Style of(Severity severity) const {
    switch (severity) {
      case Severity::Error: return style("\x1b[1;31m");
      case Severity::Warning: return style("\x1b[1;33m");
      case Severity::Info: return style("\x1b[1;36m");
    }
    return {};
  }

  void finding(const FileReport& file, const Diagnostic& found, LineIndex& lines) {
    const Style colour = of(found.severity);
    out_.print("{}{}{}: {}{}{}: {}{}{} [{}]\n", bold().begin, place_text(file.file, found.place), bold().end,
               colour.begin, name_of(found.severity), colour.end, bold().begin, found.message, bold().end,
               found.id);
    std::string gutter(1, ' ');
    if (found.place && !file.text.empty()) {
      const std::string number = fmt::format("{}", found.place->line);
      gutter.assign(number.size(), ' ');
      const Place place = lines.place({found.place->begin, found.place->end});
      const Excerpt excerpt = make_excerpt(file.text, lines.line(place.line), {place.begin, place.end});
      out_.print("{0}{2} |{1}\n{0}{3} |{1}{9}{4}\n{0}{2} |{1} {5}{6}{7}{8}\n", dim().begin, dim().end, gutter, number,
                 excerpt.line, excerpt.indent, colour.begin, excerpt.mark, colour.end,
                 excerpt.line.empty() ? "" : " ");
    }
    if (found.place || found.path != "$")
      out_.print("{}{} ={} at {}\n", dim().begin, gutter, dim().end, visible(found.path, 1000));
    for (const Related& related : found.related)
      out_.print("{}{} ={} note: {}: {}\n", dim().begin, gutter, dim().end,
                 place_text(related.file.empty() ? file.file : related.file, related.place), related.message);
    if (!found.help.empty())
      out_.print("{}{} ={} help: {}{}\n", dim().begin, gutter, dim().end, found.help, !found.fix ? "" : found.fix->safe ? " (--fix)" : " (--unsafe-fixes)");
    out_.write("\n");
  }

  Output& out_;
  const ReporterOptions options_;
};

}  // namespace

std::unique_ptr<Reporter> make_text_reporter(Output& out, const ReporterOptions& options) {
  return std::make_unique<TextReporter>(out, options);
}

}  // namespace connect_lint
