#include "base/fingerprint.h"

#include <fmt/format.h>

#include <cstdint>

namespace connect_lint {

std::string content_of(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a.
  for (const char byte : bytes) {
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') continue;
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3u;
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace connect_lint
