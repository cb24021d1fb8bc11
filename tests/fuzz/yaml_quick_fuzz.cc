// Bytes into both readers of YAML. What the quick one takes, the one by
// libyaml's events must read without a finding, and as the same document.
#include <string>

#include "../yaml/same_document.h"
#include "document/yaml_reader.h"
#include "expect.h"

namespace connect_lint {
namespace {

// Whether the quick one takes it.
bool run(std::string_view text, std::uint32_t depth_max) {
  static const KeyTableData keys({"DomainName", "Uri", "Tags", "a", "b"});
  // One reader is used from input to input; the other one is always new.
  static YamlReader used_reader;
  static SourceText source;
  static Document used_document;
  source.assign(text);
  const bool taken = used_reader.read_quickly(source, keys.table(), depth_max, used_document);
  YamlReader reader;
  Document document;
  expect(reader.read_quickly(source, keys.table(), depth_max, document) == taken, "the same is taken twice");
  if (!taken) return false;
  expect(testing::difference_of(used_document, document).empty(), "the same document twice");
  reader.read_by_events(source, keys.table(), depth_max, document);
  expect(document.complete && document.findings.empty(), "what is taken has no finding");
  const std::string difference = testing::difference_of(used_document, document);
  expect(difference.empty(), difference.c_str());
  return true;
}

}  // namespace
}  // namespace connect_lint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (connect_lint::run(text, 60)) connect_lint::run(text, 3);
  return 0;
}
