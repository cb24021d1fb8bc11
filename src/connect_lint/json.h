// A ready nlohmann::json (or ordered_json) as a request.
//
//   #include <connect_lint/json.h>
//   #include <connect_lint/lint.h>
//   #include <nlohmann/json.hpp>
//
//   const connect_lint::Linter linter;
//   const nlohmann::json request = {{"DomainName", "sales"}, {"MaxResults", 500}};
//   const connect_lint::Report report = connect_lint::check_json(linter, "ListIntegrations", request);
//   for (const connect_lint::Diagnostic& found : report.diagnostics) std::puts(found.pointer.c_str());
//
// Nothing but templates: works with any version of nlohmann/json that the
// program has, which is included before or after this header.
#ifndef CONNECT_LINT_CONNECT_LINT_JSON_H_
#define CONNECT_LINT_CONNECT_LINT_JSON_H_

#include <connect_lint/lint.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connect_lint {

// Appends a value of nlohmann/json to `to` as JSON text, whatever it holds: texts that are
// no UTF-8 stay as they are, numbers that are none become NaN or Infinity, and
// binary values become null, so that a check finds them where they are. Values
// nested deeper than `depth_max` become null. Needs no stack for nesting.
template <typename Json>
void write_json(const Json& value, std::string& to, std::uint32_t depth_max = 10'000) {
  const auto text = [&](std::string_view characters) {
    to += '"';
    for (const char character : characters) {
      const auto byte = static_cast<unsigned char>(character);
      if (byte < 0x20) {
        constexpr char kDigits[] = "0123456789abcdef";
        to += "\\u00";
        to += kDigits[byte >> 4];
        to += kDigits[byte & 15];
        continue;
      }
      if (character == '"' || character == '\\') to += '\\';
      to += character;
    }
    to += '"';
  };
  struct Open {
    typename Json::const_iterator next;
    typename Json::const_iterator end;
    bool object;
    bool first = true;
  };
  std::vector<Open> open;
  const auto begin_value = [&](const Json& one) {
    if (one.is_structured() && open.size() < depth_max) {
      to += one.is_object() ? '{' : '[';
      open.push_back({one.begin(), one.end(), one.is_object()});
    } else if (one.is_string()) {
      text(one.template get_ref<const typename Json::string_t&>());
    } else if (one.is_number_float()) {
      const double number = one.template get<double>();
      if (number != number) {
        to += "NaN";
      } else if (number - number != 0) {
        to += number < 0 ? "-Infinity" : "Infinity";
      } else {
        to += one.dump();
      }
    } else if (one.is_number() || one.is_boolean()) {
      to += one.dump();
    } else {
      to += "null";
    }
  };
  begin_value(value);
  while (!open.empty()) {
    Open& inner = open.back();
    if (inner.next == inner.end) {
      to += inner.object ? '}' : ']';
      open.pop_back();
      continue;
    }
    if (!inner.first) to += ',';
    inner.first = false;
    if (inner.object) {
      text(inner.next.key());
      to += ':';
    }
    const auto child = inner.next++;
    begin_value(*child);
  }
}

// Checks the value as a request for `operation` (empty: recognised). Findings
// have paths and no places. Safe from many threads, as Linter::check() is.
template <typename Json>
[[nodiscard]] Report check_json(const Linter& linter, std::string_view operation, const Json& value, CheckOptions options = {}) {
  std::string text;
  write_json(value, text);
  options.operation = operation;
  options.syntax = Syntax::Json;
  options.places = false;
  return linter.check(text, options);
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_CONNECT_LINT_JSON_H_
