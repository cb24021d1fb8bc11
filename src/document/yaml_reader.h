// YAML text into a Document, with the values that the AWS CLI makes of it.
//
// A reader of our own takes what is ordinary. For the rest libyaml tells the
// grammar; what a scalar means, aliases, merge keys and the bounds on all of
// them are ours. What is refused becomes a finding in our own words. At a break
// of the grammar reading ends: what stands behind it depends on an indentation
// that is not known.
#ifndef CONNECT_LINT_DOCUMENT_YAML_READER_H_
#define CONNECT_LINT_DOCUMENT_YAML_READER_H_

#include <cstdint>
#include <vector>

#include "document/document.h"
#include "document/key_table.h"
#include "document/yaml_composer.h"
#include "document/yaml_expander.h"
#include "document/yaml_quick.h"
#include "source/source_text.h"

namespace connect_lint {

enum class YamlTags : std::uint8_t { Refuse, KeepFunctions };

// Keeps its working memory from text to text; one per thread.
class YamlReader {
 public:
  // Reads `source` into `document`. Keys are looked up in `keys`. `depth_max`
  // bounds the nesting of arrays and objects. Throws nothing but std::bad_alloc.
  // With `tags` = KeepFunctions the tags of CloudFormation's functions come into
  // Document::function_tags instead of being refused.
  void read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
            Document& document, YamlTags tags = YamlTags::Refuse);

  // The two ways, of which read() chooses one; for tests. The first is false
  // where the text is not ordinary, with any `document`.
  [[nodiscard]] bool read_quickly(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max, Document& document);
  void read_by_events(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max, Document& document,
                      YamlTags tags = YamlTags::Refuse);

 private:
  void compose(std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max, Document& document, YamlTags tags);

  YamlQuickReader quick_;
  YamlComposer composer_;
  YamlExpander expander_;
  Document composed_;  // Of a text that may have aliases or merges.
  std::vector<YamlLink> links_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_READER_H_
