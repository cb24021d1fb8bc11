// Writes tables as C++ source, for the build's compilers.
#ifndef CONNECT_LINT_BASE_SOURCE_WRITER_H_
#define CONNECT_LINT_BASE_SOURCE_WRITER_H_

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace connect_lint {

class SourceWriter {
 public:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
    text += '\n';
  }
  // A constant array; `write` gives one item. Empty arrays get one unused item.
  template <typename Items, typename Write>
  void array(std::string_view type, std::string_view name, const Items& items, Write write) {
    fmt::format_to(std::back_inserter(text), "constexpr {} {}[] = {{", type, name);
    std::size_t column = 0;
    for (const auto& item : items) {
      const std::string written = write(item);
      if (column == 0 || column + written.size() > 100) {
        text += "\n    ";
        column = 4;
      }
      text += written + ", ";
      column += written.size() + 2;
    }
    if (std::empty(items)) text += "{}";
    text += "};\n";
  }
  std::string text;
};

// A C++ literal of the text.
[[nodiscard]] std::string literal(std::string_view text);

// In lines; compilers limit the length of a literal, and join its pieces.
[[nodiscard]] std::string long_literal(std::string_view text);

// Writes `text` to a file whose name is `path`; false when it cannot.
[[nodiscard]] bool write_source(const std::string& path, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_SOURCE_WRITER_H_
