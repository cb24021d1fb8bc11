// The names of time zones that tzdata has: embedded, so that no finding depends
// on the machine's files. time_zones.txt is the list; ci/time-zones makes it.
#ifndef CONNECT_LINT_RULES_TIME_ZONES_H_
#define CONNECT_LINT_RULES_TIME_ZONES_H_

#include <span>
#include <string_view>

namespace connect_lint {

// "Europe/Berlin", and older names such as "US/Eastern". Sorted by bytes.
[[nodiscard]] std::span<const std::string_view> time_zones();

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_TIME_ZONES_H_
