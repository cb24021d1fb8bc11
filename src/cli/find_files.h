// From the paths on the command line to the files to check.
#ifndef CONNECT_LINT_CLI_FIND_FILES_H_
#define CONNECT_LINT_CLI_FIND_FILES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

struct FindOptions {
  // Globs (see glob.h) for what is taken of folders: those without a slash are
  // for names at any depth, the others for paths below the folder or as reported.
  // With a slash at the end they are for folders.
  std::vector<std::string> include = {};  // Files; all where there are none.
  std::vector<std::string> exclude = {};  // Files and folders.
  bool ignored_too = false;          // Also what git ignores.
  bool streams_only = false;         // Of folders, only streams.
  bool as_found = false;             // What is named counts as found in a folder: globs hold for it.
};

struct FoundFile {
  std::string path;    // "-" is standard input.
  bool named = false;  // On the command line, not found in a folder.
};

struct FoundFiles {
  std::vector<FoundFile> files;  // To read, in order.
  struct Missing {
    std::string path;              // That is not there, or a folder without a file.
    std::size_t left_out = 0;      // Files and folders below it that git ignores or a glob excludes.
  };
  std::vector<Missing> missing;
  struct Unreadable {
    std::string path;
    std::string message;
  };
  std::vector<Unreadable> unreadable;   // Folders that could not be listed.
};

// True for the names of files that may hold requests.
inline constexpr std::string_view kCandidateNames = "*.json, *.yaml, *.yml, *.ndjson or *.jsonl";
[[nodiscard]] bool is_candidate(std::string_view name);

// True for files with a request a line.
inline constexpr std::string_view kStreamNames = "*.ndjson or *.jsonl";
[[nodiscard]] bool is_stream(std::string_view name);

[[nodiscard]] bool is_yaml(std::string_view name);

// Files as they are named; of folders every candidate below, by name, without
// hidden folders, what git ignores, what links to folders lead to, and links that
// lead out of it and of the working directory. Each once, where it is first, however often it is named.
[[nodiscard]] FoundFiles find_files(const std::vector<std::string>& paths, const FindOptions& options = {});

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_FIND_FILES_H_
