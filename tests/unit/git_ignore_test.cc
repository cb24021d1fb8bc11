// The rules of .gitignore files, alone and beside git itself.
#include "cli/git_ignore.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "cli/find_files.h"
#include "support.h"

namespace fs = std::filesystem;
using connect_lint::git_pattern_matches;
using connect_lint::IgnoreRules;
using connect_lint::testing::Random;

TEST_CASE("patterns match as git's do") {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row rows[] = {
      {"a.json", "a.json", true},      {"a.json", "b.json", false},       {"*.json", "a.json", true},
      {"*.json", "d/a.json", false},   {"d/*.json", "d/a.json", true},    {"d/*", "d/e/a", false},
      {"**/a", "a", true},             {"**/a", "x/y/a", true},           {"x/**", "x/y/z", true},
      {"x/**", "x", false},            {"x/**/z", "x/z", true},           {"x/**/z", "x/a/b/z", true},
      {"x/**/z", "xz", false},         {"x**z", "xyz", true},             {"x**z", "x/z", false},
      {"**", "a/b", true},             {"a?c", "abc", true},              {"a?c", "a/c", false},
      {"[a-c]x", "bx", true},          {"[!a-c]x", "bx", false},          {"[^a-c]x", "dx", true},
      {"[]]", "]", true},              {"[a", "[a", false},               {"[[:digit:]]", "7", true},
      {"[[:digit:]]", "a", false},     {"[[:nothing:]]", "a", false},     {"a\\*b", "a*b", true},
      {"a\\*b", "axb", false},         {"a\\", "a\\", false},             {"[a\\-z]", "-", true},
      {"[a\\-z]", "m", false},         {"[!/]", "/", false},              {"*a*b", "xaxb", true},
      {"*a*b", "xbxa", false},         {"a/**/b/**/c", "a/b/c", true},    {"a/**/b/**/c", "a/x/b/y/z/c", true},
      {"", "", true},                  {"*", "", true},                   {"?", "", false},
      {"[", "a", false},               {"[!", "a", false},                {"[a\\", "a", false},
      {"[a-\\", "a", false},           {"[a-\\d]", "c", true},            {"[a-\\d]", "e", false},
      {"[b-d]", "a", false},           {"[a-]", "-", true},               {"[-a]", "-", true},
      {"[[:digit:", "1", false},       {"[[:]x", "[x", true},             {"[[:]x", ":x", true},
      {"[[:a]", "a", true},            {"[!![:digit:]]", "!", false},     {"**\\/a", "x/y/a", true},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " on " << row.text);
    CHECK(git_pattern_matches(row.pattern, row.text) == row.matches);
  }
}

TEST_CASE("classes of characters are those of ASCII") {
  struct Row {
    const char* name;
    const char* members;  // At the ends of each range, and just outside of them.
    const char* others;
  };
  const Row rows[] = {
      {"alnum", "09AZaz", "/:@[`{ "},   {"alpha", "AZaz", "09@[`{"},        {"blank", " \t", "\n\r!_"},
      {"cntrl", "\x01\x1f\x7f", " ~"}, {"digit", "09", "/:aA"},            {"graph", "!~aZ0", " \x7f\x1f\x80"},
      {"lower", "az", "`{AZ"},          {"print", " !~", "\x1f\x7f\x80"},    {"punct", "!/:@[`{~", " 09AZaz\x7f"},
      {"space", " \t\n\v\f\r", "\b\x0e!"}, {"upper", "AZ", "@[az"},          {"xdigit", "09AFaf", "/:@G`g"},
  };
  for (const Row& row : rows) {
    const std::string pattern = std::string("[[:") + row.name + ":]]";
    for (const char* c = row.members; *c != '\0'; ++c) {
      INFO(pattern << " on " << static_cast<int>(*c));
      CHECK(git_pattern_matches(pattern, {c, 1}) == (*c != '/'));  // Whatever a set says, a slash is not in it.
    }
    for (const char* c = row.others; *c != '\0'; ++c) {
      INFO(pattern << " on " << static_cast<int>(*c));
      CHECK_FALSE(git_pattern_matches(pattern, {c, 1}));
    }
  }
}

TEST_CASE("a pattern that would take for ever is given up") {
  std::string pattern;
  std::string text;
  for (int i = 0; i < 40; ++i) pattern += "**/a*/", text += "aaaa/";
  CHECK_FALSE(git_pattern_matches(pattern + "b", text + "c"));
}

