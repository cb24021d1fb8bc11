// Uninitialised memory that grows in place: small blocks on the heap, large
// ones as pages of their own, huge where the system has them. A large file
// touches tens of thousands of pages; as 4 KiB each they cost as much as
// scanning it.
#ifndef CONNECT_LINT_BASE_BLOCK_H_
#define CONNECT_LINT_BASE_BLOCK_H_

#include <cstddef>

namespace connect_lint {

class Block {
 public:
  Block() = default;
  ~Block() { release(); }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  // Room for at least `bytes`; the content is kept, the place may change.
  // Throws std::bad_alloc.
  void reserve(std::size_t bytes);
  void release();

  [[nodiscard]] void* data() const { return data_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  void* data_ = nullptr;
  std::size_t capacity_ = 0;
  bool mapped_ = false;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_BLOCK_H_
