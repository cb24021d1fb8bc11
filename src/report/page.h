// What every page of --format html carries: page.css and page.js, embedded.
#ifndef CONNECT_LINT_REPORT_PAGE_H_
#define CONNECT_LINT_REPORT_PAGE_H_

#include <string_view>

namespace connect_lint {

struct PagePart {
  std::string_view text;
  std::string_view hash;  // For the page's policy, which lets nothing else run: "sha256-...".
};

[[nodiscard]] PagePart page_style();
[[nodiscard]] PagePart page_script();

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_PAGE_H_
