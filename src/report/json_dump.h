// nlohmann's values as text.
#ifndef CONNECT_LINT_REPORT_JSON_DUMP_H_
#define CONNECT_LINT_REPORT_JSON_DUMP_H_

#include <nlohmann/json.hpp>
#include <string>

namespace connect_lint {

using Json = nlohmann::ordered_json;

// On one line. What is no UTF-8 (in file names) becomes U+FFFD.
[[nodiscard]] inline std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_JSON_DUMP_H_
