#include "cli/find_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/quote.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

class Walk {
 public:
  explicit Walk(FoundFiles& found) : found_(found) {}

  void folder(const fs::path& path) {
    std::error_code error;
    fs::directory_iterator entries(path, error);
    if (error) return unreadable(path, error);
    std::vector<fs::path> below;
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
      if (error) break;
      below.push_back(entries->path());
    }
    if (error) unreadable(path, error);
    std::sort(below.begin(), below.end());
    for (const fs::path& entry : below) {
      const fs::file_status status = fs::symlink_status(entry, error);
      const bool hidden = entry.filename().native().starts_with('.');
      if (fs::is_directory(status)) {
        if (!hidden) folder(entry);
      } else if (entry.extension() == ".json") {
        found_.files.push_back(entry.native());
      }
    }
  }

 private:
  void unreadable(const fs::path& path, const std::error_code& error) {
    const bool refused = error == std::errc::permission_denied;
    found_.unreadable.push_back(
        {path.native(), fmt::format("cannot list the folder {}: {}", ticked(path.native()),
                                    refused ? "permission denied" : fmt::format("error {}", error.value()))});
  }

  FoundFiles& found_;
};

}  // namespace

FoundFiles find_files(const std::vector<std::string>& paths) {
  FoundFiles found;
  for (const std::string& path : paths) {
    if (path == "-") {
      found.files.push_back(path);
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found || path.empty()) {
      found.missing.push_back(path);
    } else if (fs::is_directory(status)) {
      const std::size_t before = found.files.size() + found.unreadable.size();
      Walk(found).folder(path);
      if (found.files.size() + found.unreadable.size() == before) found.missing.push_back(path);
    } else {
      found.files.push_back(path);  // What cannot be read is a finding.
    }
  }
  return found;
}

}  // namespace connect_lint