TEST_CASE("lines of a .gitignore file") {
  const IgnoreRules rules(
      "\xEF\xBB\xBF# comment\r\n\n*.log\n!keep.log\n/top\nfolder/\na/b\n\\#x\n\\!y\nblanks  \nkept\\ \n");
  const auto decide = [&](std::string_view path, bool folder = false) {
    const auto decided = rules.decide(path, path.substr(path.find_last_of('/') + 1), folder);
    return decided ? (*decided ? "ignored" : "kept") : "nothing";
  };
  CHECK(decide("x.log") == std::string("ignored"));
  CHECK(decide("d/x.log") == std::string("ignored"));
  CHECK(decide("d/keep.log") == std::string("kept"));
  CHECK(decide("top") == std::string("ignored"));
  CHECK(decide("d/top") == std::string("nothing"));
  CHECK(decide("d/folder", true) == std::string("ignored"));
  CHECK(decide("d/folder", false) == std::string("nothing"));
  CHECK(decide("a/b") == std::string("ignored"));
  CHECK(decide("d/a/b") == std::string("nothing"));
  CHECK(decide("#x") == std::string("ignored"));
  CHECK(decide("!y") == std::string("ignored"));
  CHECK(decide("blanks") == std::string("ignored"));
  CHECK(decide("kept ") == std::string("ignored"));
  CHECK(decide("kept") == std::string("nothing"));
  CHECK(decide("# comment") == std::string("nothing"));
}

namespace {

// A folder that goes away.
class Folder {
 public:
  Folder() {
    const char* base = std::getenv("SCRATCH");
    fs::path parent = base != nullptr ? fs::path(base) : fs::temp_directory_path();
    fs::create_directories(parent);
    std::string name = (parent / "git-ignore-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// What a command prints; its exit code does not matter.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, count);
  ::pclose(pipe);
  return text;
}

const char* const kNames[] = {"a", "b", "c", "ab", "data", "x y", "#h", "!n"};

std::string random_pattern(Random& random) {
  static const char* const kParts[] = {"a", "b", "c", "data", "*", "**", "?", "[ab]", "[!a]", "a*", "*b", "x\\ y", "*.json", "\\#h", "x y", "[[:alpha:]]*"};
  std::string pattern = random.one_in(4) ? "!" : "";
  if (random.one_in(4)) pattern += '/';
  const std::size_t parts = 1 + random.below(3);
  for (std::size_t i = 0; i < parts; ++i) pattern += (i > 0 ? "/" : "") + std::string(random.pick(kParts));
  if (random.one_in(4)) pattern += '/';
  if (random.one_in(8)) pattern += ' ';
  if (random.one_in(12)) pattern += '\r';
  return pattern;
}

void grow(Random& random, const fs::path& folder, int depth) {
  fs::create_directories(folder);
  for (const char* name : kNames) {
    if (random.one_in(2)) std::ofstream(folder / (std::string(name) + ".json")) << "{}";
    if (depth > 0 && random.one_in(2)) grow(random, folder / name, depth - 1);
  }
  if (!random.one_in(3)) {
    std::ofstream rules(folder / ".gitignore");
    for (std::size_t i = random.below(5); i > 0; --i) rules << random_pattern(random) << '\n';
  }
}

}  // namespace

TEST_CASE("the same files are left out as by git") {
  if (output_of("git --version 2>/dev/null").empty()) {
    WARN("there is no git to compare with");
    return;
  }
  std::size_t left_out = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    Random random(seed);
    const Folder folder;
    grow(random, folder.path(), 3);
    const std::string quiet = " >/dev/null 2>&1";
    const std::string git = "cd '" + folder.path().string() + "' && git -c core.excludesFile=/dev/null ";
    output_of("cd '" + folder.path().string() + "' && git init" + quiet);
    std::ofstream(folder.path() / ".git/info/exclude") << random_pattern(random) << '\n';

    const auto below = [&](const std::string& path) { return fs::path(path).lexically_relative(folder.path()).string(); };
    const auto found_in = [&](const fs::path& start) {
      std::set<std::string> found;
      for (const auto& file : connect_lint::find_files({start.string()}).files) found.insert(below(file.path));
      return found;
    };
    std::set<std::string> all;
    for (const auto& file : connect_lint::find_files({folder.path().string()}, {.ignored_too = true}).files) all.insert(below(file.path));
    std::set<std::string> expected;
    std::istringstream lines(output_of(git + "ls-files -z --others --exclude-standard | tr '\\0' '\\n'"));
    for (std::string line; std::getline(lines, line);)
      if (connect_lint::is_candidate(line)) expected.insert(line);
    left_out += all.size() - expected.size();
    INFO("seed " << seed);
    CHECK(found_in(folder.path()) == expected);

    // The rules of the folders above hold, too, where one begins below them.
    for (const char* name : kNames) {
      const fs::path start = folder.path() / name;
      if (!fs::is_directory(start)) continue;
      std::set<std::string> part;
      for (const std::string& path : expected)
        if (path.starts_with(std::string(name) + "/")) part.insert(path);
      if (part.empty()) continue;  // Perhaps the folder itself is ignored, which does not count when it is named.
      INFO("from " << name);
      CHECK(found_in(start) == part);
    }
  }
  CHECK(left_out > 500);
}
