// UTF-8, distances of names, quoting, patterns.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "base/catalogue.h"
#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/pattern.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "support.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;
using testing::Random;

TEST_CASE("the length of a UTF-8 sequence") {
  struct Row {
    std::string text;
    std::size_t bytes;
  };
  const std::vector<Row> rows = {
      {"", 0},           {"a", 1},           {"\0"s, 1},           {"\x7F", 1},         {"\x80", 0},          {"\xBF", 0},
      {"\xC0\x80", 0},   {"\xC1\xBF", 0},    {"\xC2\x80", 2},      {"\xDF\xBF", 2},     {"\xC2", 0},          {"\xC2\x41", 0},
      {"\xE0\x9F\xBF", 0}, {"\xE0\xA0\x80", 3}, {"\xED\x9F\xBF", 3}, {"\xED\xA0\x80", 0}, {"\xEE\x80\x80", 3},  {"\xEF\xBF\xBF", 3},
      {"\xE2\x82", 0},   {"\xE2\x82\x41", 0}, {"\xF0\x8F\xBF\xBF", 0}, {"\xF0\x90\x80\x80", 4}, {"\xF4\x8F\xBF\xBF", 4},
      {"\xF4\x90\x80\x80", 0}, {"\xF5\x80\x80\x80", 0}, {"\xF0\x9F\x98", 0}, {"\xFF", 0},   {"\xC3\xA9x", 2}};
  for (const Row& row : rows) {
    INFO(testing::shown(row.text));
    CHECK(utf8_sequence_bytes(row.text) == row.bytes);
  }
}

TEST_CASE("every code point is written and read as itself") {
  std::string text;
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
    text.clear();
    utf8_append(text, code_point);
    const bool right = utf8_sequence_bytes(text) == text.size() &&
                       utf8_decode(text) == (surrogate ? U'\uFFFD' : code_point) && utf8_length(text) == 1;
    if (!right) FAIL_CHECK(static_cast<std::uint32_t>(code_point));
  }
  text.clear();
  utf8_append(text, 0x110000);
  CHECK(text == "\xEF\xBF\xBD");
  char bytes[4];
  CHECK(std::string(bytes, utf8_encode(0xD83D, bytes)) == "\xED\xA0\xBD");
}

TEST_CASE("code points are counted") {
  CHECK(utf8_length("") == 0);
  CHECK(utf8_length("a\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E") == 4);
  CHECK(utf8_length(std::string(1000, '\0')) == 1000);
}

TEST_CASE("distances of names") {
  struct Row {
    std::string_view a, b;
    std::size_t distance;
  };
  static constexpr Row kRows[] = {{"", "", 0},          {"a", "", 1},           {"Uri", "Uri", 0},       {"uri", "URI", 0},
                                  {"Uri", "Url", 1},    {"Uri", "Ur", 1},       {"Uri", "Urii", 1},      {"Uri", "Uir", 1},
                                  {"DomainName", "DoaminName", 1}, {"DomainName", "DomainNmae", 1},      {"kitten", "sitting", 3},
                                  {"Tags", "Tasks", 2}, {"ca", "abc", 3},       {"abcd", "badc", 2},     {"abc", "xyz", 3}};
  for (const Row& row : kRows) {
    INFO(row.a << " " << row.b);
    CHECK(edit_distance(row.a, row.b, 9) == row.distance);
    CHECK(edit_distance(row.b, row.a, 9) == row.distance);
    for (std::size_t limit = 0; limit < 5; ++limit)
      CHECK(edit_distance(row.a, row.b, limit) == std::min(row.distance, limit + 1));
  }
  const std::string longest(kSuggestionBytesMax, 'a');
  CHECK(edit_distance(longest, longest, 3) == 0);
  CHECK(edit_distance(longest + "a", longest + "a", 3) == 4);
  CHECK(edit_distance("a", longest + "a", 3) == 4);
}

// The same distance, straight from its definition.
std::size_t distance_by_definition(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::max(a.size(), b.size());
  const std::string_view a1 = a.substr(0, a.size() - 1);
  const std::string_view b1 = b.substr(0, b.size() - 1);
  std::size_t best = std::min({distance_by_definition(a1, b) + 1, distance_by_definition(a, b1) + 1,
                               distance_by_definition(a1, b1) + (a.back() == b.back() ? 0 : 1)});
  if (a.size() > 1 && b.size() > 1 && a.back() == b1.back() && a1.back() == b.back())
    best = std::min(best, distance_by_definition(a1.substr(0, a1.size() - 1), b1.substr(0, b1.size() - 1)) + 1);
  return best;
}

TEST_CASE("distances of random names, by definition") {
  Random random(3);
  const auto name = [&] {
    std::string text;
    for (std::size_t i = random.below(6); i > 0; --i) text += static_cast<char>('a' + random.below(3));
    return text;
  };
  for (int i = 0; i < 400; ++i) {
    const std::string a = name();
    const std::string b = name();
    if (edit_distance(a, b, 20) != distance_by_definition(a, b)) FAIL_CHECK(a << " " << b);
  }
}

TEST_CASE("distances allowed, and letter case") {
  for (const auto& [bytes, allowed] : {std::pair{1u, 1u}, {4u, 1u}, {5u, 2u}, {9u, 2u}, {10u, 3u}, {64u, 3u}})
    CHECK(edit_distance_allowed(bytes) == allowed);
  struct Row {
    std::string_view a, b;
    bool equal;
  };
  static constexpr Row kRows[] = {{"DomainName", "domainName", true}, {"DomainName", "domain_name", true},
                                  {"DomainName", "domain-name", true}, {"DomainName", "Domain Name", true},
                                  {"DomainName", "domain.name_", true}, {"Servicenow", "ServiceNow", true},
                                  {"DomainName", "DomainNames", false}, {"DomainName", "DomainNam", false},
                                  {"", "", true}, {"a", "", false}, {"\xC3\xA9", "\xC3\x89", false}};
  for (const Row& row : kRows) {
    INFO(row.a << " " << row.b);
    CHECK(equal_but_for_case(row.a, row.b) == row.equal);
    CHECK(equal_but_for_case(row.b, row.a) == row.equal);
  }
}

