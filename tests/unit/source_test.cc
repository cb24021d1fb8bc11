// Places and paths, tables of names, excerpts, output.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <limits>

#include "base/limits.h"
#include "base/utf8.h"
#include "report/excerpt.h"
#include "report/output.h"
#include "source/json_path.h"
#include "source/source_text.h"
#include "support.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;
using testing::Random;
using testing::Reading;

// --- Paths --------------------------------------------------------------------

TEST_CASE("steps of paths") {
  struct Row {
    std::string key;
    std::string pointer;  // RFC 6901, sections 3 and 5.
    std::string path;     // RFC 9535, section 2.7.
  };
  const std::vector<Row> rows = {{"foo", "/foo", "['foo']"},
                                 {"", "/", "['']"},
                                 {"a/b", "/a~1b", "['a/b']"},
                                 {"c%d", "/c%d", "['c%d']"},
                                 {"e^f", "/e^f", "['e^f']"},
                                 {"g|h", "/g|h", "['g|h']"},
                                 {"i\\j", "/i\\j", "['i\\\\j']"},
                                 {"k\"l", "/k\"l", "['k\"l']"},
                                 {" ", "/ ", "[' ']"},
                                 {"m~n", "/m~0n", "['m~n']"},
                                 {"~1", "/~01", "['~1']"},
                                 {"'", "/'", "['\\'']"},
                                 {"\x0B", "/\x0B", "['\\u000b']"},
                                 {"\0"s, "/\0"s, "['\\u0000']"},
                                 {"\b\t\n\f\r", "/\b\t\n\f\r", "['\\b\\t\\n\\f\\r']"},
                                 {"\x1F", "/\x1F", "['\\u001f']"},
                                 {"\x7F", "/\x7F", "['\x7F']"},
                                 {"é€𝄞", "/é€𝄞", "['é€𝄞']"},
                                 {"a\xFF", "/a\xEF\xBF\xBD", "['a\xEF\xBF\xBD']"},
                                 {"\xED\xA0\x80", "/\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "['\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD']"},
                                 {"0", "/0", "['0']"}};
  for (const Row& row : rows) {
    INFO(testing::shown(row.key));
    std::string pointer = "/x";
    std::string path = "$['x']";
    append_pointer_key(pointer, row.key);
    append_path_key(path, row.key);
    CHECK(pointer == "/x" + row.pointer);
    CHECK(path == "$['x']" + row.path);
  }
  std::string pointer;
  std::string path = "$";
  for (const std::size_t index : {std::size_t{0}, std::size_t{10}, std::numeric_limits<std::size_t>::max()}) {
    append_pointer_index(pointer, index);
    append_path_index(path, index);
  }
  CHECK(pointer == "/0/10/18446744073709551615");
  CHECK(path == "$[0][10][18446744073709551615]");
}

// The same paths by walking down from the root for each node.
void all_paths(const Document& document, NodeIndex node, const std::string& pointer, const std::string& path,
               std::vector<std::pair<std::string, std::string>>& found) {
  found[node] = {pointer, path};
  if (document[node].kind != Kind::Array && document[node].kind != Kind::Object) return;
  std::size_t position = 0;
  for (const NodeIndex child : document.children(node)) {
    std::string child_pointer = pointer;
    std::string child_path = path;
    if (document[node].kind == Kind::Array) {
      append_pointer_index(child_pointer, position++);
      append_path_index(child_path, position - 1);
    } else {
      append_pointer_key(child_pointer, document.key(child));
      append_path_key(child_path, document.key(child));
    }
    all_paths(document, child, child_pointer, child_path, found);
  }
}

TEST_CASE("paths do not depend on what was asked before") {
  const Reading reading(R"({"a":[[],[1,[2,{"x":3,"y/~'":[4,5]}]],{"a":{"a":[{}]}}],"b":{"":[0,[0,[0,[0]]]]},"c":1,"d":[[[[9]]],8,7]})");
  const Document& document = reading.document();
  REQUIRE(reading.accepted());
  std::vector<std::pair<std::string, std::string>> expected(document.nodes.size());
  all_paths(document, 0, "", "$", expected);
  const auto run = [&](const std::vector<NodeIndex>& order) {
    PathFinder finder(document);
    std::string pointer = "left over";
    std::string path = "left over";
    for (const NodeIndex node : order) {
      finder.find(node, pointer, path);
      if (pointer != expected[node].first || path != expected[node].second) FAIL_CHECK(node << ": " << pointer << " " << path);
    }
  };
  std::vector<NodeIndex> order;
  for (NodeIndex i = 0; i < document.nodes.size(); ++i) order.push_back(i);
  run(order);
  std::reverse(order.begin(), order.end());
  run(order);
  Random random(6);
  for (int i = 0; i < 200; ++i) {
    std::vector<NodeIndex> some;
    for (int n = 0; n < 60; ++n) some.push_back(random.pick(order));
    run(some);
  }
}

// --- Lines and columns --------------------------------------------------------

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// One byte after another. `offset` is on a code point's boundary.
Position position_by_counting(std::string_view text, std::size_t offset) {
  Position position;
  for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < offset; ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((text[i] & 0xC0) != 0x80) {
      ++position.column;
    }
  }
  return position;
}

void check_places(const std::string& text, const std::vector<std::size_t>& offsets) {
  LineIndex lines(text);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const auto begin = static_cast<std::uint32_t>(offsets[i]);
    const auto end = static_cast<std::uint32_t>(std::max(offsets[i], offsets[offsets.size() - 1 - i]));
    const Place place = lines.place({begin, end});
    const Position first = position_by_counting(text, begin);
    const Position last = position_by_counting(text, end);
    const bool right = place.begin == begin && place.end == end && place.line == first.line && place.column == first.column &&
                       place.end_line == last.line && place.end_column == last.column;
    if (!right) FAIL_CHECK(begin << "-" << end << ": " << place.line << ":" << place.column << " to " << place.end_line << ":" << place.end_column);
  }
}

