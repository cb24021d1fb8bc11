// One page for people who would rather look than read: nothing is loaded from
// elsewhere, and nothing but page.js runs. Findings are written as they come,
// totals and explanations behind them; the style shows the totals first.
#include <connect_lint/lint.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "report/excerpt.h"
#include "report/html_parts.h"
#include "report/html_totals.h"
#include "report/page.h"
#include "report/reporter.h"

namespace connect_lint {
namespace {

// A browser lays out the sections that are seen: one that is much longer takes its time.
constexpr std::size_t kFindingsPerSection = 100;

// Skipped files that are named.
constexpr std::size_t kSkippedMax = 1000;

std::string counted(std::uint64_t count, std::string_view word) { return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s"); }

class HtmlReporter final : public Reporter {
 public:
  HtmlReporter(Output& out, const ReporterOptions& options) : out_(out), options_(options) {}

  void begin() override {
    out_.print("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n<title>connect-lint report</title>\n<style>{}</style>\n</head>\n",
               page_style().hash, page_script().hash, page_style().text);
    out_.write("<body>\n<a class=\"skip\" href=\"#totals\">Totals</a>\n<h1>connect-lint report</h1>\n<main id=\"findings\">\n<h2 class=\"heard\">Findings</h2>\n");
  }

  void file(const FileReport& file) override {
    const Report& report = file.report;
    streams_ |= file.line > 0;
    if (report.status == Status::Skipped && skipped_.size() < kSkippedMax) skipped_.emplace_back(name_text(file), report.note);
    if (report.diagnostics.empty() && report.left_out == 0) return;
    open(visible(file.file, 4096));
    LineIndex lines(file.text);
    for (const Diagnostic& found : report.diagnostics) {
      if (++in_section_ > kFindingsPerSection) go_on();
      totals_.add(open_, found.id, found.severity);
      write(file, found, lines);
    }
    left_out_ += report.left_out;
    if (report.left_out > 0) out_.print("<p class=\"more\">{} not shown (<code>--max-findings</code> shows more)</p>\n", is_are(report.left_out));
  }

  void end(const Summary& summary) override {
    close();
    const bool none = totals_.all().all() == 0;
    if (none) write_none(summary);
    out_.write("</main>\n<aside id=\"totals\" aria-label=\"Totals\">\n");
    write_summary(summary);
    if (!none) {
      totals_.write_filter(out_);
      totals_.write_charts(out_);
    }
    write_skipped(summary.skipped);
    out_.write("</aside>\n");
    if (!none) write_explanations();
    out_.print("<footer>connect-lint {}. This page is whole: it loads nothing.</footer>\n"
               "<dialog id=\"explained\" aria-labelledby=\"explained-id\"><form method=\"dialog\"><h2 id=\"explained-id\"></h2><button>Close</button></form><div></div></dialog>\n"
               "<script>{}</script>\n</body>\n</html>\n",
               version(), page_script().text);
  }

 private:
  static std::string is_are(std::uint64_t count) { return count == 1 ? "1 more finding is" : fmt::format("{} more findings are", count); }

  // The lines of a stream are reported one by one, and stand together.
  void open(std::string name) {
    if (is_open_ && name == open_) return;
    close();
    is_open_ = true;
    in_section_ = 0;
    open_ = std::move(name);
    out_.print("<section data-file=\"{0}\">\n<h3>{0}</h3>\n", html(open_));
  }
  void go_on() {
    in_section_ = 1;
    out_.print("</section>\n<section data-file=\"{0}\">\n<h3>{0} <small>continued</small></h3>\n", html(open_));
  }
  void close() {
    if (is_open_) out_.write("</section>\n");
    is_open_ = false;
  }

  void write(const FileReport& file, const Diagnostic& found, LineIndex& lines) {
    const std::string id = html(found.id);
    out_.print("<article class=\"{0}\" data-id=\"{1}\"><h4><b>{0}</b> {2}</h4><p class=\"at\"><span>{3}</span><a class=\"id\" href=\"#{1}\">{1}</a></p>", name_of(found.severity),
               id, html_prose(found.message), html(place_text(file.file, found.place)));
    if (found.place && !file.text.empty()) write_excerpt(file.text, *found.place, lines);
    out_.write("<ul>");
    if (found.place || found.path != "$") out_.print("<li>at <code>{}</code></li>", html(visible(found.path, 1000)));
    for (const Related& related : found.related)
      out_.print("<li>note: {}: {}</li>", html(place_text(related.file.empty() ? file.file : std::string_view(related.file), related.place)), html_prose(related.message));
    if (!found.help.empty() || found.fix) write_help(found);
    out_.write("</ul></article>\n");
  }

  // `shown` is what the reader is told; in a stream the offsets lead to the line of `text`.
  void write_excerpt(std::string_view text, const Place& shown, LineIndex& lines) {
    const Place place = lines.place({shown.begin, shown.end});
    const Excerpt excerpt = make_excerpt(text, lines.line(place.line), {place.begin, place.end});
    const std::string_view line = excerpt.line;
    const std::size_t blanks = std::min(line.find_first_not_of(' '), excerpt.marked_begin);
    out_.print("<pre data-line=\"{}\"><code>{}<mark>{}</mark>{}</code></pre>", shown.line, html(line.substr(blanks, excerpt.marked_begin - blanks)),
               html(line.substr(excerpt.marked_begin, excerpt.marked_bytes)), html(line.substr(excerpt.marked_begin + excerpt.marked_bytes)));
  }

  void write_help(const Diagnostic& found) {
    out_.print("<li class=\"help\">{}{}", found.help.empty() ? "" : "help: ", html_prose(found.help));
    if (found.fix) out_.print(" <em>{}</em>", found.fix->safe ? "--fix mends it" : "--unsafe-fixes mends it, to be looked at");
    out_.write("</li>");
  }

  void write_none(const Summary& summary) {
    const bool nothing = summary.checked + summary.unreadable == 0;
    out_.print("<p class=\"none\">{}</p>\n", nothing ? "Nothing was checked" : "No findings");
  }

  void write_summary(const Summary& summary) {
    out_.print("<h2 class=\"heard\">Totals</h2>\n<p class=\"sum\">{}</p>\n<p>", totals_.all().text());
    std::string checked = fmt::format("{} of {} checked", summary.checked, streams_ ? fmt::format("{} files and lines", summary.files) : counted(summary.files, "file"));
    if (summary.skipped > 0) checked += fmt::format(", {} skipped", summary.skipped);
    if (summary.unreadable > 0) checked += fmt::format(", {} unreadable", summary.unreadable);
    out_.print("{}", checked);
    if (!totals_.files().empty()) out_.print("; findings in {}", counted(totals_.files().size(), "file"));
    if (left_out_ > 0) out_.print("; {} not shown", is_are(left_out_));
    if (summary.suppressed > 0) out_.print("; {} ignored", summary.suppressed);
    if (summary.known > 0) out_.print("; {} in the baseline", summary.known);
    out_.write("</p>\n");
  }

  void write_skipped(std::uint64_t count) {
    if (count == 0) return;
    out_.print("<details class=\"skipped\"><summary>why {} skipped</summary>\n<ul>\n", count == 1 ? "1 was" : fmt::format("{} were", count));
    for (const auto& [name, note] : skipped_) out_.print("<li><code>{}</code> {}</li>\n", html(name), html_prose(note));
    if (count > skipped_.size()) out_.print("<li>and {} more</li>\n", count - skipped_.size());
    out_.write("</ul>\n</details>\n");
  }

  void write_explanations() {
    out_.write("<section id=\"explanations\">\n<h2>Explanations</h2>\n");
    for (const auto& [id, counts] : totals_.ids()) {
      const FindingWords words = options_.explain ? options_.explain(id) : FindingWords{};
      // A browser unfolds what a link leads into.
      out_.print("<details><summary><code>{0}</code> {1}</summary>\n<div id=\"{0}\">\n{2}", html(id), html_prose(words.summary), html_paragraphs(words.explanation));
      if (!words.help.empty()) out_.print("<p>What to do: {}</p>\n", html_prose(words.help));
      if (!words.wrong.empty()) out_.print("<p class=\"source\">Wrong</p>\n<pre>{}</pre>\n", html(words.wrong));
      if (!words.right.empty()) out_.print("<p class=\"source\">Right</p>\n<pre>{}</pre>\n", html(words.right));
      if (!words.source.empty()) out_.print("<p class=\"source\">Source: {}</p>\n", html_prose(words.source));
      out_.print("<p class=\"source\"><code>connect-lint explain {}</code> tells more.</p>\n</div>\n</details>\n", html(id));
    }
    out_.write("</section>\n");
  }

  Output& out_;
  const ReporterOptions options_;
  HtmlTotals totals_;
  std::string open_;  // The name of the file whose section is open, as it is shown.
  bool is_open_ = false;
  std::size_t in_section_ = 0;  // Findings of it.
  bool streams_ = false;
  std::uint64_t left_out_ = 0;
  std::vector<std::pair<std::string, std::string>> skipped_;  // Name and reason.
};

}  // namespace

std::unique_ptr<Reporter> make_html_reporter(Output& out, const ReporterOptions& options) { return std::make_unique<HtmlReporter>(out, options); }

}  // namespace connect_lint