TEST_CASE("text is made visible") {
  struct Row {
    std::string text;
    std::string shown;
  };
  const std::vector<Row> rows = {{"", ""},
                                 {"plain `text`", "plain `text`"},
                                 {"é€𝄞", "é€𝄞"},
                                 {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
                                 {"\0"s, "\\u{0000}"},
                                 {"\x1B[31m", "\\u{001B}[31m"},
                                 {"\x7F\xC2\x85", "\\u{007F}\\u{0085}"},
                                 {"\xE2\x80\xAE" "evil", "\\u{202E}evil"},
                                 {"\xE2\x81\xA6\xE2\x80\x8F\xE2\x80\x8B", "\\u{2066}\\u{200F}\\u{200B}"},
                                 {"\xEF\xBB\xBFx", "\\u{FEFF}x"},
                                 {"\xE2\x80\xA8", "\\u{2028}"},
                                 {"\xC2\xAD", "\\u{00AD}"},
                                 // Blanks and marks of other scripts, and what only writers of texts know.
                                 {"\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x8A", "\\u{00A0}\\u{1680}\\u{2000}\\u{200A}"},
                                 {"\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80", "\\u{202F}\\u{205F}\\u{3000}"},
                                 {"\xD8\x9C\xE1\xA0\x8E", "\\u{061C}\\u{180E}"},
                                 {"\xEF\xBF\xB9\xEF\xBF\xBB", "\\u{FFF9}\\u{FFFB}"},
                                 {"\xF3\xA0\x81\x81", "\\u{E0041}"},
                                 {"\xFF\xC3", "\\xFF\\xC3"},
                                 {"\xED\xA0\xBD", "\\xED\\xA0\\xBD"}};
  for (const Row& row : rows) {
    INFO(row.shown);
    CHECK(visible(row.text) == row.shown);
    CHECK(ticked(row.text) == "`" + row.shown + "`");
  }
}

TEST_CASE("long text is cut, by code points") {
  CHECK(visible(std::string(120, 'a')) == std::string(120, 'a'));
  CHECK(visible(std::string(121, 'a')) == std::string(120, 'a') + "…");
  std::string accents;
  for (int i = 0; i < 120; ++i) accents += "é";
  CHECK(visible(accents) == accents);
  CHECK(visible(accents + "é") == accents + "…");
  CHECK(visible("abc", 3) == "abc");
  CHECK(visible("abcd", 3) == "abc…");
  CHECK(visible("abcd", 0) == "…");
  CHECK(visible("", 0) == "");
}

TEST_CASE("what is shown is well-formed and visible, whatever the bytes") {
  Random random(5);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes;
    for (std::size_t n = random.below(12); n > 0; --n) bytes += static_cast<char>(random.below(256));
    const std::string result = visible(bytes);
    for (std::string_view rest = result; !rest.empty();) {
      const std::size_t length = utf8_sequence_bytes(rest);
      if (length == 0 || is_invisible(utf8_decode(rest))) {
        FAIL_CHECK(result);
        break;
      }
      rest.remove_prefix(length);
    }
  }
}

TEST_CASE("patterns") {
  const auto digits = Pattern::compile("^[0-9]+$");
  REQUIRE(digits.ok());
  CHECK(digits.value().found_in("123"));
  CHECK_FALSE(digits.value().found_in("12x"));
  CHECK_FALSE(digits.value().found_in("123\n"));
  CHECK(Pattern::compile("b").value().found_in("abc"));
  CHECK(Pattern::compile("^.$").value().found_in("€"));
  CHECK_FALSE(Pattern::compile("^..$").value().found_in("€"));
  CHECK(Pattern::compile("a.c").value().found_in("xa\0c"s) == Pattern::compile("a[^x]c").value().found_in("xa\0c"s));
  // Linear, whatever the pattern and the text.
  CHECK_FALSE(Pattern::compile("^(a+)+$").value().found_in(std::string(100'000, 'a') + "!"));
  for (const char* refused : {"(", "[", "a**", "(?!x)", "(?<=x)y", "\\1", "[b-a]", "a{2,1}", "\xFF", "a{1001}", "*"}) {
    INFO(refused);
    const auto pattern = Pattern::compile(refused);
    REQUIRE_FALSE(pattern.ok());
    CHECK(pattern.error().starts_with("cannot compile the pattern `"));
  }
}

TEST_CASE("the catalogue is sorted, complete and without empty words") {
  const auto entries = catalogue();
  CHECK(entries.size() == static_cast<std::size_t>(FindingId::TemplateTextLimit) + 1);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    INFO(entries[i].id);
    if (i > 0) CHECK(entries[i - 1].id < entries[i].id);
    CHECK(&entry_of(static_cast<FindingId>(i)) == &entries[i]);
    CHECK(find_entry(entries[i].id) == &entries[i]);
    CHECK_FALSE(entries[i].summary.empty());
    CHECK(entries[i].explanation.ends_with("\n"));
  }
  for (const char* unknown : {"", "schema", "schema/", "schema/required ", "zzz", "a"}) CHECK(find_entry(unknown) == nullptr);
}

}  // namespace
}  // namespace connect_lint
