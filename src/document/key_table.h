// Names that matter, each with a small number: one probe and one comparison
// tell whether a key is one of them. The numbers let later steps compare
// integers instead of strings.
#ifndef CONNECT_LINT_DOCUMENT_KEY_TABLE_H_
#define CONNECT_LINT_DOCUMENT_KEY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

// Numbers run from 1; 0 is "none of them".
using KeyId = std::uint16_t;
inline constexpr std::size_t kKeyIdsMax = 512;

// A view of tables that live elsewhere (embedded in the program, or in a
// KeyTableData). Copy it freely.
class KeyTable {
 public:
  struct Entry {
    std::uint64_t head;    // The first eight bytes, zero filled.
    std::uint64_t tail;    // The last eight bytes of longer names, else 0.
    std::uint32_t length;  // In bytes.
    std::uint32_t offset;  // Of the name in `names`.
  };

  constexpr KeyTable() = default;
  constexpr KeyTable(std::span<const Entry> entries, std::span<const std::uint16_t> slots,
                     std::string_view names, std::uint64_t multiplier)
      : entries_(entries), slots_(slots), names_(names), multiplier_(multiplier) {}

  // The number of the name [text, text + length). Eight bytes from `text` on
  // must be readable whatever the length.
  [[nodiscard]] KeyId find_padded(const char* text, std::size_t length) const {
    if (slots_.empty()) return 0;
    const Words words = words_of(text, length);
    const KeyId id = slots_[slot_of(words, length, multiplier_, slots_.size())];
    const Entry& entry = entries_[id];
    if (entry.length != length || entry.head != words.head || entry.tail != words.tail) return 0;
    if (length > 16 && std::memcmp(names_.data() + entry.offset + 8, text + 8, length - 16) != 0)
      return 0;
    return id;
  }
  [[nodiscard]] KeyId find(std::string_view text) const {
    if (text.size() >= 8) return find_padded(text.data(), text.size());
    char padded[8] = {};
    if (!text.empty()) std::memcpy(padded, text.data(), text.size());
    return find_padded(padded, text.size());
  }

  // Of a number that find() gave; "" for 0.
  [[nodiscard]] std::string_view name(KeyId id) const {
    return names_.substr(entries_[id].offset, entries_[id].length);
  }
  // Numbers are below this.
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
  [[nodiscard]] std::span<const std::uint16_t> slots() const { return slots_; }
  [[nodiscard]] std::string_view names() const { return names_; }
  [[nodiscard]] std::uint64_t multiplier() const { return multiplier_; }

  struct Words {
    std::uint64_t head;
    std::uint64_t tail;
  };
  static Words words_of(const char* text, std::size_t length) {
    static constexpr std::uint64_t kMasks[8] = {
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF};
    Words words{load(text), 0};
    if (length < 8) {
      words.head &= kMasks[length];
    } else if (length > 8) {
      words.tail = load(text + length - 8);
    }
    return words;
  }
  // `slots` is a power of two of at least 2.
  static std::size_t slot_of(Words words, std::size_t length, std::uint64_t multiplier,
                             std::size_t slots) {
    const std::uint64_t mixed =
        (words.head ^ (words.tail << 23 | words.tail >> 41) ^ length) * multiplier;
    return static_cast<std::size_t>(mixed >> 40) & (slots - 1);
  }

 private:
  // Little-endian on every machine, so that embedded tables fit all.
  static std::uint64_t load(const char* text) {
    std::uint64_t word;
    std::memcpy(&word, text, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
  }

  std::span<const Entry> entries_;
  std::span<const std::uint16_t> slots_;
  std::string_view names_;
  std::uint64_t multiplier_ = 0;
};

// Owns the tables of a KeyTable made at run time.
class KeyTableData {
 public:
  // Numbers the names in the order given, from 1. Names are distinct, at most
  // kKeyIdsMax - 1.
  explicit KeyTableData(const std::vector<std::string>& names);

  [[nodiscard]] KeyTable table() const { return {entries_, slots_, names_, multiplier_}; }

 private:
  std::vector<KeyTable::Entry> entries_;
  std::vector<std::uint16_t> slots_;
  std::string names_;
  std::uint64_t multiplier_ = 0;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_KEY_TABLE_H_
