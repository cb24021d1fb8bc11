// What the unit tests share: reading a text into a tree, trees as nlohmann's
// values, random numbers that are the same everywhere.
#ifndef CONNECT_LINT_TESTS_UNIT_SUPPORT_H_
#define CONNECT_LINT_TESTS_UNIT_SUPPORT_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "document/json_reader.h"
#include "document/key_table.h"
#include "source/source_text.h"

namespace connect_lint::testing {

using Json = nlohmann::json;

// A text and the tree that was read from it.
class Reading {
 public:
  explicit Reading(std::string_view text, std::uint32_t depth_max = 128);
  Reading(std::string_view text, const KeyTable& keys, std::uint32_t depth_max = 128);

  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] Document& document() { return document_; }
  // The grammar of RFC 8259 takes the text: what is reported, if anything, is
  // not about the grammar.
  [[nodiscard]] bool accepted() const;
  // "document/syntax:missing-comma@7-7 document/comment@9-16", in the order of the text.
  [[nodiscard]] std::string findings() const;

 private:
  SourceText source_;
  JsonReader reader_;
  Document document_;
};

// A value of a tree. What the reader put there in place of nonsense is taken as it is.
[[nodiscard]] Json to_json(const Document& document, NodeIndex index = 0);

// The keys that Reading knows unless told otherwise: DomainName, Uri, Tags and more.
[[nodiscard]] const KeyTable& some_keys();

// A file of the checkout, `path` from its root.
[[nodiscard]] std::string read_checkout_file(const std::string& path);
[[nodiscard]] Json read_checkout_json(const std::string& path);

// Numbers from a seed (xorshift64*): unlike <random>'s distributions the same in every library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Du;
  }
  // 0 to `end` - 1.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() >> 11) % end; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

// Printable: for INFO().
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace connect_lint::testing

#endif  // CONNECT_LINT_TESTS_UNIT_SUPPORT_H_
