// A parsed and checked query: flat tables that the evaluator runs over. They
// are made by the parser, or embedded by the build.
#ifndef CONNECT_LINT_JSONPATH_PROGRAM_H_
#define CONNECT_LINT_JSONPATH_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/pattern_program.h"
#include "document/key_table.h"
#include "jsonpath/function.h"
#include "jsonpath/value.h"
#include "source/source_text.h"

namespace connect_lint {

// Positions in the tables below.
using TermIndex = std::uint32_t;
using PathIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

enum class SelectorKind : std::uint8_t { Name, Wildcard, Index, Slice, Filter };

struct Selector {
  SelectorKind kind = SelectorKind::Wildcard;
  KeyId key = 0;           // Name: its number; 0 when the key table does not have it.
  TermIndex filter = kNone;
  std::string_view name;
  std::optional<std::int64_t> start;  // Slice; Index: always set.
  std::optional<std::int64_t> end;    // Slice.
  std::int64_t step = 1;              // Slice.
  Span span;
};

struct Segment {
  bool descendant = false;
  std::uint32_t first = 0;  // Of `selectors`.
  std::uint32_t count = 0;
  Span span;
};

// `$...` or `@...`.
struct Path {
  bool relative = false;  // Begins with `@`.
  bool singular = true;   // By its form it selects at most one node.
  bool spaced = false;    // It would be singular without the blanks inside its brackets.
  std::uint32_t first = 0;  // Of `segments`.
  std::uint32_t count = 0;
  Span span;
};

enum class TermKind : std::uint8_t { Literal, Path, Call, Comparison, Not, And, Or };

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

// A part of an expression. A Path is a test, a value or a nodelist; where it
// stands decides (RFC 9535, section 2.4.3).
struct Term {
  TermKind kind = TermKind::Literal;
  Comparison comparison = Comparison::Equal;
  bool constant = true;        // Does not depend on `@`.
  std::uint32_t first = 0;     // Of `operands`: And, Or, Not, Comparison, Call.
  std::uint32_t count = 0;
  std::uint32_t index = 0;     // Of `literals`, `paths` or `calls`.
  std::uint32_t memo = kNone;  // Where the result is kept for the next candidate of a filter.
  Span span;
};

struct Call {
  std::uint16_t function = 0;        // Into the program's functions.
  std::uint16_t pattern_plus_1 = 0;  // Of a literal argument, into `patterns`; 0 where it is no I-Regexp.
  bool pattern_known = false;        // The argument is a literal.
};

// Something wrong with the text of a query, in our words.
struct ParseError {
  Span span;  // Of the query's text.
  std::string message;
};

// A view of tables that outlive it. Cheap to copy, never changed.
struct Program {
  std::string_view text;
  std::span<const Segment> segments;
  std::span<const Selector> selectors;
  std::span<const Path> paths;
  std::span<const Term> terms;
  std::span<const TermIndex> operands;
  std::span<const Value> literals;
  std::span<const Call> calls;
  std::span<const PatternProgram> patterns;
  std::span<const std::uint8_t> pattern_bytes;
  std::string_view pattern_texts;  // In RE2's syntax.
  const FunctionTable* functions = nullptr;
  std::uint32_t root = 0;        // A path of a query, a term of an expression.
  std::uint32_t memos = 0;       // How many results it keeps during an evaluation.
  std::uint32_t first_memo = 0;  // Programs that are evaluated together number
  std::uint32_t first_call = 0;  // their memos and calls one behind the other.

  [[nodiscard]] const Function& function_of(const Call& call) const { return (*functions)[call.function]; }
};

// What the parser fills.
struct ProgramTables {
  std::string text;
  std::vector<Segment> segments;
  std::vector<Selector> selectors;
  std::vector<Path> paths;
  std::vector<Term> terms;
  std::vector<TermIndex> operands;
  std::vector<Value> literals;
  std::vector<std::unique_ptr<std::string>> strings;  // What names and string literals point at.
  std::vector<Call> calls;
  std::vector<PatternProgram> patterns;
  std::vector<std::uint8_t> pattern_bytes;
  std::string pattern_texts;
  std::vector<ParseError> notes;
  FunctionTable functions;
  std::uint32_t root = 0;
  std::uint32_t memos = 0;

  // Valid while the tables stay where they are.
  [[nodiscard]] Program view() const {
    return {text,     segments,      selectors,     paths,      terms, operands, literals, calls,
            patterns, pattern_bytes, pattern_texts, &functions, root,  memos,    0,        0};
  }
  [[nodiscard]] const Function& function_of(const Call& call) const { return functions[call.function]; }
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_PROGRAM_H_
