#include "report/html_totals.h"

#include <connect_lint/lint.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "report/html_parts.h"

namespace connect_lint {
namespace {

using Counts = HtmlTotals::Counts;
using Table = HtmlTotals::Table;

constexpr std::array kWorstFirst = {Severity::Error, Severity::Warning, Severity::Info};

// Bars of a chart that are seen at once, and those that can be unfolded.
constexpr std::size_t kBarsShown = 6;
constexpr std::size_t kBarsMax = 200;

std::string_view family_of(std::string_view id) { return id.substr(0, id.find('/')); }

// One row: name, number, and a bar that is cut by severity.
void write_bar(Output& out, std::string_view key, std::string_view name, const Counts& counts, std::uint64_t whole) {
  out.print("<li><a class=\"bar\" href=\"#{}={}\" title=\"{}\"><span>{}</span> <b>{}</b><svg width=\"100%\" height=\"6\" aria-hidden=\"true\">", key, fragment_value(name),
            counts.text(), html(name), counts.all());
  const auto percent = [&](std::uint64_t count) { return 100.0 * static_cast<double>(count) / static_cast<double>(whole); };
  std::uint64_t before = 0;
  for (const Severity severity : kWorstFirst) {
    if (counts[severity] == 0) continue;
    out.print("<rect class=\"{}\" x=\"{:.2f}%\" width=\"{:.2f}%\" height=\"6\"/>", name_of(severity), percent(before), percent(counts[severity]));
    before += counts[severity];
  }
  out.write("</svg></a></li>\n");
}

// The largest first.
void write_chart(Output& out, std::string_view title, std::string_view key, std::string_view many, const Table& table) {
  std::vector<std::pair<std::string_view, Counts>> rows(table.begin(), table.end());
  std::ranges::stable_sort(rows, [](const auto& one, const auto& other) { return one.second.all() > other.second.all(); });
  out.print("<figure><figcaption>{}</figcaption>\n<ul>\n", title);
  const auto write_rows = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) write_bar(out, key, rows[i].first, rows[i].second, rows[0].second.all());
  };
  const std::size_t shown = rows.size() <= kBarsShown + 1 ? rows.size() : kBarsShown;
  const std::size_t unfolded = std::min(rows.size(), kBarsMax);
  write_rows(0, shown);
  out.write("</ul>\n");
  if (shown < rows.size()) {
    out.print("<details><summary>{} more {}</summary><ul>\n", rows.size() - shown, many);
    write_rows(shown, unfolded);
    out.write("</ul>\n");
    if (unfolded < rows.size()) out.print("<p>and {} {} with no more findings than these</p>\n", rows.size() - unfolded, many);
    out.write("</details>\n");
  }
  out.write("</figure>\n");
}

}  // namespace

void HtmlTotals::Counts::add(const Counts& other) {
  for (std::size_t i = 0; i < of.size(); ++i) of[i] += other.of[i];
}

std::string HtmlTotals::Counts::text() const {
  std::string text;
  for (const Severity severity : kWorstFirst) {
    const std::uint64_t count = (*this)[severity];
    if (count > 0) text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, name_of(severity), count == 1 ? "" : "s");
  }
  return text.empty() ? "no findings" : text;
}

void HtmlTotals::add(std::string_view file, std::string_view id, Severity severity) {
  const auto add_to = [&](Table& table, std::string_view key) {
    auto found = table.find(key);
    if (found == table.end()) found = table.emplace(key, Counts{}).first;
    found->second.add(severity);
  };
  all_.add(severity);
  add_to(files_, file);
  add_to(ids_, id);
}

HtmlTotals::Table HtmlTotals::families() const {
  Table families;
  for (const auto& [id, counts] : ids_) families[std::string(family_of(id))].add(counts);
  return families;
}

void HtmlTotals::write_charts(Output& out) const {
  out.write("<figure><figcaption>By severity</figcaption>\n<ul>\n");
  for (const Severity severity : kWorstFirst) {
    Counts counts;
    counts.of[static_cast<std::size_t>(severity)] = all_[severity];
    if (all_[severity] > 0) write_bar(out, "severity", name_of(severity), counts, all_.all());
  }
  out.write("</ul>\n</figure>\n");
  write_chart(out, "By family", "id", "families", families());
  write_chart(out, "By file", "file", "files", files_);
}

void HtmlTotals::write_filter(Output& out) const {
  out.write("<form id=\"filter\" hidden>\n<h2>Filter</h2>\n<label>Severity <select name=\"severity\"><option value=\"\">all</option>");
  for (const Severity severity : kWorstFirst)
    if (all_[severity] > 0) out.print("<option>{}</option>", name_of(severity));
  out.write("</select></label>\n<label>Id <select name=\"id\"><option value=\"\">all</option>");
  std::string_view open;
  const Table families = this->families();
  for (const auto& [id, counts] : ids_) {
    const std::string_view family = family_of(id);
    if (family != open) {
      out.print("{}<optgroup label=\"{}\"><option value=\"{}\">{}, all ({})</option>", open.empty() ? "" : "</optgroup>", html(family), html(family), html(family),
                families.find(family)->second.all());
      open = family;
    }
    out.print("<option value=\"{}\">{} ({})</option>", html(id), html(id), counts.all());
  }
  out.print("{}</select></label>\n<label>File <input name=\"file\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"part of its name\"></label>\n"
            "<p><output name=\"shown\" aria-live=\"polite\"></output> <button type=\"reset\">Show all</button></p>\n</form>\n",
            open.empty() ? "" : "</optgroup>");
}

}  // namespace connect_lint
