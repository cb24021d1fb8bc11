// Streams cut into blocks of lines.
#include "source/line_reader.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support.h"

using connect_lint::LineBlock;
using connect_lint::LineReader;
using connect_lint::testing::Random;

namespace {

struct Line {
  std::uint64_t number;
  std::string text;  // "too long" for one that was not kept.
  bool operator==(const Line&) const = default;
};

// What comes out of a pipe into which `text` is written in pieces of `piece` bytes.
std::vector<Line> lines_of(const std::string& text, std::size_t piece, std::uint64_t bytes_max) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&] {
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t count = ::write(ends[1], text.data() + at, std::min(piece, text.size() - at));
      if (count <= 0) break;
      at += static_cast<std::size_t>(count);
    }
    ::close(ends[1]);
  });
  std::vector<Line> lines;
  LineReader reader(ends[0], bytes_max);
  for (LineBlock block; reader.next(block);) {
    std::uint64_t number = block.first_line;
    if (block.too_long) lines.push_back({number++, "too long"});
    std::string_view rest = block.text.view();
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      lines.push_back({number++, std::string(line)});
    }
  }
  writer.join();
  ::close(ends[0]);
  CHECK(reader.error().empty());
  return lines;
}

}  // namespace

TEST_CASE("lines are the same however they arrive") {
  const std::vector<std::pair<std::string, std::vector<Line>>> rows = {
      {"", {}},
      {"a", {{1, "a"}}},
      {"a\n", {{1, "a"}}},
      {"\n", {{1, ""}}},
      {"a\n\nb\r\nc", {{1, "a"}, {2, ""}, {3, "b\r"}, {4, "c"}}},
      {std::string("a\0b\nc\n", 6), {{1, std::string("a\0b", 3)}, {2, "c"}}},
  };
  for (const auto& [text, lines] : rows)
    for (const std::size_t piece : {1u, 2u, 100u}) {
      INFO(connect_lint::testing::shown(text));
      CHECK(lines_of(text, piece, 1000) == lines);
    }
}

TEST_CASE("many lines of all lengths") {
  Random random(3);
  std::string text;
  std::vector<Line> expected;
  for (std::uint64_t number = 1; number <= 3000; ++number) {
    const std::size_t size = random.one_in(100) ? random.below(400'000) : random.below(300);
    expected.push_back({number, std::string(size, static_cast<char>('a' + number % 26))});
    text += expected.back().text + '\n';
  }
  CHECK(lines_of(text, 60'000, 1 << 20) == expected);
  CHECK(lines_of(text, 1 << 20, 1 << 20) == expected);
}

TEST_CASE("a line that is too long is passed over, and the next ones are there") {
  const std::string text = "a\n" + std::string(2'000'000, 'x') + "\nb\n" + std::string(900'000, 'y') + "\n\nc";
  const std::vector<Line> expected = {{1, "a"}, {2, "too long"}, {3, "b"}, {4, "too long"}, {5, ""}, {6, "c"}};
  for (const std::size_t piece : {5000u, 100'000u}) CHECK(lines_of(text, piece, 300'000) == expected);
  // Without an end.
  CHECK(lines_of(std::string(2'000'000, 'x'), 100'000, 300'000) == std::vector<Line>{{1, "too long"}});
}

TEST_CASE("memory for a long line is given back after it") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&] {
    const std::string text = std::string(5'000'000, 'x') + "\n" + "a\n";
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t count = ::write(ends[1], text.data() + at, text.size() - at);
      if (count <= 0) break;
      at += static_cast<std::size_t>(count);
    }
    ::close(ends[1]);
  });
  LineReader reader(ends[0], 10'000'000);
  LineBlock block;
  CHECK(reader.next(block));
  CHECK(block.text.view().size() >= 5'000'001);
  CHECK(block.text.capacity() > 5'000'000);
  while (reader.next(block)) CHECK(block.text.view().ends_with("a\n"));
  CHECK(block.text.capacity() < 2'000'000);
  writer.join();
  ::close(ends[0]);
}

TEST_CASE("a descriptor that cannot be read") {
  LineReader reader(-1, 1000);
  LineBlock block;
  CHECK_FALSE(reader.next(block));
  CHECK(reader.error() == "it is closed");
}
