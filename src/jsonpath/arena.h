// Texts that live until the next clear(). Keeps its first block.
#ifndef CONNECT_LINT_JSONPATH_ARENA_H_
#define CONNECT_LINT_JSONPATH_ARENA_H_

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace connect_lint {

class Arena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (blocks_.empty() || size_ - used_ < text.size()) {
      size_ = text.size() < kBlockBytes ? kBlockBytes : text.size();
      blocks_.push_back(std::make_unique<char[]>(size_));
      used_ = 0;
    }
    char* const to = blocks_.back().get() + used_;
    text.copy(to, text.size());
    used_ += text.size();
    return {to, text.size()};
  }

  void clear() {
    if (blocks_.size() > 1) {
      blocks_.clear();
      size_ = 0;
    }
    used_ = 0;
  }

 private:
  static constexpr std::size_t kBlockBytes = 4096;

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t size_ = 0;  // Of the last block.
  std::size_t used_ = 0;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_ARENA_H_
