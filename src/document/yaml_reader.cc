#include "document/yaml_reader.h"

#include <string_view>

#include "document/yaml_text.h"

namespace connect_lint {
namespace {

// The bytes in front of the text: a byte order mark, which the AWS CLI takes in front of YAML.
std::uint32_t begin_of(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

void reset(std::string_view text, const KeyTable& keys, Document& document) {
  document.reset(text, keys);
  document.syntax = Syntax::Yaml;
}

// False where the text is not even looked at.
bool begin_reading(std::string_view text, const KeyTable& keys, Document& document) {
  reset(text, keys, document);
  const auto finding = find_unfit_for_yaml(text, begin_of(text));
  if (finding) document.report(*finding);
  return !finding;
}

}  // namespace

void YamlReader::read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
                      Document& document, YamlTags tags) {
  const std::string_view text = source.view();
  if (!begin_reading(text, keys, document)) return;
  const std::uint32_t begin = begin_of(text);
  if (quick_.read(source, begin, keys, depth_max, document)) return;
  reset(text, keys, document);
  compose(begin, keys, depth_max, document, tags);
}

bool YamlReader::read_quickly(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max, Document& document) {
  const std::string_view text = source.view();
  return begin_reading(text, keys, document) && quick_.read(source, begin_of(text), keys, depth_max, document);
}

void YamlReader::read_by_events(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max, Document& document,
                                YamlTags tags) {
  const std::string_view text = source.view();
  if (begin_reading(text, keys, document)) compose(begin_of(text), keys, depth_max, document, tags);
}

void YamlReader::compose(std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max, Document& document, YamlTags tags) {
  const std::string_view text = document.text();
  const bool functions = tags == YamlTags::KeepFunctions;
  // Without these two there is neither alias nor merge, and no need for a second tree.
  if (text.find('*') == text.npos && text.find("<<") == text.npos)
    return composer_.compose(begin, keys, depth_max, document, nullptr, functions);
  reset(text, keys, composed_);
  composer_.compose(begin, keys, depth_max, composed_, &links_, functions);
  expander_.expand(composed_, links_, depth_max, document);
}

}  // namespace connect_lint