TEST_CASE("lines and columns") {
  std::string long_line = "[\n\"" + std::string(4090, 'a') + "é" + std::string(4096, 'b') + "€\"\n," + std::string(9000, ' ') + "𝄞\r\n]";
  std::string many_lines;
  for (int i = 0; i < 3000; ++i) many_lines += i % 3 == 0 ? "é\n" : i % 3 == 1 ? "\r\n" : "abc\n";
  const std::vector<std::string> texts = {"", "a", "\n", "\n\n", "a\nb", "a\r\nb\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF{}", "\xEF\xBB\xBF\n{}", "é€𝄞x\né", "\r\r", std::string(4096, 'x'),
                                          std::string(4095, 'x') + "\n", std::string(4096, 'x') + "\n" + std::string(4096, 'y'), std::string(8191, 'x') + "é", long_line, many_lines};
  Random random(7);
  for (const std::string& text : texts) {
    std::vector<std::size_t> boundaries;
    for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i <= text.size(); ++i)
      if (i == text.size() || (text[i] & 0xC0) != 0x80) boundaries.push_back(i);
    INFO(testing::shown(text.substr(0, 40)));
    if (boundaries.size() < 50) {
      check_places(text, boundaries);
      std::reverse(boundaries.begin(), boundaries.end());
      check_places(text, boundaries);
    } else {
      std::vector<std::size_t> some = {0, text.size()};
      for (std::size_t block = 4096; block < text.size(); block += 4096)
        for (const std::size_t i : boundaries)
          if (i + 2 >= block && i <= block + 2) some.push_back(i);
      for (int n = 0; n < 100; ++n) some.push_back(random.pick(boundaries));
      check_places(text, some);
    }
  }
}

