#include "report/written.h"

#include <algorithm>

#include "base/fingerprint.h"
#include "base/utf8.h"

namespace connect_lint {

std::string xml(std::string_view text) {
  std::string written;
  written.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    switch (c) {
      case '&': written += "&amp;"; break;
      case '<': written += "&lt;"; break;
      case '>': written += "&gt;"; break;
      case '"': written += "&quot;"; break;
      case '\n': written += "&#10;"; break;
      case '\t': written += "&#9;"; break;
      case '\r': written += "&#13;"; break;
      default:
        if (c < 0x20) {
          written += "\uFFFD";
        } else if (c < 0x80) {
          written += text[i];
        } else {
          const std::size_t length = utf8_sequence_bytes(text.substr(i));
          const bool none = length == 0 || text.substr(i, 3) == "\uFFFE" || text.substr(i, 3) == "\uFFFF";
          if (none) {
            written += "\uFFFD";
            i += std::max<std::size_t>(length, 1);
            continue;
          }
          written += text.substr(i, length);
          i += length;
          continue;
        }
    }
    ++i;
  }
  return written;
}

std::string uri_of(std::string_view file) {
  static constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  while (file.starts_with("./")) file.remove_prefix(2);
  std::string uri = file.starts_with('/') ? "file://" : "";
  for (const char c : file) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kPlain.find(c) != kPlain.npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

std::string message_with_help(const Diagnostic& found) {
  return found.help.empty() ? found.message : fmt::format("{}; {}", found.message, found.help);
}

std::string Fingerprints::of(const FileReport& file, const Diagnostic& found) {
  std::string_view bytes;
  if (found.place && found.place->end <= file.text.size()) bytes = file.text.substr(found.place->begin, found.place->end - found.place->begin);
  std::string key = fmt::format("{}|{}|{}|{}", file.file, found.id, found.pointer, content_of(bytes));
  const std::uint32_t times = seen_[key]++;
  return content_of(times == 0 ? key : fmt::format("{}|{}", key, times));
}

}  // namespace connect_lint
