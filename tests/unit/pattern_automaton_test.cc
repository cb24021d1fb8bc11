// Patterns lowered to automata against RE2.
#include <catch2/catch.hpp>

#include <array>
#include <cstring>
#include <set>

#include "base/limits.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "request/operation.h"
#include "schema/lower.h"
#include "schema/operation_file.h"
#include "base/pattern_automaton.h"
#include "schema/schema_set.h"
#include "schema/shape_check.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::Json;
using testing::Random;

void collect_patterns(const Json& json, std::set<std::string>& patterns) {
  if (json.is_array())
    for (const Json& item : json) collect_patterns(item, patterns);
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    if (key == "pattern" && value.is_string()) patterns.insert(value.get<std::string>());
    collect_patterns(value, patterns);
  }
}

std::set<std::string> schema_patterns() {
  std::set<std::string> patterns;
  for (const OperationInfo& operation : built_in_operations().operations)
    collect_patterns(testing::read_checkout_json("schemas/" + std::string(operation.name) + ".json"), patterns);
  return patterns;
}

// Texts that patterns may match: good ones of the model's, whatever the tables say about times.
std::vector<std::string> seeds() {
  std::vector<std::string> texts = {"",
                                    "a",
                                    "accounts",
                                    "Account__c",
                                    "s3-bucket.name",
                                    "DomainName-1_x",
                                    "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                                    "arn:aws:iam::123456789012:role/service-role/x",
                                    "0123456789abcdef0123456789abcdef",
                                    "aws:reserved",
                                    "team:crm/eu",
                                    "profile@home.example!#+=",
                                    "line\nbreak",
                                    "a\r\nb\t\f\v ",
                                    "é€𝄞",
                                    std::string("a\0b", 3),
                                    "\x7F",
                                    std::string(5000, 'a'),
                                    std::string(300, '9') + "!",
                                    "arn:aws:kms:" + std::string(3000, ':') + "1:",
                                    "\\d[a-z]+$^(x|y)?{1}.*",
                                    "ab",
                                    "abbcc",
                                    "cd",
                                    "aaa",
                                    "abab",
                                    "abcd",
                                    "^$",
                                    "x-y_z@!#",
                                    "us-east-1"};
  for (const Json& row : testing::read_checkout_json("tests/schemas/timestamps.json"))
    texts.push_back(row.at("text").get<std::string>());
  return texts;
}

// One change at a code point's boundary, so that the text stays UTF-8.
std::string mutate(std::string text, std::string_view alphabet, Random& random) {
  static const std::vector<std::string> kBeyond = {"é", "\xC2\x80", "€", "𝄞", "\xED\x9F\xBF", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\n"};
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); i += utf8_sequence_bytes(std::string_view(text).substr(i))) starts.push_back(i);
  starts.push_back(text.size());
  const std::size_t at = random.pick(starts);
  const std::size_t length = utf8_sequence_bytes(std::string_view(text).substr(at));
  const std::string piece = random.one_in(8) ? random.pick(kBeyond) : std::string(1, random.pick(alphabet));
  switch (random.below(4)) {
    case 0: return text.erase(at, length);
    case 1: return text.replace(at, length, piece);
    case 2: return text.insert(at, piece);
    default: return text.substr(0, at);
  }
}