TEST_CASE("a byte order mark takes no column") {
  LineIndex lines("\xEF\xBB\xBF{}");
  const Place mark = lines.place({0, 3});
  CHECK(mark.line == 1);
  CHECK(mark.column == 1);
  CHECK(mark.end_column == 1);
  CHECK(lines.place({3, 4}).column == 1);
  CHECK(lines.place({4, 5}).column == 2);
}

TEST_CASE("the text of a line") {
  struct Row {
    std::string text;
    std::vector<std::string> lines;
  };
  const std::vector<Row> rows = {{"", {""}},          {"a", {"a"}},         {"a\n", {"a", ""}},       {"a\r\nb", {"a", "b"}},
                                 {"\n\nx", {"", "", "x"}}, {"\xEF\xBB\xBFx\ny", {"x", "y"}}, {"a\rb\n", {"a\rb", ""}}, {"\r\n", {"", ""}},
                                 {std::string(5000, 'x') + "\ny", {std::string(5000, 'x'), "y"}}};
  for (const Row& row : rows) {
    LineIndex lines(row.text);
    const auto size = static_cast<std::uint32_t>(row.text.size());
    CHECK(lines.place({size, size}).line == row.lines.size());
    for (std::uint32_t number = 1; number <= row.lines.size(); ++number) {
      const Span span = lines.line(number);
      CHECK(std::string_view(row.text).substr(span.begin, span.end - span.begin) == row.lines[number - 1]);
    }
  }
}

TEST_CASE("a source text keeps its padding and its bytes") {
  SourceText source;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5000}, std::size_t{3}, std::size_t{2'000'000}, std::size_t{7}}) {
    const std::string text(size, 'x');
    source.assign(text);
    CHECK(source.view() == text);
    const char* end = source.view().data() + size;
    CHECK(std::all_of(end, end + kPaddingBytes, [](char byte) { return byte == '\0'; }));
  }
  source.assign("abc");
  source.resize(6);
  CHECK(source.view().substr(0, 3) == "abc");
}

// --- Names ---------------------------------------------------------------------

