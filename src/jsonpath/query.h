// JSONPath queries (RFC 9535), parsed and checked once, evaluated often.
//
//   auto query = Query::parse("$.Tasks[?@.TaskType == 'Filter']", standard_functions(), keys);
//   if (!query.ok()) return complain(query.error().span, query.error().message);
//   Evaluator evaluator;
//   evaluator.open(document);
//   std::vector<NodeIndex> nodes;
//   evaluator.select(query.value(), 0, nodes);
//
// All three classes are handles: cheap to copy, shared by threads, never
// changed. `keys` is the table that documents are read with: names that it has
// are compared by number. Documents read with another table are not for them.
#ifndef CONNECT_LINT_JSONPATH_QUERY_H_
#define CONNECT_LINT_JSONPATH_QUERY_H_

#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "document/key_table.h"
#include "jsonpath/function.h"
#include "jsonpath/program.h"

namespace connect_lint {

// A parsed T, or what is wrong with the text and where.
template <typename T>
class [[nodiscard]] ParseResult {
 public:
  ParseResult(T value) : content_(std::move(value)) {}            // NOLINT: implicit by intention
  ParseResult(ParseError error) : content_(std::move(error)) {}   // NOLINT: implicit by intention

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(content_); }
  [[nodiscard]] const T& value() const {
    assert(ok() && "value() of a failed ParseResult");
    return std::get<T>(content_);
  }
  [[nodiscard]] const ParseError& error() const {
    assert(!ok() && "error() of a good ParseResult");
    return std::get<ParseError>(content_);
  }

 private:
  std::variant<T, ParseError> content_;
};

// What the three have in common.
class Parsed {
 public:
  [[nodiscard]] std::string_view text() const { return program_.text; }

  // What is allowed and yet surely a mistake: a literal pattern that is no
  // I-Regexp, which RFC 9535 lets match nothing.
  [[nodiscard]] std::span<const ParseError> notes() const { return tables_->notes; }

  [[nodiscard]] const Program& program() const { return program_; }
  // Where the program's tables live.
  [[nodiscard]] const std::shared_ptr<const ProgramTables>& tables() const { return tables_; }

 protected:
  explicit Parsed(std::shared_ptr<const ProgramTables> tables) : tables_(std::move(tables)), program_(tables_->view()) {}

 private:
  std::shared_ptr<const ProgramTables> tables_;
  Program program_;
};

// The segments of a query's own path.
[[nodiscard]] std::span<const Segment> segments_of(const Program& query);

// `$` and segments.
class Query : public Parsed {
 public:
  static ParseResult<Query> parse(std::string_view text, FunctionTable functions, const KeyTable& keys);

  // In order; queries inside of filters are not among them.
  [[nodiscard]] std::span<const Segment> segments() const { return segments_of(program()); }
  // By its form it selects at most one node.
  [[nodiscard]] bool singular() const;

 private:
  using Parsed::Parsed;
};

// How many segments both begin with that do the same, so that they may be
// walked once.
[[nodiscard]] std::size_t common_segments(const Program& a, const Program& b);

// Whether `@` means something at the outermost level.
enum class CurrentNode : std::uint8_t { Refused, Allowed };

// What may stand in a filter: `$.TriggerType == 'Scheduled' && !$.TriggerProperties`.
// Blanks around it do no harm.
class Expression : public Parsed {
 public:
  static ParseResult<Expression> parse(std::string_view text, FunctionTable functions, const KeyTable& keys,
                                       CurrentNode current = CurrentNode::Refused);

 private:
  using Parsed::Parsed;
};

// What may stand on a side of a comparison: a singular query, a call that gives
// a value, or a literal. Blanks around it do no harm.
class ValueExpression : public Parsed {
 public:
  static ParseResult<ValueExpression> parse(std::string_view text, FunctionTable functions, const KeyTable& keys,
                                            CurrentNode current = CurrentNode::Allowed);

  // Null unless the whole is a query: `$.SourceFlowConfig.ConnectorType`, `@`.
  [[nodiscard]] const Path* path() const;

 private:
  using Parsed::Parsed;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_QUERY_H_
