#include "rules/sieve_steps.h"

#include <fmt/format.h>

#include "base/source_writer.h"

namespace connect_lint {

std::string lookup_of(const Program& program, const Segment& segment) {
  if (segment.descendant || segment.count != 1) return "";
  const Selector& selector = program.selectors[segment.first];
  if (selector.kind == SelectorKind::Name) return selector.key != 0 ? fmt::format("{}", selector.key) : literal(selector.name);
  if (selector.kind == SelectorKind::Index && *selector.start >= 0 && *selector.start < 1000)
    return fmt::format("[{}]", *selector.start);
  return "";
}

bool is_key(std::string_view lookup) { return lookup[0] >= '0' && lookup[0] <= '9'; }

std::string lookup_call(std::string_view lookup, std::string_view node) {
  if (is_key(lookup)) return fmt::format("c.member({}, KeyId{{{}}})", node, lookup);
  if (lookup[0] == '[') return fmt::format("c.element({}, {})", node, lookup.substr(1, lookup.size() - 2));
  return fmt::format("c.member({}, {})", node, lookup);
}

bool is_plain(const Program& program, const Path& path) {
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const Segment& segment = program.segments[path.first + i];
    if (segment.descendant) return false;
    for (std::uint32_t j = 0; j < segment.count; ++j) {
      const SelectorKind kind = program.selectors[segment.first + j].kind;
      const bool alone = segment.count == 1;
      if (kind == SelectorKind::Name || (alone && (kind == SelectorKind::Wildcard || kind == SelectorKind::Filter))) continue;
      if (!alone || lookup_of(program, segment).empty()) return false;
    }
  }
  return true;
}

}  // namespace connect_lint
