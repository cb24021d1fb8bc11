// Every bound of the program stands here (or, where a caller may choose it,
// in connect_lint::Limits). Crossing one is a finding that names it.
#ifndef CONNECT_LINT_BASE_LIMITS_H_
#define CONNECT_LINT_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace connect_lint {

// Bytes that may be read past the end of every text that is scanned, all zero.
inline constexpr std::size_t kPaddingBytes = 64;

// Offsets are 32 bits wide; the rest is left for padding and sentinels.
inline constexpr std::uint64_t kInputBytesLimit = 0xFFFF0000u;

inline constexpr std::uint32_t kDepthLimit = 10'000;

// Findings kept per check before they are sorted; all are counted.
inline constexpr std::size_t kFindingsKeptMax = 100'000;

// Code points of a value that a message quotes.
inline constexpr std::size_t kQuotedCodePointsMax = 120;

// Code points on each side of a caret in an excerpt.
inline constexpr std::size_t kExcerptCodePointsMax = 110;

// Names longer than this get no spelling suggestion.
inline constexpr std::size_t kSuggestionBytesMax = 64;

// Misspelt members of one object that are compared with the known names.
inline constexpr std::size_t kSuggestionsPerObjectMax = 64;

// A schema file or other data file.
inline constexpr std::size_t kDataFileBytesMax = 8u << 20;

// States of the automaton that a pattern may lower to; larger ones run on RE2.
inline constexpr std::size_t kPatternStatesMax = 250;

// Memory that RE2 may use for one pattern.
inline constexpr std::int64_t kRegexBytesMax = 8 << 20;

// A query or expression, and a pattern inside it.
inline constexpr std::size_t kQueryBytesMax = 1u << 16;

// Parentheses, filters and function calls inside each other.
inline constexpr std::size_t kQueryNestingMax = 100;

// Segments of one query, those of queries inside it included: evaluation
// recurses once for each.
inline constexpr std::size_t kQuerySegmentsMax = 500;

// Nodes that an evaluation may visit unless its caller allows more or fewer.
inline constexpr std::uint64_t kQueryWorkMax = 50'000'000;

inline constexpr std::size_t kFunctionParametersMax = 6;

// Patterns known only at run time that an evaluator keeps compiled.
inline constexpr std::size_t kPatternsKeptMax = 16;

// Steps that a trace of an evaluation keeps.
inline constexpr std::size_t kTraceStepsMax = 10'000;

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_LIMITS_H_
