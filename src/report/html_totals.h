// The findings of a page in numbers: charts, and what the page can be filtered by.
#ifndef CONNECT_LINT_REPORT_HTML_TOTALS_H_
#define CONNECT_LINT_REPORT_HTML_TOTALS_H_

#include <connect_lint/diagnostic.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "report/output.h"

namespace connect_lint {

class HtmlTotals {
 public:
  struct Counts {
    std::array<std::uint64_t, 3> of = {};  // By severity.

    [[nodiscard]] std::uint64_t all() const { return of[0] + of[1] + of[2]; }
    [[nodiscard]] std::uint64_t operator[](Severity severity) const { return of[static_cast<std::size_t>(severity)]; }
    void add(Severity severity) { ++of[static_cast<std::size_t>(severity)]; }
    void add(const Counts& other);
    [[nodiscard]] std::string text() const;  // "2 errors, 1 warning"; "no findings".
  };
  using Table = std::map<std::string, Counts, std::less<>>;

  // `file` as the page calls it.
  void add(std::string_view file, std::string_view id, Severity severity);

  [[nodiscard]] const Counts& all() const { return all_; }
  [[nodiscard]] const Table& files() const { return files_; }
  [[nodiscard]] const Table& ids() const { return ids_; }

  // A figure by severity, by family and by file; each bar is a link that the page's script takes as a filter.
  void write_charts(Output& out) const;
  // A form, hidden until the script is there.
  void write_filter(Output& out) const;

 private:
  [[nodiscard]] Table families() const;

  Counts all_;
  Table files_;
  Table ids_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_HTML_TOTALS_H_
