#include "rules/sieve_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/sieve_function.h"

namespace connect_lint {

SieveSource write_sieves(const RuleSet& set, const SchemaSet& schemas) {
  Words words;
  for (const KeyId value : schemas.enum_values) words.add(schemas.keys.name(value));
  SieveSource source;
  // Twice: only then all words have numbers.
  for (int round = 0; round < 2; ++round) {
    source = {};
    Tables tables;
    std::string functions;
    for (std::size_t shape = 0; shape < set.shapes.size(); ++shape) {
      const ShapeRules& here = set.shapes[shape];
      if (here.rule_count == 0 || here.rule_count > kRuleBitsMax) {
        source.names.emplace_back("nullptr");
        continue;
      }
      SieveFunction function(set, schemas.keys, words, tables, shape);
      source.names.push_back(fmt::format("sieve_{}", shape));
      source.declarations += fmt::format("RuleBits {}(SieveContext& c, NodeIndex root, RuleBits left);\n", source.names.back());
      functions += function.write(source.names.back());
      source.lists = std::max(source.lists, function.lists());
    }
    source.functions = tables.written() + "\n" + functions;
  }
  source.words = KeyTableData(words.names());
  return source;
}

}  // namespace connect_lint
