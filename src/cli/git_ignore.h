// Which files git leaves alone: .gitignore files and .git/info/exclude, as
// gitignore(5) defines them. The user's own list (core.excludesFile) and what is
// tracked all the same are not looked at.
#ifndef CONNECT_LINT_CLI_GIT_IGNORE_H_
#define CONNECT_LINT_CLI_GIT_IGNORE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

// The rules of one .gitignore file.
class IgnoreRules {
 public:
  explicit IgnoreRules(std::string_view text);

  // What the last rule that matches says: true for ignored. Nothing when none
  // matches. `path` is relative to the folder of the file and ends in `name`.
  [[nodiscard]] std::optional<bool> decide(std::string_view path, std::string_view name, bool is_folder) const;

 private:
  struct Rule {
    std::string pattern;
    bool negated;
    bool folders_only;
    bool name_only;  // The pattern has no slash: it matches names at any depth.
  };
  std::vector<Rule> rules_;
};

// True when the whole text matches a pattern as git's wildmatch does with
// WM_PATHNAME: `*`, `?` and `[...]` take no slash, `**` between slashes does.
[[nodiscard]] bool git_pattern_matches(std::string_view pattern, std::string_view text);

// All rules that hold while folders are walked, the outer ones first.
class GitIgnore {
 public:
  // Reads the rules of the folders above `folder`, up to the root of its repository.
  explicit GitIgnore(const std::string& folder);

  // While the entries of a folder are decided. `path` is relative to the
  // constructor's folder: "" for itself, else "a/b/".
  void enter(const std::string& folder, std::string_view path, bool has_rules, bool is_repository);
  void leave();

  // `path` is relative to the constructor's folder; all folders above it are
  // known not to be ignored.
  [[nodiscard]] bool ignores(std::string_view path, bool is_folder) const;

 private:
  struct Level {
    IgnoreRules rules;
    std::string above;       // What stands in front of `path`,
    std::size_t below = 0;   // or how much of it does not count: seen from the folder of the rules.
  };
  struct Folder {
    std::size_t levels;  // Before it was entered.
    std::size_t first;   // Likewise.
  };
  void add_file(const std::string& file, std::string above, std::size_t below);

  std::vector<Level> levels_;
  std::vector<Folder> folders_;
  std::size_t first_ = 0;  // Levels before it belong to an outer repository.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_GIT_IGNORE_H_
