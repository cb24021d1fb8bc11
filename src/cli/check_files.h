// Checking many files, by several threads; reported in the order of the files.
#ifndef CONNECT_LINT_CLI_CHECK_FILES_H_
#define CONNECT_LINT_CLI_CHECK_FILES_H_

#include <connect_lint/lint.h>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "cli/find_files.h"
#include "lint/linter.h"

namespace connect_lint {

struct FileChecks {
  const CheckOptions& options;  // Without the file's name.
  std::span<const FoundFile> files;
  // Checks the text in the workspace. By several threads at once.
  std::function<Report(const FoundFile& file, Workspace& workspace, const CheckOptions& options)> check;
  std::size_t jobs = 1;         // Threads at most.
  int input = 0;                // What `-` reads,
  std::string_view input_name;  // and what it is called.
  // Gets the files in order, on the calling thread. `text` is empty where
  // nothing was found in it or it could not be read. False ends the run.
  std::function<bool(std::string_view name, Report& report, std::string_view text)> deliver;
};

void check_files(const FileChecks& checks);

// Checks `workspace.source`. Of what was found in a folder and not `named` by
// anybody, two things are skipped when nothing in them is of ours: what cannot be
// parsed, and YAML, which is then not even read.
[[nodiscard]] Report check_text(const LintEngine& engine, Workspace& workspace, const CheckOptions& options, bool named, const CheckPolicy& policy = {});

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_CHECK_FILES_H_
