// What the tests of the YAML reader share.
#ifndef CONNECT_LINT_TESTS_YAML_SUPPORT_H_
#define CONNECT_LINT_TESTS_YAML_SUPPORT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "../unit/support.h"
#include "document/document.h"
#include "document/yaml_reader.h"
#include "source/source_text.h"

namespace connect_lint::testing {

// A text and the tree that was read from it.
class YamlReading {
 public:
  explicit YamlReading(std::string_view text, std::uint32_t depth_max = 128);

  [[nodiscard]] const Document& document() const { return document_; }
  // As compact JSON; "nothing" for an empty document.
  [[nodiscard]] std::string value() const;
  // "4-5 the message", in the order of the text, with a line break between
  // them; what `other` is behind " <- 0-1 ".
  [[nodiscard]] std::string findings() const;
  // The bytes of the value or key at a path such as "a/0/b".
  [[nodiscard]] std::string_view bytes(std::string_view path, Mark mark = Mark::Value) const;
  [[nodiscard]] NodeIndex node(std::string_view path) const;

 private:
  SourceText source_;
  YamlReader reader_;
  Document document_;
};

// What is wrong with the tree, whatever was read; empty where nothing is.
// Aliases put values outside of what is around them.
[[nodiscard]] std::string flaw_of(const Document& document, bool aliases);

}  // namespace connect_lint::testing

#endif  // CONNECT_LINT_TESTS_YAML_SUPPORT_H_
