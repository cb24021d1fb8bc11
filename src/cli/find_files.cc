#include "cli/find_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "base/glob.h"
#include "base/limits.h"
#include "base/out_of_memory.h"
#include "base/quote.h"
#include "cli/git_ignore.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

// The globs of --include or --exclude.
class Globs {
 public:
  explicit Globs(const std::vector<std::string>& patterns) {
    for (std::string_view pattern : patterns) {
      One one;
      one.folders_only = pattern.ends_with('/');
      if (one.folders_only) pattern.remove_suffix(1);
      one.name_only = pattern.find('/') == pattern.npos;
      while (pattern.starts_with("./") || pattern.starts_with('/')) pattern.remove_prefix(pattern[0] == '/' ? 1 : 2);
      one.glob = std::make_unique<Glob>(pattern);
      globs_.push_back(std::move(one));
    }
  }
  [[nodiscard]] bool empty() const { return globs_.empty(); }
  // `path` as it is reported; what is behind `root_bytes` is below the folder given.
  [[nodiscard]] bool match(std::string_view path, std::size_t root_bytes, bool is_folder) const {
    const std::string_view name = path.substr(path.find_last_of('/') + 1);
    const std::string_view below = path.substr(root_bytes);
    while (path.starts_with("./") || path.starts_with('/')) path.remove_prefix(path[0] == '/' ? 1 : 2);
    return std::any_of(globs_.begin(), globs_.end(), [&](const One& one) {
      if (one.folders_only && !is_folder) return false;
      return one.name_only ? one.glob->matches(name) : one.glob->matches(below) || one.glob->matches(path);
    });
  }

 private:
  struct One {
    std::unique_ptr<Glob> glob;
    bool folders_only = false;
    bool name_only = false;
  };
  std::vector<One> globs_;
};

class Walk {
 public:
  Walk(FoundFiles& found, const Globs& include, const Globs& exclude, const std::string& root, const FindOptions& options)
      : found_(found), include_(include), exclude_(exclude), options_(options), root_(root), root_bytes_(root.size() + (root.ends_with('/') ? 0 : 1)) {
    if (!options.ignored_too) ignore_.emplace(root);
  }

  void folder(const std::string& path, std::size_t depth = 0) {
    if (depth > kFoldersDeepMax) return unreadable(path, fmt::format("it is more than {} folders deep", kFoldersDeepMax));
    Listing here = list(path);
    if (here.error) unreadable(path, error_words(here.error.value()));
    std::sort(here.below.begin(), here.below.end());
    const std::string_view relative = path.size() < root_bytes_ ? std::string_view() : std::string_view(path).substr(root_bytes_);
    if (ignore_) ignore_->enter(path, relative.empty() ? "" : std::string(relative) + "/", here.has_rules, here.is_repository);
    for (Entry& entry : here.below) {
      if (leaves_out(entry.path, entry.folder)) {
        ++left_out_;
      } else if (entry.folder) {
        folder(entry.path, depth + 1);
      } else {
        found_.files.push_back({std::move(entry.path), false});
      }
    }
    if (ignore_) ignore_->leave();
  }

  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  struct Entry {
    std::string path;
    bool folder;
    bool operator<(const Entry& other) const { return path < other.path; }
  };
  struct Listing {
    std::vector<Entry> below;
    bool has_rules = false;      // There is a .gitignore.
    bool is_repository = false;  // There is a .git.
    std::error_code error;
  };

  [[nodiscard]] Listing list(const std::string& path) const {
    Listing result;
    fs::directory_iterator entries(path, result.error);
    throw_if_out_of_memory(result.error);
    for (const fs::directory_iterator end; !result.error && entries != end; entries.increment(result.error)) {
      // The type comes with the name; links are asked for theirs, so that one to
      // a folder is seen (and left alone).
      std::error_code ignored;
      const std::string& entry = entries->path().native();
      const std::string_view name = std::string_view(entry).substr(entry.find_last_of('/') + 1);
      if (name == ".git") result.is_repository = true;
      if (name == ".gitignore") result.has_rules = !entries->is_symlink(ignored) && entries->is_regular_file(ignored);
      const bool folder = entries->is_directory(ignored);
      if (entries->is_symlink(ignored) && (folder || leads_out(entry))) continue;
      if (folder ? name[0] != '.' : options_.streams_only ? is_stream(name) : is_candidate(name)) result.below.push_back({entry, folder});
    }
    return result;
  }

