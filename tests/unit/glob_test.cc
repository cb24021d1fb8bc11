// Patterns for paths.
#include <catch2/catch.hpp>

#include <string>

#include "base/glob.h"
#include "base/limits.h"

namespace connect_lint {
namespace {

TEST_CASE("what patterns match") {
  struct Row {
    std::string_view pattern;
    std::string_view path;
    bool matches;
  };
  const Row rows[] = {
      {"", "", true}, {"", "a", false}, {"a", "a", true}, {"a", "A", false}, {"a", "ab", false}, {"ab", "a", false},
      // Within a name.
      {"*", "a", true}, {"*", ".hidden", true}, {"*", "a/b", false}, {"*", "", true}, {"*.json", "a.json", true},
      {"*.json", ".json", true}, {"*.json", "a/b.json", false}, {"*.json", "a.jsonl", false}, {"a*c", "abbc", true},
      {"a*c", "ac", true}, {"a*c", "a/c", false}, {"a*b*c", "a-b-b-c", true}, {"a**c", "abbc", true}, {"a**c", "a/c", false},
      {"a**/c", "ab/c", true}, {"a**/c", "a/b/c", false}, {"***", "ab", true}, {"***", "a/b", false},
      {"?", "a", true}, {"?", "\xC3\xA9", true}, {"?", "", false}, {"?", "/", false}, {"??", "\xC3\xA9", false}, {"?", "\xE9", true},
      {"flows/*.json", "flows/a.json", true}, {"flows/*.json", "flows/x/a.json", false}, {"flows/*.json", "other/a.json", false},
      // Across folders.
      {"**", "a", true}, {"**", "a/b/c", true}, {"**/a", "a", true}, {"**/a", "x/a", true}, {"**/a", "x/y/a", true},
      {"**/a", "xa", false}, {"**/a", "x/ya", false}, {"**/a", "a/x", false}, {"a/**", "a/b", true}, {"a/**", "a/b/c", true},
      {"a/**", "a", false}, {"a/**", "ab/c", false}, {"a/**/b", "a/b", true}, {"a/**/b", "a/x/y/b", true}, {"a/**/b", "a/xb", false},
      {"**/test/**", "test/a", true}, {"**/test/**", "x/test/a/b", true}, {"**/test/**", "x/test", false},
      {"**/*.json", "a.json", true}, {"**/*.json", "x/y/a.json", true}, {"**/**/a", "a", true}, {"**/**/a", "x/a", true},
      // Sets.
      {"[ab]", "a", true}, {"[ab]", "c", false}, {"[a-c]x", "bx", true}, {"[a-c]", "d", false}, {"[!a-c]", "d", true}, {"[^a-c]", "b", false},
      {"[]]", "]", true}, {"[!]]", "a", true}, {"[!]]", "]", false}, {"[a-]", "-", true}, {"[-a]", "-", true}, {"[\\]a]", "]", true},
      {"[!a]", "/", false}, {"a[/]b", "a/b", false}, {"[", "[", true}, {"[a", "[a", true}, {"[]", "[]", true}, {"x[", "x", false},
      {"[\xC3\xA0-\xC3\xAF]", "\xC3\xA9", true}, {"[a-c]", "\xC3\xA9", false}, {"[c-a]", "b", false},
      // Braces.
      {"{a,b}", "a", true}, {"{a,b}", "b", true}, {"{a,b}", "c", false}, {"{a,b}", "ab", false}, {"x{a,b}y", "xby", true},
      {"*.{json,yaml,yml}", "a.yml", true}, {"*.{json,yaml,yml}", "a.jsn", false}, {"{a,{b,c}d}", "cd", true}, {"{a,{b,c}d}", "c", false},
      {"{a,}b", "b", true}, {"{,a}b", "ab", true}, {"{}", "", true}, {"{a}", "a", true}, {"{a", "{a", true}, {"a}", "a}", true}, {"{a,{b}", "{a,b", true},
      {"{[,],x}", ",", true}, {"{a/b,c}/d", "a/b/d", true}, {"{a/**,b}", "a/x/y", true}, {"{a/**,b}", "b", true}, {"{**/a,b}", "x/a", true},
      {"a,b", "a,b", true}, {"{a\\,b,c}", "a,b", true}, {"{a\\},b}", "a}", true}, {"{*,x}/y", "q/y", true}, {"{{{{a}}}}", "a", true},
      // The next character as it is.
      {"\\*", "*", true}, {"\\*", "a", false}, {"a\\", "a\\", true}, {"\\{a,b\\}", "{a,b}", true}, {"\\\\", "\\", true},
  };
  for (const Row& row : rows) {
    INFO("`" << row.pattern << "` and `" << row.path << "`");
    CHECK(glob_matches(row.pattern, row.path) == row.matches);
  }
}

TEST_CASE("patterns made to keep a matcher busy") {
  std::string stars, braces, nested;
  for (int i = 0; i < 300; ++i) stars += "a*";
  for (int i = 0; i < 100; ++i) braces += "{a,a,a}";
  for (int i = 0; i < 400; ++i) nested += '{';
  nested += "a";
  for (int i = 0; i < 400; ++i) nested += '}';
  std::string folders;
  for (int i = 0; i < 300; ++i) folders += "**/";
  const std::string path(2000, 'a');
  CHECK_FALSE(glob_matches(stars + "b", path));
  CHECK(glob_matches(stars, path));
  CHECK_FALSE(glob_matches(braces, path));
  CHECK(glob_matches(braces, path.substr(0, 100)));
  CHECK(glob_matches(nested, "a"));
  CHECK(glob_matches(folders + "a", "x/y/a"));
  CHECK_FALSE(glob_matches(folders + "b", std::string(500, '/') + "a"));
}

TEST_CASE("the length of a pattern") {
  CHECK(glob_matches(std::string(kGlobBytesMax, 'a'), std::string(kGlobBytesMax, 'a')));
  CHECK_FALSE(glob_matches(std::string(kGlobBytesMax + 1, 'a'), std::string(kGlobBytesMax + 1, 'a')));
  CHECK_FALSE(glob_matches(std::string(kGlobBytesMax, 'a') + "*", std::string(kGlobBytesMax, 'a')));
}

}  // namespace
}  // namespace connect_lint
