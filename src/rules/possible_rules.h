// Which rules can find anything in a value, whatever its members hold: found
// out once, by running the rules on values whose members are unknown.
#ifndef CONNECT_LINT_RULES_POSSIBLE_RULES_H_
#define CONNECT_LINT_RULES_POSSIBLE_RULES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "rules/rule_set.h"
#include "schema/schema_set.h"

namespace connect_lint {

// Adds the table of one shape to `possible`, and tells `shape_rules` of it.
// `rules` are all; `on_shape` those on the shape, in the order of the bits.
void add_possible_rules(const SchemaSet& schemas, const Shape& shape, std::span<const Rule> rules,
                        std::span<const ShapeRule> on_shape, ShapeRules& shape_rules,
                        std::vector<std::uint64_t>& possible);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_POSSIBLE_RULES_H_
