#include "report/html_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/quote.h"
#include "report/written.h"

namespace connect_lint {
namespace {

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos; }

}  // namespace

std::string html(std::string_view text) { return xml(visible(text, std::numeric_limits<std::size_t>::max())); }

std::string html_prose(std::string_view text) {
  std::string written;
  while (!text.empty()) {
    const std::size_t begin = text.find('`');
    const std::size_t end = begin == text.npos ? text.npos : text.find('`', begin + 1);
    if (end == text.npos) return written + html(text);
    written += fmt::format("{}<code>{}</code>", html(text.substr(0, begin)), html(text.substr(begin + 1, end - begin - 1)));
    text.remove_prefix(end + 1);
  }
  return written;
}

std::string html_paragraphs(std::string_view text) {
  std::string written;
  std::string paragraph;
  const auto close = [&] {
    if (!paragraph.empty()) written += fmt::format("<p>{}</p>\n", html_prose(paragraph));
    paragraph.clear();
  };
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) {
      close();
    } else {
      if (!paragraph.empty()) paragraph += ' ';
      paragraph += line;
    }
  }
  close();
  return written;
}

std::string fragment_value(std::string_view text) {
  std::string written;
  for (const char c : text) written += is_plain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return written;
}

}  // namespace connect_lint
