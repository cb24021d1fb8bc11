#include "source/json_path.h"

#include <fmt/format.h>

#include <iterator>

#include "base/utf8.h"

namespace connect_lint {
namespace {

// Calls `append` with each well-formed piece of `key`.
template <typename Append>
void for_each_code_point(std::string_view key, Append append) {
  while (!key.empty()) {
    const std::size_t bytes = utf8_sequence_bytes(key);
    append(bytes == 0 ? std::string_view("\xEF\xBF\xBD") : key.substr(0, bytes));
    key.remove_prefix(bytes == 0 ? 1 : bytes);
  }
}

}  // namespace

void append_pointer_key(std::string& pointer, std::string_view key) {
  pointer += '/';
  for_each_code_point(key, [&](std::string_view piece) {
    if (piece == "~") {
      pointer += "~0";
    } else if (piece == "/") {
      pointer += "~1";
    } else {
      pointer += piece;
    }
  });
}

void append_pointer_index(std::string& pointer, std::size_t index) {
  fmt::format_to(std::back_inserter(pointer), "/{}", index);
}

void append_path_key(std::string& path, std::string_view key) {
  path += "['";
  for_each_code_point(key, [&](std::string_view piece) {
    switch (piece[0]) {
      case '\'': path += "\\'"; break;
      case '\\': path += "\\\\"; break;
      case '\b': path += "\\b"; break;
      case '\t': path += "\\t"; break;
      case '\n': path += "\\n"; break;
      case '\f': path += "\\f"; break;
      case '\r': path += "\\r"; break;
      default:
        if (static_cast<unsigned char>(piece[0]) < 0x20) {
          fmt::format_to(std::back_inserter(path), "\\u{:04x}",
                         static_cast<unsigned>(static_cast<unsigned char>(piece[0])));
        } else {
          path += piece;
        }
    }
  });
  path += "']";
}

void append_path_index(std::string& path, std::size_t index) {
  fmt::format_to(std::back_inserter(path), "[{}]", index);
}

}  // namespace connect_lint