void compare(const std::string& pattern, const PatternAutomaton& automaton, Random& random, std::size_t count) {
  const auto regex = Pattern::compile(pattern);
  REQUIRE(regex.ok());
  // What the pattern is made of, and what it is not.
  std::string alphabet = pattern + "aZ09_-:/.! ~\t";
  std::erase_if(alphabet, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  // The pattern itself, taken for plain text, is near to what it matches.
  std::vector<std::string> texts = seeds();
  std::string plain = pattern.substr(pattern.starts_with('^') ? 1 : 0);
  if (plain.ends_with('$') && !plain.ends_with("\\$")) plain.pop_back();
  std::erase(plain, '\\');
  texts.push_back(plain);
  // Its letters beyond ASCII, since the changes bring none.
  std::string letters = pattern;
  std::erase_if(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  texts.insert(texts.end(), {letters, letters + letters});
  std::size_t matched = 0;
  std::size_t failures = 0;
  const auto check = [&](const std::string& text) {
    const bool expected = regex.value().found_in(text);
    matched += expected ? 1 : 0;
    if (automaton.found_in(text) != expected && ++failures <= 5)
      FAIL_CHECK(pattern << (expected ? " matches " : " does not match ") << testing::shown(text));
    return expected;
  };
  for (const std::string& text : texts) check(text);
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    if (random.one_in(3)) {
      for (std::size_t n = random.below(40); n > 0; --n) text += random.pick(alphabet);
    } else {
      const std::string& seed = random.pick(texts);
      text = seed;
      for (std::size_t n = 1 + random.below(3); n > 0; --n) text = mutate(std::move(text), alphabet, random);
    }
    // What matches is worth more changes.
    if (check(text) && texts.size() < 2000 && text.size() < 200) texts.push_back(text);
  }
  INFO(pattern);
  CHECK(matched > 0);
}

TEST_CASE("every pattern of the schemas says what RE2 says") {
  const std::set<std::string> patterns = schema_patterns();
  CHECK(patterns.size() >= 13);
  Random random(1);
  for (const std::string& pattern : patterns) {
    INFO(pattern);
    const auto automaton = make_automaton(pattern);
    REQUIRE(automaton.has_value());
    CHECK(automaton->state_count <= kPatternStatesMax);
    compare(pattern, *automaton, random, 1500);
  }
}

TEST_CASE("other patterns say what RE2 says") {
  static const std::vector<std::string> patterns = {
      "", "a", "^a", "a$", "^a$", "^$", "ab|cd", "^(ab|cd)$", "^(?:ab|cd)+$", "^(a|b|)$", "(a(b(c)))", "^a?b*c+$", "^(a?)*$", "^()$", "()*",
      "^a{3}$", "^a{2,4}$", "^a{2,}$", "^a{0,2}$", "^(ab){1,3}$", "^(a{1,2}){2}$", "^(a|ab)(c|bcd)$", "^[0-9]{1,3}(\\.[0-9]+)?$",
      "[abc]", "^[^abc]$", "^[a-c-]+$", "^[-a]+$", "^[]a]+$", "^[^]a]+$", "^[a\\]b]+$", "^[\\w-]+$", "^[.$^]+$", "^[+-=]+$", "^[\\W]+$",
      "^[^\\W]+$", "^[^\\s]+$", "^[^\\n]+$", "^[\\d\\s]+$", "^\\w+$", "^\\W+$", "^\\d+$", "^\\D+$", "^\\s+$", "^\\S+$", "\\.", "\\\\", "^\\^\\$$", "\\n",
      "\\t|\\r", "^a\\$", "^.$", "^..$", ".*", ".+", "^.*$", "^.{1,3}$", "^a.*b$", "a.*b", "aa", "aab", "aaba", "(a|b)*abb", "x-y_z@!#", "^a|b", "a|b$", "^a|^b",
      "^(a|b$)", "/", "\\/", "\\-", "^[\\-\\.]+$", "^[a-z]{2}-[a-z]+-[0-9]$", "~", "\\x41", "^\\pL+$", "(?i)abc", "^[[:alpha:]]+$", "a*?b", "a+?", "a??b", "\\bfoo\\b", "é",
      "^é+$", "^(caf)?é{2,3}$", "^[^a]é|\U0001d11e$", "^€.$", "\\x{41}", "^\\x{9}+$", "^a\\x{7f}?b$", "[\\x{3a}]", "[\\x{9}-\\r]", "^[^\\x{9}-\\r]+$", "^[\\t-\\x{20}]+$", "^[^\\x{0}-\\x{1f}]+$",
      "^[!-\\/]+$", "^[\\+-\\=]+$", "^[\\*-\\-a]+$", "[é]", "[a-é]", "\\x{e9}", "\\p{L}", "^\\P{L}$",
      "\\Aa", "a\\z", "a\\\\$", "^a^b", "a$b", "(^a)", "(a$)", "a{,2}", "a{", "x{2}{3}"};
  // These have no automaton, because the builder does not take all that RE2 takes; they run on RE2 itself.
  static const std::set<std::string> without = {"^a|b",  "a|b$",     "^a|^b", "^(a|b$)",     "\\x41",     "^\\pL+$", "(?i)abc", "^[[:alpha:]]+$",
                                                "a*?b",  "a+?",      "a??b",  "\\bfoo\\b",  "[é]",       "[a-é]",   "\\x{e9}", "\\p{L}",
                                                "\\Aa",  "a\\z",     "^a^b",  "a\\\\$",      "a$b",       "(^a)",    "(a$)",    "a{,2}",
                                                "a{",    "x{2}{3}",  "^\\P{L}$", "^[^a]é|\U0001d11e$"};
  Random random(2);
  for (const std::string& pattern : patterns) {
    INFO(pattern);
    const auto automaton = make_automaton(pattern);
    CHECK(automaton.has_value() != without.contains(pattern));
    if (automaton) compare(pattern, *automaton, random, 400);
  }
}

TEST_CASE("all short texts over a small alphabet") {
  static constexpr std::array kPatterns = {"^(a|b)*abb$", "a(b|)a", "^a{1,2}b{0,1}$", "ab|ba", "^[^a]b?$", "aba", "^(a?b?){2}$", "^(aa|aab)(a|b)*$", "b.b"};
  for (const char* pattern : kPatterns) {
    const auto automaton = make_automaton(pattern);
    const auto regex = Pattern::compile(pattern);
    REQUIRE(automaton.has_value());
    REQUIRE(regex.ok());
    std::vector<std::string> texts = {""};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string text = texts[i];
      if (automaton->found_in(text) != regex.value().found_in(text)) FAIL_CHECK(pattern << " " << text);
      if (text.size() == 6) continue;
      for (const char* piece : {"a", "b", "\n"}) texts.push_back(text + piece);
    }
  }
}

