// Text into a program, exactly by the grammar of RFC 9535 (with its verified
// errata) and checked for types.
#ifndef CONNECT_LINT_JSONPATH_PARSER_H_
#define CONNECT_LINT_JSONPATH_PARSER_H_

#include <memory>
#include <string_view>
#include <variant>

#include "document/key_table.h"
#include "jsonpath/function.h"
#include "jsonpath/program.h"

namespace connect_lint {

enum class ParseGoal : std::uint8_t {
  Query,       // `$` and segments, without blanks around; ProgramTables::root is a path.
  Expression,  // What may stand in a filter; ProgramTables::root is a term.
  Value,       // One side of a comparison; ProgramTables::root is a term.
};

struct ParseOptions {
  ParseGoal goal = ParseGoal::Query;
  bool current = false;  // Expression, Value: `@` means something outside of filters.
};

[[nodiscard]] std::variant<std::shared_ptr<const ProgramTables>, ParseError> parse_program(std::string_view text,
                                                                                     FunctionTable functions,
                                                                                     const KeyTable& keys,
                                                                                     ParseOptions options);

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_PARSER_H_