  // A pull request that has one would show lines of other files. What is no file shows nothing, and is told as such when it is read.
  [[nodiscard]] bool leads_out(const std::string& link) const {
    std::error_code error;
    const fs::path target = fs::canonical(link, error);
    if (error || !fs::is_regular_file(target, error)) return false;
    const auto is_below = [&](const fs::path& folder) {
      const fs::path whole = fs::canonical(folder, error);
      return !error && std::mismatch(whole.begin(), whole.end(), target.begin(), target.end()).first == whole.end();
    };
    return !is_below(root_) && !is_below(".");
  }

  [[nodiscard]] bool leaves_out(std::string_view path, bool is_folder) const {
    if (exclude_.match(path, root_bytes_, is_folder)) return true;
    if (!is_folder && !include_.empty() && !include_.match(path, root_bytes_, false)) return true;
    return ignore_ && ignore_->ignores(path.substr(root_bytes_), is_folder);
  }

  void unreadable(const std::string& path, const std::string& why) {
    found_.unreadable.push_back({path, fmt::format("cannot list the folder {}: {}", ticked(path), why)});
  }

  FoundFiles& found_;
  const Globs& include_;
  const Globs& exclude_;
  const FindOptions& options_;
  const std::string root_;  // The folder given.
  const std::size_t root_bytes_;  // In front of the part of a path that is below the folder given.
  std::optional<GitIgnore> ignore_;
  std::size_t left_out_ = 0;
};

// The same for a file that is named: each folder of its path may be excluded, too.
bool leaves_out_named(const Globs& include, const Globs& exclude, std::string_view path) {
  for (std::size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1))
    if (exclude.match(path.substr(0, slash), 0, true)) return true;
  return exclude.match(path, 0, false) || (!include.empty() && !include.match(path, 0, false));
}

// One name for `a/b`, `./a/b` and `a//b`. What is behind `..` depends on links.
std::string plain_name(const std::string& path) {
  const bool is_plain = path.find("./") == path.npos && path.find("//") == path.npos;
  return is_plain || path.find("..") != path.npos ? path : fs::path(path).lexically_normal().native();
}

// A file that is named twice, or named and found, is checked once.
void keep_each_once(std::vector<FoundFile>& files) {
  std::unordered_map<std::string, std::size_t> kept;
  std::size_t end = 0;
  for (FoundFile& file : files) {
    const auto [place, is_new] = kept.emplace(plain_name(file.path), end);
    if (!is_new) {
      files[place->second].named |= file.named;
    } else {
      if (&files[end] != &file) files[end] = std::move(file);
      ++end;
    }
  }
  files.resize(end);
}

}  // namespace

bool is_candidate(std::string_view name) { return name.ends_with(".json") || is_yaml(name) || is_stream(name); }

bool is_stream(std::string_view name) { return name.ends_with(".ndjson") || name.ends_with(".jsonl"); }

bool is_yaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

FoundFiles find_files(const std::vector<std::string>& paths, const FindOptions& options) {
  FoundFiles found;
  const Globs include(options.include);
  const Globs exclude(options.exclude);
  for (const std::string& path : paths) {
    if (path == "-") {
      found.files.push_back({path, true});
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found || path.empty()) {
      found.missing.push_back({path});
    } else if (fs::is_directory(status)) {
      const std::size_t before = found.files.size() + found.unreadable.size();
      Walk walk(found, include, exclude, path, options);
      walk.folder(path);
      if (found.files.size() + found.unreadable.size() == before) found.missing.push_back({path, walk.left_out()});
    } else if (!options.as_found || !leaves_out_named(include, exclude, path)) {
      found.files.push_back({path, !options.as_found});  // What cannot be read is a finding.
    }
  }
  if (paths.size() > 1) keep_each_once(found.files);
  return found;
}

}  // namespace connect_lint
