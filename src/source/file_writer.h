// Writing files. The only place that does, but for standard output.
#ifndef CONNECT_LINT_SOURCE_FILE_WRITER_H_
#define CONNECT_LINT_SOURCE_FILE_WRITER_H_

#include <string>
#include <string_view>

#include "base/result.h"

namespace connect_lint {

// A file that gets new content: whole, or it keeps what it held before, whenever
// the process ends. A link stays one, and what it leads to keeps its owner and mode.
class FileReplacement {
 public:
  [[nodiscard]] static Result<FileReplacement> open(const std::string& path);
  FileReplacement(FileReplacement&& other) noexcept;
  FileReplacement& operator=(FileReplacement&&) = delete;
  ~FileReplacement();  // Forgets what was not committed.

  // To write to, from the start on.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  // Puts it in place. Gives why it could not, empty when it could.
  [[nodiscard]] std::string commit();

 private:
  FileReplacement(std::string path, std::string target, int descriptor, bool is_linkable, unsigned mode);

  std::string path_;          // For messages.
  std::string target_;        // Without links at its end.
  int descriptor_ = -1;       // Of a file without a name: nothing is left of it when the process ends.
  bool is_linkable_ = false;  // It can get one.
  unsigned mode_ = 0;
};

// Makes the file hold `text`, as a FileReplacement. Gives why it could not, empty
// when it could.
[[nodiscard]] std::string write_file_whole(const std::string& path, std::string_view text);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_FILE_WRITER_H_
