#include "base/block.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace connect_lint {
namespace {

constexpr std::size_t kHugePageBytes = 2u << 20;

}  // namespace

void Block::reserve(std::size_t bytes) {
  if (bytes <= capacity_) return;
  if (bytes < kHugePageBytes) {
    void* grown = std::realloc(data_, bytes);
    if (grown == nullptr) throw std::bad_alloc();
    data_ = grown;
    capacity_ = bytes;
    return;
  }
  bytes = (bytes + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
  void* grown = mapped_ ? ::mremap(data_, capacity_, bytes, MREMAP_MAYMOVE)
                        : ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (grown == MAP_FAILED) throw std::bad_alloc();
  ::madvise(grown, bytes, MADV_HUGEPAGE);
  if (!mapped_) {
    if (data_ != nullptr) std::memcpy(grown, data_, capacity_);
    std::free(data_);
  }
  data_ = grown;
  capacity_ = bytes;
  mapped_ = true;
}

void Block::release() {
  if (mapped_) {
    ::munmap(data_, capacity_);
  } else {
    std::free(data_);
  }
  data_ = nullptr;
  capacity_ = 0;
  mapped_ = false;
}

}  // namespace connect_lint
