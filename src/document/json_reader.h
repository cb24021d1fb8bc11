// JSON text (RFC 8259) into a Document.
//
// Accepts exactly what the RFC's grammar accepts. What it refuses becomes a
// finding in our own words; where the intention is certain (a comma is missing,
// a comment, single quotes) reading goes on, so that one slip hides nothing.
#ifndef CONNECT_LINT_DOCUMENT_JSON_READER_H_
#define CONNECT_LINT_DOCUMENT_JSON_READER_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "document/document.h"
#include "document/key_table.h"
#include "source/source_text.h"

namespace connect_lint {

// Keeps its working memory from text to text; one per thread.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();

  // Reads `source` into `document`. Keys are looked up in `keys`. `depth_max`
  // bounds the nesting of arrays and objects.
  void read(const SourceText& source, const KeyTable& keys, std::uint32_t depth_max,
            Document& document);

 private:
  // An array or object that is being read.
  struct Frame {
    NodeIndex node;
    std::uint32_t unknown_keys;  // Members whose key is not in the table.
    bool is_object;
    bool repeats_key;  // A key of the table came twice.
    std::uint64_t seen[kKeyIdsMax / 64];
  };
  class Run;

  std::vector<Frame> frames_;
  std::vector<std::pair<std::uint64_t, NodeIndex>> keys_seen_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_JSON_READER_H_
