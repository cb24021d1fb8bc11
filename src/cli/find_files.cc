#include "cli/find_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/quote.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

bool is_collected(const std::string& name) {
  return name.ends_with(".json") || name.ends_with(".yaml") || name.ends_with(".yml");
}

class Walk {
 public:
  explicit Walk(FoundFiles& found) : found_(found) {}

  void folder(const std::string& path) {
    struct Entry {
      std::string path;
      bool folder;
      bool operator<(const Entry& other) const { return path < other.path; }
    };
    std::error_code error;
    fs::directory_iterator entries(path, error);
    std::vector<Entry> below;
    for (const fs::directory_iterator end; !error && entries != end; entries.increment(error)) {
      // The type comes with the name; links are asked for theirs, so that one to
      // a folder is seen (and left alone).
      std::error_code ignored;
      const bool folder = entries->is_directory(ignored);
      if (folder && entries->is_symlink(ignored)) continue;
      const std::string& name = entries->path().native();
      const bool hidden = name[name.find_last_of('/') + 1] == '.';
      if (folder ? !hidden : is_collected(name)) below.push_back({name, folder});
    }
    if (error) unreadable(path, error);
    std::sort(below.begin(), below.end());
    for (Entry& entry : below) {
      if (entry.folder) {
        folder(entry.path);
      } else {
        found_.files.push_back(std::move(entry.path));
      }
    }
  }

 private:
  void unreadable(const std::string& path, const std::error_code& error) {
    const bool refused = error == std::errc::permission_denied;
    found_.unreadable.push_back(
        {path, fmt::format("cannot list the folder {}: {}", ticked(path),
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
