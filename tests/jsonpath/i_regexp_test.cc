// RFC 9485, by its grammar, and that RE2 understands the translation.
#include <catch2/catch.hpp>

#include "base/limits.h"
#include "jsonpath/i_regexp.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;

bool matches(std::string_view pattern, std::string_view text, bool whole) {
  const auto compiled = compile_i_regexp(pattern, whole);
  REQUIRE(compiled.ok());
  return compiled.value().found_in(text);
}

TEST_CASE("patterns and what they match") {
  struct Row {
    std::string pattern;
    std::vector<std::string> whole;  // Matched as a whole.
    std::vector<std::string> not_whole;
  };
  const std::vector<Row> rows = {
      {"", {""}, {"a"}},
      {"a", {"a"}, {"", "b", "aa", "A", "a\n", "\na"}},
      {"ab", {"ab"}, {"a", "abc"}},
      {"a|b", {"a", "b"}, {"ab", ""}},
      {"a|", {"a", ""}, {"b"}},
      {"|a", {"a", ""}, {"|"}},
      {"a|b|c", {"a", "b", "c"}, {"d"}},
      {"(a)", {"a"}, {"(a)"}},
      {"()", {""}, {"a"}},
      {"(a|b)c", {"ac", "bc"}, {"a", "abc"}},
      {"((a))*", {"", "aa"}, {"b"}},
      {"a|bc", {"a", "bc"}, {"ac"}},
      {"a*", {"", "a", "aaa"}, {"b"}},
      {"a+", {"a", "aaa"}, {""}},
      {"a?", {"", "a"}, {"aa"}},
      {"a{2}", {"aa"}, {"a", "aaa"}},
      {"a{2,}", {"aa", "aaaa"}, {"a"}},
      {"a{2,3}", {"aa", "aaa"}, {"a", "aaaa"}},
      {"a{0}", {""}, {"a"}},
      {"a{0,1}b", {"b", "ab"}, {"aab"}},
      {"a{02}", {"aa"}, {"a"}},
      {"(ab){2}", {"abab"}, {"ab"}},
      {"a{1000}", {std::string(1000, 'a')}, {std::string(999, 'a')}},
      {".", {"a", " ", "\t", "é", "😀", "\u2028", "\u2029", "\u0085", "\0"s}, {"", "\n", "\r", "ab"}},
      {".*", {"", "abc"}, {"a\nb", "a\r\nb"}},
      {"a.b", {"a.b", "axb", "aéb"}, {"ab", "a\nb"}},
      {"a\\.b", {"a.b"}, {"axb"}},
      {"[.]", {"."}, {"a"}},
      {"\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}", {"()*+-.?[\\]^{|}"}, {""}},
      {"\\n\\r\\t", {"\n\r\t"}, {"nrt"}},
      {"[abc]", {"a", "b", "c"}, {"d", "ab", ""}},
      {"[a-c]", {"a", "b", "c"}, {"d", "-"}},
      {"[a-cx-z]", {"b", "y"}, {"d"}},
      {"[^a]", {"b", "\n", "é"}, {"a", ""}},
      {"[^a-c]", {"d", "-"}, {"b"}},
      {"[-a]", {"-", "a"}, {"b"}},
      {"[a-]", {"-", "a"}, {"b"}},
      {"[-]", {"-"}, {"a"}},
      {"[--]", {"-"}, {"a"}},
      {"[^-]", {"a"}, {"-"}},
      {"[^-a-]", {"b"}, {"-", "a"}},
      {"[a^]", {"a", "^"}, {"b"}},
      {"[^]", {"^"}, {"a", ""}},
      {"[^^]", {"a"}, {"^"}},
      {"[.*+?(){}|$]", {".", "*", "+", "?", "(", ")", "{", "}", "|", "$"}, {"a", "\\"}},
      {"[\\[\\]\\\\\\-\\^]", {"[", "]", "\\", "-", "^"}, {"a"}},
      {"[\\n-\\r]", {"\n", "\f", "\r"}, {"a"}},
      {"[\\t]", {"\t"}, {"t"}},
      {"[&&]", {"&"}, {"a"}},
      {"[à-ü]", {"é"}, {"e", "z"}},
      {"[😀-😂]", {"😁"}, {"😃"}},
      {"é+", {"é", "éé"}, {"e"}},
      {"\\p{L}", {"a", "É", "日"}, {"1", " "}},
      {"\\p{Lu}", {"A", "É"}, {"a"}},
      {"\\P{Lu}", {"a", "1"}, {"A"}},
      {"\\p{Nd}+", {"12", "٣"}, {"a", "Ⅷ"}},
      {"\\p{Zs}", {" ", "\u00a0"}, {"\t"}},
      {"\\p{Sc}", {"$", "€"}, {"a"}},
      {"\\p{Cc}", {"\n", "\x7f"}, {"a"}},
      {"\\p{Cn}", {"\u0378"}, {"a", "\n"}},
      {"\\P{Cn}", {"a", "\n"}, {"\u0378"}},
      {"\\p{C}", {"\n", "\u0378", "\u200b"}, {"a"}},
      {"\\P{C}", {"a"}, {"\n", "\u0378"}},
      {"[\\p{L}\\p{Nd}_]+", {"aé3_"}, {"-"}},
      {"[^\\p{L}]", {"1"}, {"a"}},
      {"[\\P{L}]", {"1"}, {"a"}},
      {"[\\P{L}a]", {"1", "a"}, {"b"}},
      {"[\\p{L}-]", {"a", "-"}, {"1"}},
      {"[a\\p{Cn}]", {"a", "\u0378"}, {"b"}},
      {"[\\p{Cn}]", {"\u0378"}, {"b"}},
      {"[\\p{Cn}\\p{C}]", {"\u0378", "\n"}, {"b"}},
      {"[\\P{C}]", {"b"}, {"\n"}},
      {"[^\\P{C}]", {"\n"}, {"b"}},
      {"[\\p{C}x]{2}", {"x\n"}, {"b"}},
      // What other dialects know, this one takes as it is.
      {"a/b", {"a/b"}, {}},
      {"a\"b'c", {"a\"b'c"}, {}},
      {"<>=!#%&,:;@_`~-", {"<>=!#%&,:;@_`~-"}, {}},
      {"a\nb", {"a\nb"}, {"ab"}},
      {"a b", {"a b"}, {"ab"}},
      {"\0"s, {"\0"s}, {""}},
      // Anchors, as the header says.
      {"^a$", {"a"}, {"^a$", "ba"}},
      {"^ab.*", {"abc"}, {"xab"}},
      {"(^a|b$)", {"a", "b"}, {"c"}},
      {"\\^a[$]", {"^a$"}, {"a"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    for (const std::string& text : row.whole) {
      CAPTURE(text);
      CHECK(matches(row.pattern, text, true));
      CHECK(matches(row.pattern, text, false));
    }
    for (const std::string& text : row.not_whole) {
      CAPTURE(text);
      CHECK(!matches(row.pattern, text, true));
    }
  }
  CHECK(matches("b", "abc", false));
  CHECK(matches("a|b", "xbx", false));
  CHECK(!matches("^b", "ab", false));
  CHECK(matches("c$", "abc", false));
  CHECK(!matches("a$", "a\n", false));
  CHECK(!matches("d", "abc", false));
}

TEST_CASE("patterns that are none") {
  struct Row {
    std::string pattern;
    std::size_t offset;
    std::string words;
  };
  const std::vector<Row> rows = {{"(", 0, "`(` is not closed"},
                                 {"a(b(c)", 1, "not closed"},
                                 {")", 0, "closes nothing"},
                                 {"a)", 1, "closes nothing"},
                                 {"[", 0, "`[` is not closed"},
                                 {"[a", 0, "not closed"},
                                 {"[a-", 0, "not closed"},
                                 {"[]", 0, "no characters"},
                                 {"[]a]", 0, "no characters"},
                                 {"]", 0, "with a backslash"},
                                 {"}", 0, "with a backslash"},
                                 {"{", 0, "repeats nothing"},
                                 {"*", 0, "`*` repeats nothing"},
                                 {"+a", 0, "repeats nothing"},
                                 {"?", 0, "repeats nothing"},
                                 {"a|*", 2, "repeats nothing"},
                                 {"(*)", 1, "repeats nothing"},
                                 {"a**", 2, "repeats nothing"},
                                 {"a*?", 2, "repeats nothing"},
                                 {"a++", 2, "repeats nothing"},
                                 {"a{2}{3}", 4, "repeats nothing"},
                                 {"a{}", 1, "is written"},
                                 {"a{,2}", 1, "is written"},
                                 {"a{a}", 1, "is written"},
                                 {"a{2", 1, "is written"},
                                 {"a{2,3", 1, "is written"},
                                 {"a{2;3}", 1, "is written"},
                                 {"a{-1}", 1, "is written"},
                                 {"a{3,2}", 1, "from 3 to 2"},
                                 {"a{1001}", 1, "more than 1000"},
                                 {"a{99999999999999999999}", 1, "more than 1000"},
                                 {"a{1,1001}", 1, "more than 1000"},
                                 {"\\", 0, "does not end in a backslash"},
                                 {"\\d", 0, "`\\d` is no escape"},
                                 {"\\w", 0, "no escape"},
                                 {"\\s", 0, "no escape"},
                                 {"\\S", 0, "no escape"},
                                 {"\\b", 0, "no escape"},
                                 {"\\i", 0, "no escape"},
                                 {"\\$", 0, "no escape"},
                                 {"\\/", 0, "no escape"},
                                 {"\\1", 0, "no escape"},
                                 {"\\u0041", 0, "no escape"},
                                 {"\\x41", 0, "no escape"},
                                 {"\\é", 0, "`\\é` is no escape"},
                                 {"\\p", 0, "no escape"},
                                 {"\\pL", 0, "no escape"},
                                 {"\\p{}", 0, "no general category"},
                                 {"\\p{X}", 0, "no general category"},
                                 {"\\p{La}", 0, "no general category"},
                                 {"\\p{Cs}", 0, "no general category"},
                                 {"\\p{Letter}", 0, "no general category"},
                                 {"\\p{IsBasicLatin}", 0, "no general category"},
                                 {"\\p{Lu", 0, "no general category"},
                                 {"\\p{^L}", 0, "no general category"},
                                 {"(?:a)", 1, "repeats nothing"},
                                 {"(?=a)", 1, "repeats nothing"},
                                 {"(?i)a", 1, "repeats nothing"},
                                 {"[a-b-c]", 4, "is a range"},
                                 {"[a--]", 3, "cannot end a range"},
                                 {"[--a]", 2, "is a range"},
                                 {"[a-\\p{L}]", 3, "cannot end a range"},
                                 {"[\\p{L}-z]", 6, "is a range"},
                                 {"[a-[b]]", 3, "cannot end a range"},
                                 {"[[:alpha:]]", 1, "with a backslash"},
                                 {"[\\d]", 1, "no escape"},
                                 {"[\\b]", 1, "no escape"},
                                 {"[^\\p{Cn}]", 2, "not supported"},
                                 {"\xFF", 0, "no UTF-8"},
                                 {"[\xFF]", 1, "no UTF-8"},
                                 {"a\xC3", 1, "no UTF-8"},
                                 {std::string(kQueryNestingMax + 1, '('), kQueryNestingMax, "inside each other"}};
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    std::string re2;
    const IRegexpProblem problem = translate_i_regexp(row.pattern, true, re2);
    CHECK(problem.offset == row.offset);
    CHECK_THAT(problem.message, Catch::Contains(row.words));
    CHECK(!compile_i_regexp(row.pattern, false).ok());
  }
  CHECK(!compile_i_regexp("[z-a]", true).ok());
  CHECK(!compile_i_regexp("((a{100}){100}){100}", true).ok());
}

TEST_CASE("patterns of any size end") {
  std::string branches = "x";
  for (int i = 0; i < 10'000; ++i) branches += "|a" + std::to_string(i);
  if (const auto compiled = compile_i_regexp(branches, true); compiled.ok()) CHECK(compiled.value().found_in("a77"));
  CHECK(compile_i_regexp(std::string(kQueryBytesMax, 'a'), true).ok());
  CHECK(!compile_i_regexp(std::string(kQueryBytesMax + 1, 'a'), true).ok());
  // Linear, however it looks.
  CHECK(!matches("(a+)+b", std::string(100'000, 'a'), true));
}

}  // namespace
}  // namespace connect_lint
