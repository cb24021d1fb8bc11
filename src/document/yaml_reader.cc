#include "document/yaml_reader.h"

#include <string_view>

#include "document/yaml_text.h"

namespace connect_lint {

void YamlReader::read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
                      Document& document, YamlTags tags) {
  const std::string_view text = source.view();
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // Which the AWS CLI takes in front of YAML.
  const std::uint32_t begin = text.starts_with(kByteOrderMark) ? 3 : 0;
  document.reset(text, keys);
  document.syntax = Syntax::Yaml;
  if (const auto finding = find_unfit_for_yaml(text, begin)) return document.report(*finding);
  const bool functions = tags == YamlTags::KeepFunctions;
  // Without these two there is neither alias nor merge, and no need for a second tree.
  if (text.find('*') == text.npos && text.find("<<") == text.npos)
    return composer_.compose(begin, keys, depth_max, document, nullptr, functions);
  composed_.reset(text, keys);
  composed_.syntax = Syntax::Yaml;
  composer_.compose(begin, keys, depth_max, composed_, &links_, functions);
  expander_.expand(composed_, links_, depth_max, document);
}

}  // namespace connect_lint
