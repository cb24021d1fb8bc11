// Ordinary YAML into a Document, many times as fast as through libyaml's events.
//
// Ordinary is what people and programs write for the most part: mappings and
// lists in lines, flow collections, texts with and without quotes, block
// scalars, comments. It knows no mistake: whatever is unusual or wrong it
// declines, and the text is read again from its start by YamlComposer, which
// has the findings. What it takes it reads exactly as YamlComposer does.
#ifndef CONNECT_LINT_DOCUMENT_YAML_QUICK_H_
#define CONNECT_LINT_DOCUMENT_YAML_QUICK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/key_table.h"
#include "source/source_text.h"

namespace connect_lint {

// Keeps its working memory from text to text.
class YamlQuickReader {
 public:
  // Appends to `document`, which has been reset to `source`. The text has passed
  // find_unfit_for_yaml(); its first `begin` bytes are left out. False where it
  // declines, after one pass at most; `document` is then half filled.
  [[nodiscard]] bool read(const SourceText& source, std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max,
                          Document& document);

 private:
  // An array or object that is being read.
  struct Frame {
    enum class Form : std::uint8_t {
      Mapping,
      List,
      FlushList,  // Of a mapping, and indented no more than its keys.
      Flow,
    };

    NodeIndex node;
    std::uint32_t indent;        // The column, 0-based, of its keys or dashes.
    std::uint32_t hashes_begin;  // Of its keys that are not in the table.
    Form form;
    bool is_object;
    std::uint64_t seen[kKeyIdsMax / 64];  // Of its keys that are.
  };
  class Run;

  std::vector<Frame> frames_;
  std::vector<std::uint64_t> hashes_;
  std::string folded_;  // A text without quotes that stands on several lines.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_QUICK_H_
