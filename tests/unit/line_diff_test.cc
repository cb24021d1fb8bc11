// Unified diffs, and that they lead from one text to the other.
#include "source/line_diff.h"

#include <catch2/catch.hpp>

#include <charconv>
#include <string>
#include <vector>

#include "base/limits.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Random;

TEST_CASE("diffs as `diff --unified` and `git apply` have them") {
  struct Row {
    std::string name, before, after, diff;
  };
  const std::vector<Row> rows = {
      {"a", "x\n", "x\n", ""},
      {"a", "", "", ""},
      {"a", "", "x\n", "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n"},
      {"./a", "x\ny\n", "", "--- a/a\n+++ b/a\n@@ -1,2 +0,0 @@\n-x\n-y\n"},
      {"././d/a", "x\n", "y\n", "--- a/d/a\n+++ b/d/a\n@@ -1 +1 @@\n-x\n+y\n"},
      {"/a", "x", "y\n", "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n"},
      {"a", "x\n", "x\ny", "--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n x\n+y\n\\ No newline at end of file\n"},
      {"a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n", "--- a/a\n+++ b/a\n@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n"},
      // Six equal lines between changes are shown as one hunk, seven are not.
      {"a", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n", "--- a/a\n+++ b/a\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
      {"a", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
       "--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
  };
  for (const Row& row : rows) {
    INFO(row.before << "->\n" << row.after);
    CHECK(unified_diff(row.name, row.before, row.after) == row.diff);
  }
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// What `before` becomes; also checks that each line that goes or stays is the one of `before`.
std::string patched(const std::string& before, const std::string& diff) {
  const std::vector<std::string> old = lines_of(before);
  const std::vector<std::string> lines = lines_of(diff);
  std::string after;
  std::size_t at = 0;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    const bool cut = i + 1 < lines.size() && lines[i + 1][0] == '\\';
    const std::string text = line.substr(1, line.size() - (cut ? 2 : 1));
    if (line[0] == '@') {
      std::size_t first = 0;
      std::from_chars(line.data() + 4, line.data() + line.size(), first);
      const bool none = line.find(",0 ") < line.find('+');
      for (const std::size_t begin = none ? first : first - 1; at < begin; ++at) after += old.at(at);
    } else if (line[0] == '+') {
      after += text;
    } else if (line[0] != '\\') {
      CHECK(old.at(at) == text);
      if (line[0] == ' ') after += text;
      ++at;
    }
  }
  for (; at < old.size(); ++at) after += old[at];
  return after;
}

TEST_CASE("a diff leads from one text to the other") {
  Random random(11);
  for (int i = 0; i < 400; ++i) {
    const std::size_t kinds = 1 + random.below(6);
    const auto text = [&] {
      std::string made;
      for (std::size_t n = random.below(30); n > 0; --n) made += static_cast<char>('a' + random.below(kinds)), made += '\n';
      if (random.one_in(3)) made += "end";
      return made;
    };
    const std::string before = text();
    const std::string after = text();
    INFO(before << "->\n" << after);
    const std::string diff = unified_diff("a", before, after);
    CHECK(diff.empty() == (before == after));
    CHECK(patched(before, diff) == after);
  }
}

TEST_CASE("texts that differ in too many lines become one change") {
  std::string before;
  std::string after;
  for (std::size_t i = 0; i < kDiffLinesMax; ++i) {
    before += "a" + std::to_string(i) + "\nsame\n";
    after += "b" + std::to_string(i) + "\nsame\n";
  }
  const std::string diff = unified_diff("a", before, after);
  CHECK(diff.find("\n same\n+") == std::string::npos);
  CHECK(patched(before, diff) == after);
}

}  // namespace
}  // namespace connect_lint