TEST_CASE("names are found, and nothing else") {
  std::vector<std::string> names = {"a",        "ab",        "",                 "1234567", "12345678", "123456789", "1234567890123456", "12345678901234567",
                                    "DomainName", "DomainNamf", "SourceConnectorProperties", "SourceConnectorPropertiet", "SoursaConnectorProperties", "é", "\0x"s, "x\0"s};
  Random random(8);
  while (names.size() < kKeyIdsMax - 1) {
    std::string name = "k";
    for (std::size_t n = random.below(30); n > 0; --n) name += static_cast<char>('a' + random.below(4));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  const KeyTableData data(names);
  const KeyTable table = data.table();
  REQUIRE(table.size() == kKeyIdsMax);
  for (std::size_t i = 0; i < names.size(); ++i) {
    INFO(testing::shown(names[i]));
    CHECK(table.find(names[i]) == i + 1);
    CHECK(table.name(static_cast<KeyId>(i + 1)) == names[i]);
    for (std::size_t at = 0; at <= names[i].size(); ++at) {
      std::string other = names[i];
      other.insert(at, 1, 'z');
      CHECK(table.find(other) == 0);
      if (at == names[i].size()) continue;
      other = names[i];
      other[at] = 'Z';
      CHECK(table.find(other) == 0);
    }
  }
  CHECK(table.name(0) == "");
  CHECK(KeyTable().find("a") == 0);
  CHECK(KeyTableData({}).table().find("a") == 0);
  CHECK(KeyTableData({}).table().find("") == 0);
  CHECK(KeyTableData({"a"}).table().find("") == 0);
}

// --- Excerpts --------------------------------------------------------------------

struct Shown {
  std::string line;
  std::string caret;  // Indent and mark.
};

Shown excerpt(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  LineIndex lines(text);
  const std::uint32_t number = lines.place({begin, end}).line;
  const Excerpt made = make_excerpt(text, lines.line(number), {begin, end});
  return {made.line, made.indent + made.mark};
}

TEST_CASE("excerpts stand over their carets") {
  struct Row {
    std::string text;
    std::uint32_t begin, end;
    std::string line;
    std::string caret;
  };
  const std::vector<Row> rows = {{"{\"a\": 1}", 6, 7, "{\"a\": 1}", "      ^"},
                                 {"{\"a\": 1}", 1, 4, "{\"a\": 1}", " ^^^"},
                                 {"x\n{\"a\":1}\ny", 3, 6, "{\"a\":1}", " ^^^"},
                                 {"ab", 2, 2, "ab", "  ^"},
                                 {"", 0, 0, "", "^"},
                                 {"{\n}", 1, 1, "{", " ^"},
                                 {"{\r\n}", 0, 4, "{", "^"},
                                 {"[\n1]", 0, 4, "[", "^"},
                                 {"\t\"a\"", 1, 4, "    \"a\"", "    ^^^"},
                                 {"\"\t\"x", 3, 4, "\"    \"x", "      ^"},
                                 {"\"é\" x", 5, 6, "\"é\" x", "    ^"},
                                 {"\"漢字\" x", 9, 10, "\"漢字\" x", "       ^"},
                                 {"\"漢字\"", 1, 7, "\"漢字\"", " ^^^^"},
                                 {"\"😀\" x", 7, 8, "\"😀\" x", "     ^"},
                                 {"\"e\xCC\x81\" x", 6, 7, "\"e\xCC\x81\" x", "    ^"},
                                 {"\"\x1B[31m\" x", 8, 9, "\"\\u{001B}[31m\" x", "               ^"},
                                 {"\"\xFF\" x", 4, 5, "\"\\xFF\" x", "       ^"},
                                 {"\"\xFF\"", 1, 2, "\"\\xFF\"", " ^^^^"},
                                 {"\xEF\xBB\xBF{}", 3, 4, "{}", "^"},
                                 {"\xEF\xBB\xBF{}", 0, 3, "{}", "^"},
                                 {"a   ", 0, 1, "a", "^"}};
  for (const Row& row : rows) {
    INFO(testing::shown(row.text));
    const Shown shown = excerpt(row.text, row.begin, row.end);
    CHECK(shown.line == row.line);
    CHECK(shown.caret == row.caret);
  }
}

TEST_CASE("excerpts tell which part is marked") {
  struct Row {
    std::string text;
    std::uint32_t begin, end;
    std::string marked;
  };
  const std::vector<Row> rows = {{"{\"a\": 1}", 1, 4, "\"a\""}, {"x\n{\"a\":1}\ny", 3, 6, "\"a\""}, {"ab", 2, 2, ""},       {"", 0, 0, ""},
                                 {"{\n}", 0, 3, "{"},         {"\t\"a\"", 1, 4, "\"a\""},           {"a   ", 2, 4, ""},     {"a  b", 1, 3, "  "},
                                 {"\"\xFF\"", 1, 2, "\\xFF"}, {"\"漢字\"", 1, 7, "漢字"},          {"\t\t", 0, 1, ""}};
  for (const Row& row : rows) {
    INFO(testing::shown(row.text));
    LineIndex lines(row.text);
    const Excerpt made = make_excerpt(row.text, lines.line(lines.place({row.begin, row.end}).line), {row.begin, row.end});
    REQUIRE(made.marked_begin <= made.line.size());
    CHECK(made.line.substr(made.marked_begin, made.marked_bytes) == row.marked);
    CHECK(made.marked_begin + made.marked_bytes <= made.line.size());
  }
  // Behind what was cut off.
  const std::string text = std::string(3000, 'x') + "@@" + std::string(3000, 'x');
  const Excerpt cut = make_excerpt(text, {0, static_cast<std::uint32_t>(text.size())}, {3000, 3002});
  CHECK(cut.line.substr(cut.marked_begin, cut.marked_bytes) == "@@");
}

TEST_CASE("long lines are cut around the mark") {
  for (const std::string& piece : {"x"s, "é"s, "漢"s, "\t"s, "\xFF"s}) {
    std::string text;
    while (text.size() < 6000) text += piece;
    for (std::size_t target = 0; target < text.size(); target += 501 * piece.size()) {
      const auto begin = static_cast<std::uint32_t>(target / piece.size() * piece.size());
      std::string marked = text;
      marked.replace(begin, piece.size(), "@" + std::string(piece.size() - 1, '@'));
      const Shown shown = excerpt(marked, begin, begin + 1);
      INFO(testing::shown(piece) << " at " << begin);
      CHECK(utf8_length(shown.line) <= 2 * kExcerptCodePointsMax * 4 + 8);
      // The caret stands below the mark.
      std::size_t column = 0;
      const std::size_t at = shown.line.find('@');
      REQUIRE(at != std::string::npos);
      for (std::string_view rest = std::string_view(shown.line).substr(0, at); !rest.empty();) {
        const std::size_t bytes = utf8_sequence_bytes(rest);
        REQUIRE(bytes > 0);
        column += rest.starts_with("漢") ? 2u : 1u;
        rest.remove_prefix(bytes);
      }
      CHECK(shown.caret.find('^') == column);
      CHECK(shown.line.starts_with("... ") == (begin > 0 && shown.line.substr(0, 4) == "... "));
      CHECK(shown.line.ends_with(" ..."));
    }
    // A mark as long as the line.
    const Shown whole = excerpt(text, 0, static_cast<std::uint32_t>(text.size()));
    CHECK(whole.caret.size() <= 4 * kExcerptCodePointsMax + 8);
    CHECK_FALSE(whole.caret.empty());
  }
}

// --- Output -----------------------------------------------------------------------

TEST_CASE("output arrives in order") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::string expected;
  {
    Output out(ends[1]);
    for (int i = 0; i < 1000; ++i) {
      out.print("{} ", i);
      expected += std::to_string(i) + " ";
    }
    out.write(std::string_view("\0\n", 2));
    expected += std::string("\0\n", 2);
    CHECK(out.flush());
    CHECK_FALSE(out.failed());
    CHECK(out.error() == "");
  }
  ::close(ends[1]);
  std::string read(expected.size() + 10, '\0');
  std::size_t size = 0;
  for (ssize_t count = 0; (count = ::read(ends[0], read.data() + size, read.size() - size)) > 0;) size += static_cast<std::size_t>(count);
  read.resize(size);
  ::close(ends[0]);
  CHECK(read == expected);

  Output memory;
  memory.write(std::string(100'000, 'x'));
  memory.print("{}", "y");
  CHECK(memory.flush());
  CHECK(memory.text() == std::string(100'000, 'x') + "y");
}

TEST_CASE("a full disk, a closed pipe and a closed descriptor are noticed") {
  const int full = ::open("/dev/full", O_WRONLY);
  REQUIRE(full >= 0);
  Output disk(full);
  CHECK(disk.flush());
  disk.write("x");
  CHECK_FALSE(disk.failed());
  CHECK_FALSE(disk.flush());
  CHECK(disk.failed());
  CHECK(disk.error() == "no space left on the device");
  disk.write(std::string(1'000'000, 'x'));
  CHECK(disk.text().size() < 100'000);  // Dropped, not kept.
  CHECK_FALSE(disk.flush());
  ::close(full);

  Output large(full);  // Large pieces are written before flush().
  large.write(std::string(1'000'000, 'x'));
  CHECK(large.failed());
  CHECK(large.error() == "it is closed");

  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Output pipe(ends[1]);
  pipe.print("{}", 1);
  CHECK_FALSE(pipe.flush());
  CHECK(pipe.error() == "the reader closed the pipe");
  std::signal(SIGPIPE, before);
  ::close(ends[1]);
}

}  // namespace
}  // namespace connect_lint
