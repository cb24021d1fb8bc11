// From the paths on the command line to the files to check.
#ifndef CONNECT_LINT_CLI_FIND_FILES_H_
#define CONNECT_LINT_CLI_FIND_FILES_H_

#include <string>
#include <vector>

namespace connect_lint {

struct FoundFiles {
  std::vector<std::string> files;       // To read, in order; "-" is standard input.
  std::vector<std::string> missing;     // Paths that are not there, or folders without a JSON or YAML file.
  struct Unreadable {
    std::string path;
    std::string message;
  };
  std::vector<Unreadable> unreadable;   // Folders that could not be listed.
};

// Files as they are named; of folders every `*.json`, `*.yaml` and `*.yml` below, by name, without
// hidden folders and without following links to folders.
[[nodiscard]] FoundFiles find_files(const std::vector<std::string>& paths);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_FIND_FILES_H_
