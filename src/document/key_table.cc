#include "document/key_table.h"

#include <algorithm>
#include <cassert>

namespace connect_lint {

KeyTableData::KeyTableData(const std::vector<std::string>& names) {
  assert(names.size() < kKeyIdsMax && "more names than numbers");
  entries_.push_back({0, 0, 0xFFFFFFFFu, 0});
  for (const std::string& name : names) {
    std::string padded = name + std::string(8, '\0');
    const KeyTable::Words words = KeyTable::words_of(padded.data(), name.size());
    entries_.push_back({words.head, words.tail, static_cast<std::uint32_t>(name.size()),
                        static_cast<std::uint32_t>(names_.size())});
    names_ += name;
  }
  entries_[0].length = 0;
  entries_[0].head = 1;  // No name of length 0 has this, so number 0 is never found.

  // A multiplier under which no two names share a slot. With four times as
  // many slots as squares of names it is found after a few hundred trials.
  std::size_t slots = 16;
  while (slots < names.size() * 8) slots *= 2;
  std::uint64_t multiplier = 0x9E3779B97F4A7C15u;
  for (std::size_t trial = 1;; ++trial) {
    if (trial % 4096 == 0) slots *= 2;
    multiplier = multiplier * 6364136223846793005u + 1442695040888963407u;
    multiplier_ = multiplier | 1;
    slots_.assign(slots, 0);
    bool distinct = true;
    for (std::size_t id = 1; id < entries_.size() && distinct; ++id) {
      const KeyTable::Entry& entry = entries_[id];
      std::uint16_t& slot =
          slots_[KeyTable::slot_of({entry.head, entry.tail}, entry.length, multiplier_, slots)];
      distinct = slot == 0;
      slot = static_cast<std::uint16_t>(id);
    }
    if (distinct) return;
  }
}

}  // namespace connect_lint
