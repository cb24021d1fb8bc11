#include "base/pattern_program.h"

namespace connect_lint {

void add_automaton(const PatternAutomaton& automaton, std::vector<std::uint8_t>& bytes, PatternProgram& program) {
  const auto add_bytes = [&](const auto& added) {
    const auto offset = static_cast<std::uint32_t>(bytes.size());
    bytes.insert(bytes.end(), added.begin(), added.end());
    return offset;
  };
  program.class_count = automaton.class_count;
  program.state_count = automaton.state_count;
  program.classes = add_bytes(automaton.classes);
  program.transitions = add_bytes(automaton.transitions);
  program.accepting = add_bytes(automaton.accepting);
  const PatternAutomaton::Prefix prefix = automaton.prefix();
  program.prefix = add_bytes(prefix.bytes);
  program.prefix_length = static_cast<std::uint16_t>(prefix.bytes.size());
  program.start = static_cast<std::uint16_t>(prefix.state);
}

}  // namespace connect_lint
