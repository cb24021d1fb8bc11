#include "cli/git_ignore.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "base/limits.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t npos = std::string_view::npos;

// --- Patterns

// ASCII only, whatever the locale.
bool in_class(std::string_view name, unsigned char c, bool& known) {
  const bool upper = c >= 'A' && c <= 'Z';
  const bool lower = c >= 'a' && c <= 'z';
  const bool digit = c >= '0' && c <= '9';
  const bool graph = c > ' ' && c < 0x7F;
  known = true;
  if (name == "alnum") return upper || lower || digit;
  if (name == "alpha") return upper || lower;
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "cntrl") return c < ' ' || c == 0x7F;
  if (name == "digit") return digit;
  if (name == "graph") return graph;
  if (name == "lower") return lower;
  if (name == "print") return graph || c == ' ';
  if (name == "punct") return graph && !upper && !lower && !digit;
  if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
  if (name == "upper") return upper;
  if (name == "xdigit") return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  known = false;
  return false;
}

enum class Match : std::uint8_t {
  Yes,
  No,
  NoToHere,  // No, and no end of an outer `*` in this name changes that.
  Never,     // No, however an outer `*` ends.
};

class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  [[nodiscard]] Match match(std::size_t p, std::size_t t) {
    if (++steps_ > kIgnoreStepsMax) return Match::Never;
    for (; p < pattern_.size(); ++p, ++t) {
      const char c = pattern_[p];
      if (c == '*') return star(p, t);
      if (t == text_.size()) return Match::Never;
      if (c == '?') {
        if (text_[t] == '/') return Match::No;
      } else if (c == '[') {
        const Match set = match_set(p, text_[t]);
        if (set != Match::Yes) return set;
      } else {
        if (c == '\\') ++p;
        if (p == pattern_.size() || pattern_[p] != text_[t]) return Match::No;
      }
    }
    return t == text_.size() ? Match::Yes : Match::No;
  }

 private:
  // `*` or `**` at `p`.
  [[nodiscard]] Match star(std::size_t p, std::size_t t) {
    const std::size_t begin = p;
    while (p < pattern_.size() && pattern_[p] == '*') ++p;
    const auto at = [&](std::size_t i) { return i < pattern_.size() ? pattern_[i] : '\0'; };
    const bool fills_name = (begin == 0 || pattern_[begin - 1] == '/') &&
                            (p == pattern_.size() || at(p) == '/' || (at(p) == '\\' && at(p + 1) == '/'));
    const bool takes_slash = p - begin > 1 && fills_name;
    // `**/` stands for no folder, too.
    if (takes_slash && at(p) == '/' && match(p + 1, t) == Match::Yes) return Match::Yes;
    if (p == pattern_.size()) return takes_slash || text_.find('/', t) == npos ? Match::Yes : Match::NoToHere;
    if (!takes_slash && pattern_[p] == '/') {
      t = text_.find('/', t);
      return t == npos ? Match::No : match(p, t);
    }
    for (; t < text_.size(); ++t) {
      const Match rest = match(p, t);
      if (rest != Match::No && (!takes_slash || rest != Match::NoToHere)) return rest;
      if (rest == Match::No && !takes_slash && text_[t] == '/') return Match::NoToHere;
    }
    return Match::Never;
  }

  // `[...]` at `p`, which moves to its last byte.
  [[nodiscard]] Match match_set(std::size_t& p, char text) const {
    const auto c = static_cast<unsigned char>(text);
    std::size_t at = p + 1;
    const bool negated = at < pattern_.size() && (pattern_[at] == '!' || pattern_[at] == '^');
    if (negated) ++at;
    bool found = false;
    unsigned char previous = 0;  // What a range may begin with.
    for (bool first = true;; first = false, ++at) {
      if (at >= pattern_.size()) return Match::Never;  // Not closed.
      auto one = static_cast<unsigned char>(pattern_[at]);
      if (one == ']' && !first) break;
      if (one == '-' && previous != 0 && at + 1 < pattern_.size() && pattern_[at + 1] != ']') {
        ++at;
        if (pattern_[at] == '\\' && ++at >= pattern_.size()) return Match::Never;
        found = found || (c >= previous && c <= static_cast<unsigned char>(pattern_[at]));
        previous = 0;
        continue;
      }
      if (one == '[' && at + 1 < pattern_.size() && pattern_[at + 1] == ':') {
        const std::size_t end = pattern_.find(']', at + 2);
        if (end == npos) return Match::Never;
        if (end > at + 2 && pattern_[end - 1] == ':') {
          bool known = false;
          found = in_class(pattern_.substr(at + 2, end - 1 - (at + 2)), c, known) || found;
          if (!known) return Match::Never;
          at = end;
          previous = 0;
          continue;
        }
        // No class: the bracket itself.
      }
      if (one == '\\') {
        if (++at >= pattern_.size()) return Match::Never;
        one = static_cast<unsigned char>(pattern_[at]);
      }
      found = found || c == one;
      previous = one;
    }
    p = at;
    return found != negated && text != '/' ? Match::Yes : Match::No;
  }

  const std::string_view pattern_;
  const std::string_view text_;
  std::size_t steps_ = 0;
};

