#include "base/source_writer.h"

#include <fstream>

namespace connect_lint {

std::string literal(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) {
      fmt::format_to(std::back_inserter(result), "\\{:03o}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string long_literal(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); i += 90)
    result += "\n    " + literal(text.substr(i, 90));
  return result.empty() ? "\"\"" : result;
}

bool write_source(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  return static_cast<bool>(file);
}

}  // namespace connect_lint
