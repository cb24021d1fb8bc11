// --fix, --unsafe-fixes and --diff: files are mended, or it is shown how.
#ifndef CONNECT_LINT_CLI_FIX_RUN_H_
#define CONNECT_LINT_CLI_FIX_RUN_H_

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "lint/fixing.h"
#include "lint/linter.h"

namespace connect_lint {

// For several threads.
class FixRun {
 public:
  // Without `writes`, what would be written is kept as a diff.
  FixRun(Fixes which, bool writes) : which_(which), writes_(writes) {}

  // Checks what is in the workspace, mends it, and writes it to the file that the
  // options name. Gives the report of what the file then holds, and leaves that in
  // the workspace. `check` is for what is in the workspace.
  [[nodiscard]] Report run(Workspace& workspace, const CheckOptions& options, const std::function<Report(const CheckOptions&)>& check);

  // The diff of a file, once; empty without one.
  [[nodiscard]] std::string take_diff(std::string_view file);

  // When no thread is at it any more.
  [[nodiscard]] std::uint64_t fixed() const { return fixed_; }
  [[nodiscard]] std::uint64_t files() const { return files_; }
  // Why files could not be written.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  [[nodiscard]] Report mend(Workspace& workspace, const CheckOptions& options, const std::function<Report(const CheckOptions&)>& check);
  [[nodiscard]] std::string write(const std::string& file, std::string_view before, std::string_view after) const;

  const Fixes which_;
  const bool writes_;
  std::mutex mutex_;  // Guards what follows.
  std::uint64_t fixed_ = 0;
  std::uint64_t files_ = 0;
  std::map<std::string, std::string, std::less<>> diffs_;
  std::vector<std::string> problems_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_FIX_RUN_H_
