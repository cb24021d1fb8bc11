// Well-typedness (RFC 9535, sections 2.3.5.1 and 2.4.3): where a literal, a
// path, a call or a logical expression may stand.
#ifndef CONNECT_LINT_JSONPATH_TYPE_CHECK_H_
#define CONNECT_LINT_JSONPATH_TYPE_CHECK_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jsonpath/program.h"

namespace connect_lint {

// Each says what is wrong, or nothing.

// As a logical expression of its own.
[[nodiscard]] std::optional<ParseError> check_test(const ProgramTables& program, TermIndex term);

// As one side of a comparison, or as a value.
[[nodiscard]] std::optional<ParseError> check_comparable(const ProgramTables& program, TermIndex term);

// As the arguments of a function.
[[nodiscard]] std::optional<ParseError> check_arguments(const ProgramTables& program, const Function& function, Span call,
                                                        std::span<const TermIndex> arguments);

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_TYPE_CHECK_H_
