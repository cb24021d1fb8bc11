// lower, before, after, starts_with, parts, has_part, number.
#include "functions_support.h"

namespace connect_lint {
namespace {

using testing::check_tests;
using testing::check_values;
using testing::Subject;

constexpr std::string_view kJson =
    R"({"text":"Abc-Def-ghi","wide":"ÄÖé-Ünï","escaped":"a\u002dB\n","empty":"","number":12,"real":-1.50,"nil":null,"flag":true,)"
    R"("list":["a"],"object":{"a":1},"u":"secret","nul":"a\u0000b-c"})";

TEST_CASE("texts are cut and compared") {
  Subject subject(kJson);
  subject.make_unknown("$.u");
  check_values(subject, {
                            {"lower($.text)", "'abc-def-ghi'"},
                            {"lower('abc')", "'abc'"},
                            {"lower($.wide)", "'ÄÖé-Ünï'"},
                            {"lower($.escaped)", "'a-b\n'"},
                            {"lower('')", "''"},
                            {"lower($.number)", "nothing"},
                            {"lower($.list)", "nothing"},
                            {"lower($.nil)", "nothing"},
                            {"lower($.absent)", "nothing"},
                            {"lower($.u)", "unknown"},
                            {"before($.text, '-')", "'Abc'"},
                            {"after($.text, '-')", "'Def-ghi'"},
                            {"before($.text, '-Def-')", "'Abc'"},
                            {"after($.text, 'ghi')", "''"},
                            {"before($.text, 'Abc')", "''"},
                            {"before($.text, '/')", "nothing"},
                            {"after($.text, '/')", "nothing"},
                            {"before($.wide, '-')", "'ÄÖé'"},
                            {"after($.wide, 'é-')", "'Ünï'"},
                            {"after($.escaped, '-')", "'B\n'"},
                            {"after($.nul, '-')", "'c'"},
                            {"before($.text, $.empty)", "nothing"},
                            {"after($.text, $.empty)", "nothing"},
                            {"before('', 'a')", "nothing"},
                            {"before($.number, '1')", "nothing"},
                            {"before($.text, $.number)", "nothing"},
                            {"after($.absent, '-')", "nothing"},
                            {"before($.u, '-')", "unknown"},
                            {"after($.text, $.u)", "unknown"},
                            {"parts($.text, '-')", "3"},
                            {"parts($.text, ',')", "1"},
                            {"parts('', ',')", "0"},
                            {"parts(',', ',')", "2"},
                            {"parts('a,,b,', ',')", "4"},
                            {"parts('aaaa', 'aa')", "3"},
                            {"parts('aaa', 'aa')", "2"},
                            {"parts($.text, $.text)", "2"},
                            {"parts($.text, $.empty)", "nothing"},
                            {"parts($.list, ',')", "nothing"},
                            {"parts($.absent, ',')", "nothing"},
                            {"parts($.u, ',')", "unknown"},
                            {"number('12')", "12"},
                            {"number('-1.50')", "-1.500000"},
                            {"number('1e2')", "100.000000"},
                            {"number('012')", "12"},
                            {"number('+5')", "5"},
                            {"number('+-5')", "nothing"},
                            {"number('9223372036854775807')", "9223372036854775807"},
                            {"number('')", "nothing"},
                            {"number(' 1')", "nothing"},
                            {"number('1 ')", "nothing"},
                            {"number('0x10')", "nothing"},
                            {"number('inf')", "nothing"},
                            {"number('nan')", "nothing"},
                            {"number('1,5')", "nothing"},
                            {"number('twelve')", "nothing"},
                            {"number($.number)", "12"},
                            {"number($.real)", "-1.500000"},
                            {"number($.flag)", "nothing"},
                            {"number($.nil)", "nothing"},
                            {"number($.object)", "nothing"},
                            {"number($.absent)", "nothing"},
                            {"number($.u)", "unknown"},
                        });
  check_tests(subject, {
                           {"starts_with($.text, 'Abc')", "true"},
                           {"starts_with($.text, 'abc')", "false"},
                           {"starts_with($.text, $.text)", "true"},
                           {"starts_with($.text, $.empty)", "true"},
                           {"starts_with('', $.empty)", "true"},
                           {"starts_with('', 'a')", "false"},
                           {"starts_with($.wide, 'ÄÖ')", "true"},
                           {"starts_with($.escaped, 'a-')", "true"},
                           {"starts_with($.number, '1')", "false"},
                           {"starts_with($.absent, '1')", "false"},
                           {"starts_with($.u, '1')", "unknown"},
                           {"!starts_with($.u, '1')", "unknown"},
                           {"has_part('a,b,c', ',', 'b')", "true"},
                           {"has_part('a,b,c', ',', 'a')", "true"},
                           {"has_part('a,b,c', ',', 'c')", "true"},
                           {"has_part('a,b,c', ',', 'B')", "false"},
                           {"has_part('a,bb,c', ',', 'b')", "false"},
                           {"has_part('a, b', ',', 'b')", "false"},
                           {"has_part('a,', ',', '')", "true"},
                           {"has_part('', ',', '')", "false"},
                           {"has_part('a', ',', 'a')", "true"},
                           {"has_part('a', $.empty, 'a')", "false"},
                           {"has_part('12', ',', 12)", "false"},
                           {"has_part($.wide, '-', 'Ünï')", "true"},
                           {"has_part($.list, ',', 'a')", "false"},
                           {"has_part($.absent, ',', 'a')", "false"},
                           {"has_part($.u, ',', 'a')", "unknown"},
                           {"has_part('a', ',', $.u)", "unknown"},
                       });
}

TEST_CASE("literals that no text function can take") {
  Subject subject("{}");
  check_values(subject, {{"before($.a, '')", "error: the separator is empty"},
                         {"after($.a, 1)", "error: the separator is a text"},
                         {"parts($.a, null)", "error: the separator is a text"},
                         {"before($.a, $.b)", "nothing"}});
  check_tests(subject, {{"has_part($.a, '', 'b')", "error: the separator is empty"},
                        {"starts_with($.a, '')", "error: the prefix is empty"},
                        {"starts_with($.a, true)", "error: the prefix is a text"}});
}

TEST_CASE("long texts cost, and long separators cost more") {
  const std::string wide(1'000'000, 'a');
  Subject subject("[\"" + wide + "\",\"" + std::string(2'000, 'a') + "b\",\"" + std::string(300, 'A') + "\"]");
  CHECK(subject.value("lower($[2])", all_functions()) == "'" + std::string(300, 'a') + "'");
  CHECK(subject.value("before($[0], 'b')", all_functions()) == "nothing");
  CHECK(kQueryWorkMax - subject.evaluator.budget() > 60'000);
  CHECK(kQueryWorkMax - subject.evaluator.budget() < 70'000);
  subject.evaluator.set_budget(1'000'000);
  CHECK(subject.value("before($[0], $[1])", all_functions()) == "unknown");
  CHECK(subject.evaluator.exhausted());
}

}  // namespace
}  // namespace connect_lint