// The line without the blanks at its end that no backslash protects.
std::string_view without_trailing_blanks(std::string_view line) {
  std::size_t end = line.size();
  std::size_t blanks = npos;
  for (std::size_t i = 0; i < end; ++i) {
    if (line[i] == ' ') {
      if (blanks == npos) blanks = i;
      continue;
    }
    blanks = npos;
    if (line[i] == '\\') ++i;
  }
  return line.substr(0, blanks);
}

// --- Folders

std::string small_file(const std::string& path) {
  const auto text = read_file(path, kIgnoreFileBytesMax);
  return text.ok() ? text.value() : "";
}

// Where a repository keeps what all its working trees share. `git` is its
// `.git`: a folder, or a file that names one.
std::string common_folder(const std::string& git) {
  std::error_code error;
  if (fs::is_directory(git, error)) return git;
  const auto first_line = [](std::string text) { return text.substr(0, text.find_first_of("\r\n")); };
  const auto below = [](const fs::path& base, const std::string& path) { return (base / path).string(); };
  const std::string named = first_line(small_file(git));
  if (!named.starts_with("gitdir: ")) return "";
  const std::string own = below(fs::path(git).parent_path(), named.substr(8));
  const std::string shared = first_line(small_file(own + "/commondir"));
  return shared.empty() ? own : below(own, shared);
}

bool exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

}  // namespace

bool git_pattern_matches(std::string_view pattern, std::string_view text) {
  return Matcher(pattern, text).match(0, 0) == Match::Yes;
}

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = without_trailing_blanks(line.substr(0, line.find('\0')));
    if (line.empty() || line[0] == '#' || line.size() > kIgnorePatternBytesMax) continue;
    const bool negated = line[0] == '!';
    if (negated) line.remove_prefix(1);
    const bool folders_only = line.ends_with('/');
    if (folders_only) line.remove_suffix(1);
    const bool name_only = line.find('/') == npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    rules_.push_back({std::string(line), negated, folders_only, name_only});
  }
}

std::optional<bool> IgnoreRules::decide(std::string_view path, std::string_view name, bool is_folder) const {
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folders_only && !is_folder) continue;
    if (git_pattern_matches(rule->pattern, rule->name_only ? name : path)) return !rule->negated;
  }
  return std::nullopt;
}

GitIgnore::GitIgnore(const std::string& folder) {
  std::error_code error;
  const fs::path here = fs::canonical(folder, error);
  if (error) return;
  fs::path root = here;
  while (!exists((root / ".git").string())) {
    if (root == root.parent_path()) return;  // In no repository: only the .gitignore files below count.
    root = root.parent_path();
  }
  const auto below = [&](const fs::path& base) {
    std::string path = here.lexically_relative(base).string();
    return path == "." ? "" : path + "/";
  };
  add_file(common_folder((root / ".git").string()) + "/info/exclude", below(root), 0);
  if (root == here) return;
  fs::path above = root;
  add_file((above / ".gitignore").string(), below(above), 0);
  for (const fs::path& name : here.parent_path().lexically_relative(root)) {
    if (name == ".") break;
    above /= name;
    add_file((above / ".gitignore").string(), below(above), 0);
  }
}

void GitIgnore::add_file(const std::string& file, std::string above, std::size_t below) {
  IgnoreRules rules(small_file(file));
  levels_.push_back({std::move(rules), std::move(above), below});
}

void GitIgnore::enter(const std::string& folder, std::string_view path, bool has_rules, bool is_repository) {
  folders_.push_back({levels_.size(), first_});
  if (is_repository && !path.empty()) {
    first_ = levels_.size();
    add_file(common_folder(folder + "/.git") + "/info/exclude", "", path.size());
  }
  if (has_rules) add_file(folder + "/.gitignore", "", path.size());
}

void GitIgnore::leave() {
  const Folder before = folders_.back();
  folders_.pop_back();
  while (levels_.size() > before.levels) levels_.pop_back();
  first_ = before.first;
}

bool GitIgnore::ignores(std::string_view path, bool is_folder) const {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  for (std::size_t i = levels_.size(); i > first_; --i) {
    const Level& level = levels_[i - 1];
    const auto decided = level.above.empty() ? level.rules.decide(path.substr(level.below), name, is_folder)
                                             : level.rules.decide(level.above + std::string(path), name, is_folder);
    if (decided) return *decided;
  }
  return false;
}

}  // namespace connect_lint
