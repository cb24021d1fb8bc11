// A pattern as an automaton over bytes in plain tables, that the build can
// embed and that cost nothing to start with; see pattern_automaton.h.
#ifndef CONNECT_LINT_BASE_PATTERN_PROGRAM_H_
#define CONNECT_LINT_BASE_PATTERN_PROGRAM_H_

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/pattern_automaton.h"

namespace connect_lint {

// Behind a prefix that every match begins with.
struct PatternProgram {
  std::uint32_t text = 0;         // Into the texts; the pattern as it is written.
  std::uint32_t text_length = 0;
  std::uint32_t classes = 0;      // Into the bytes: 256 of them, the class of each byte.
  std::uint32_t transitions = 0;  // Into the bytes: [state * class_count + class].
  std::uint32_t accepting = 0;    // Into the bytes: [state], 1 where a text may end.
  std::uint32_t prefix = 0;       // Into the bytes.
  std::uint16_t prefix_length = 0;
  std::uint16_t start = 0;        // The state behind the prefix.
  std::uint16_t class_count = 0;  // 0: no automaton; runs on RE2.
  std::uint16_t state_count = 0;
};

// Adds the automaton's tables to `bytes` and tells `program` where they are.
void add_automaton(const PatternAutomaton& automaton, std::vector<std::uint8_t>& bytes, PatternProgram& program);

// Whether some part of the text matches. Only where there is an automaton.
[[nodiscard]] inline bool run_automaton(const PatternProgram& program, std::span<const std::uint8_t> all_bytes, std::string_view text) {
  assert(program.class_count != 0 && "a pattern without an automaton");
  const std::uint8_t* bytes = all_bytes.data();
  const std::uint8_t* classes = bytes + program.classes;
  const std::uint8_t* transitions = bytes + program.transitions;
  if (program.prefix_length != 0) {
    const std::string_view prefix(reinterpret_cast<const char*>(bytes + program.prefix), program.prefix_length);
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(program.prefix_length);
  }
  unsigned state = program.start;
  const std::uint8_t* row = transitions + state * program.class_count;
  for (const char byte : text) {
    const unsigned next = row[classes[static_cast<unsigned char>(byte)]];
    // A branch, not an assignment: while the state stays the same, bytes do not
    // wait for each other.
    if (next != state) {
      if (next >= kPatternMatched) return next == kPatternMatched;
      state = next;
      row = transitions + state * program.class_count;
    }
  }
  return bytes[program.accepting + state] != 0;
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_PATTERN_PROGRAM_H_
