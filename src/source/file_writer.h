// Writing files. The only place that does, but for standard output.
#ifndef CONNECT_LINT_SOURCE_FILE_WRITER_H_
#define CONNECT_LINT_SOURCE_FILE_WRITER_H_

#include <string>
#include <string_view>

namespace connect_lint {

// Makes the file hold `text`: whole, or what it held before, whenever the process
// ends. A link stays one, and what it leads to keeps its mode. Gives why it could
// not, empty when it could.
[[nodiscard]] std::string write_file_whole(const std::string& path, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_FILE_WRITER_H_