TEST_CASE("patterns without an automaton") {
  // What RE2 refuses, too, and what would be too large.
  const std::vector<std::string> patterns = {"(", ")", "[", "[a", "[^", "a)", "(a", "*", "+a", "?", "a**", "\\", "\\1", "(?!a)", "(?=a)", "(?<n>a)", "(?P<n>a)", "[b-a]", "a{2,1}",
                                             "a{1001}", "a{0}", "a{}", "a{x}", "a{1", "[a-\\d]", "[\\d-a]", "[[:alpha:]]", "\\Q", "\\é", "\\x", "\\x{", "\\x{}", "\\x{g}", "\\x{41",
                                             "\\x{110000}", "[\\x{41}-\\d]", "[\\r-\\t]", "[a-\\", "\xC3", "a\xE9", std::string("a\0b", 3), std::string(25, '(') + std::string(25, ')'),
                                             "^[ab]*a[ab]{9}$", "^a{300}$", "^([ab]{1,30}c){1,30}$"};
  for (const std::string& pattern : patterns) {
    INFO(testing::shown(pattern));
    CHECK_FALSE(make_automaton(pattern).has_value());
  }
}

TEST_CASE("the limit of states has two sides") {
  const auto counted = [](int count) { return make_automaton("^a{" + std::to_string(count) + "}$"); };
  const auto most = static_cast<int>(kPatternStatesMax) - 1;  // And the start.
  REQUIRE(counted(most).has_value());
  CHECK(counted(most)->state_count == kPatternStatesMax);
  CHECK(counted(most)->found_in(std::string(static_cast<std::size_t>(most), 'a')));
  CHECK_FALSE(counted(most)->found_in(std::string(static_cast<std::size_t>(most) - 1, 'a')));
  CHECK_FALSE(counted(most + 1).has_value());
}

// --- matches(): the embedded automata, and RE2 where there is none ------------

TEST_CASE("the embedded patterns say what RE2 says") {
  const SchemaSet& schemas = built_in_schemas();
  RegexCache regexes;
  Random random(3);
  const std::vector<std::string> texts = seeds();
  REQUIRE_FALSE(schemas.patterns.empty());
  for (std::uint16_t i = 0; i < schemas.patterns.size(); ++i) {
    const std::string pattern(schemas.pattern_text(schemas.patterns[i]));
    const auto regex = Pattern::compile(pattern);
    REQUIRE(regex.ok());
    for (int n = 0; n < 1000; ++n) {
      const std::string text = mutate(random.pick(texts), "aZ0_-:.! ", random);
      if (matches(schemas, i, text, regexes) != regex.value().found_in(text)) FAIL_CHECK(pattern << " " << testing::shown(text));
    }
  }
}

TEST_CASE("the embedded tables are those of the checkout's schemas") {
  const std::string directory = std::string(CONNECT_LINT_SOURCE_DIR) + "/schemas";
  const auto sources = load_schema_sources(directory, built_in_operations());
  REQUIRE(sources.ok());
  const auto tables = lower_schemas(sources.value(), built_in_operations());
  REQUIRE(tables.ok());
  const SchemaSet loaded = tables.value().set();
  const SchemaSet& embedded = built_in_schemas();
  const auto equal = [](const auto& a, const auto& b) {
    return a.size_bytes() == b.size_bytes() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
  };
  CHECK(loaded.shapes.size() == embedded.shapes.size());
  CHECK(loaded.objects.size() == embedded.objects.size());
  CHECK(loaded.properties.size() == embedded.properties.size());
  CHECK(equal(loaded.property_of_key, embedded.property_of_key));
  CHECK(equal(loaded.enum_values, embedded.enum_values));
  CHECK(equal(loaded.pattern_bytes, embedded.pattern_bytes));
  CHECK(loaded.pattern_texts == embedded.pattern_texts);
  CHECK(std::equal(loaded.shape_names.begin(), loaded.shape_names.end(), embedded.shape_names.begin(), embedded.shape_names.end()));
  CHECK(std::equal(loaded.shape_descriptions.begin(), loaded.shape_descriptions.end(), embedded.shape_descriptions.begin(), embedded.shape_descriptions.end()));
  REQUIRE(loaded.keys.size() == embedded.keys.size());
  for (KeyId id = 1; id < loaded.keys.size(); ++id) CHECK(loaded.keys.name(id) == embedded.keys.name(id));
}

}  // namespace
}  // namespace connect_lint
