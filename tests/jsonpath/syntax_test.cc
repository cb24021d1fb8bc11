// What is a query and what is none: the grammar of RFC 9535, rule by rule, and
// what is said about the rest.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "support.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;
using testing::example_functions;
using testing::parse_error;
using testing::Subject;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("what the grammar produces") {
  const std::vector<std::string> queries = {
      // 2.1 and 2.2: the root and segments with blanks before them.
      "$", "$.a", "$ .a", "$\t.a", "$\n.a", "$\r.a", "$ \t\n\r .a", "$ [0]", "$ ..a", "$.a .b", "$.a ['b']", "$['a'] .b",
      "$ ['a'] [0] ..*",
      // 2.5.1: child segments.
      "$.*", "$.a.b", "$._", "$._a1", "$.A", "$.\u00e9", "$.\u65e5\u672c", "$.\U0001F600", "$.\u0080",
      "$.a\u00e9b", "$.a0", "$.true", "$.null", "$[*]", "$[ * ]", "$['a']", "$[ 'a' ]", "$['a','b']",
      "$['a' ,'b']", "$['a', 'b']", "$[\t'a'\n,\r'b' ]", "$[0,0]", "$[0,1:2,'a',*,?@]", "$[?@,?@]",
      // 2.5.2: descendant segments.
      "$..a", "$..*", "$..[0]", "$..[*]", "$..[ * ]", "$..['a']", "$..['a',0]", "$..[?@]", "$..\u00e9", "$..a..b", "$ ..[ ?@.a ]",
      // 2.3.1: names in quotes.
      R"($[''])", R"($[""])", R"($['\''])", R"($["\""])", R"($['"'])", R"($["'"])", R"($['\b\f\n\r\t\/\\'])",
      R"($["\b\f\n\r\t\/\\"])", R"($['\u0061'])", R"($['\u0000'])", R"($['\uD7FF\uE000\uFFFF'])", R"($['\ud83d\ude00'])",
      R"($['\uD83D\uDE00'])", R"($['\uabCD'])", "$['\x7f']", "$['\u00e9\U0001F600']", "$[' ']", "$['$.a[0]']",
      // 2.3.3 and 2.3.4: indices and slices.
      "$[0]", "$[1]", "$[-1]", "$[10]", "$[9007199254740991]", "$[-9007199254740991]", "$[:]", "$[::]", "$[1:]", "$[:1]",
      "$[1:2]", "$[1:2:3]", "$[::3]", "$[1::3]", "$[:2:3]", "$[-1:-2:-3]", "$[1:2:]", "$[ 1 : 2 : 3 ]", "$[1 :2]", "$[1: 2]",
      "$[1\t:\n2\r: 3]", "$[ : ]", "$[: :]", "$[:: 2]", "$[: :2]", "$[0:0:0]", "$[9007199254740991:9007199254740991:9007199254740991]",
      "$[1:2,3]", "$[1 : , 3]",
      // 2.3.5: filters.
      "$[?@]", "$[?@.a]", "$[? @.a]", "$[?\n@.a]", "$[?$]", "$[?$.a]", "$[?@['a']]", "$[?@[0]]", "$[?@.*]", "$[?@..a]",
      "$[?@[ 'a' , 'b' ]]", "$[?@ .a]", "$[?@ ['a']]", "$[?!@]", "$[?! @.a]", "$[?(@.a)]", "$[?( @.a )]", "$[?!(@.a)]",
      "$[?! (@.a)]", "$[?((@.a))]", "$[?!(!(@.a))]", "$[?@.a&&@.b]", "$[?@.a && @.b]", "$[?@.a||@.b]", "$[?@.a || @.b && @.c]",
      "$[?@.a\n||\t@.b]", "$[?(@.a || @.b) && @.c]", "$[?!@.a && !@.b]", "$[?@[?@.a]]", "$[?@[?@[?@]]]", "$[?@.a==1 , 'b']",
      "$[?@.a==1]", "$[?@.a == 1]", "$[?@.a!=1]", "$[?@.a<1]", "$[?@.a<=1]", "$[?@.a>1]", "$[?@.a>=1]", "$[?1==@.a]", "$[?1==1]",
      "$[?@==@]", "$[?@==$]", "$[?@.a==$.b]", "$[?@['a']==@[0]]", "$[?@ .a [0] == 1]", "$[?(@.a==1)]", "$[?!(@.a==1)]",
      "$[?'a'=='b']", R"($[?"a"=='\''])", "$[?@==true]", "$[?@==false]", "$[?@==null]", "$[?true==null]", "$[?@.a==1&&@.b==2]",
      "$[?@==0]", "$[?@==-0]", "$[?@==-0.0]", "$[?@==-1]", "$[?@==10]", "$[?@==1.0]", "$[?@==0.5]", "$[?@==1.50]", "$[?@==1e1]",
      "$[?@==1E1]", "$[?@==1e+1]", "$[?@==1e-1]", "$[?@==1e01]", "$[?@==1.5e10]", "$[?@==-0e0]", "$[?@==0e1]",
      "$[?@==99999999999999999999999]", "$[?@==1e1000]",
      // 2.4: calls.
      "$[?length(@)==1]", "$[?length( @ ) == 1]", "$[?length(\n@\t)==1]", "$[?length(@.a)==1]", "$[?length(@['a'][0])==1]",
      "$[?length('a')==1]", "$[?length(1)==1]", "$[?length(null)==1]", "$[?length(value(@.*))==1]", "$[?count(@)==1]",
      "$[?count(@.*)==1]", "$[?count(@..*)==1]", "$[?count($)==1]", "$[?count(@[ 'a' ])==1]", "$[?match(@.a,'a')]",
      "$[?match(@.a , 'a')]", "$[?!match(@.a,'a')]", "$[?match(@.a,@.b)]", "$[?match('a','a')]", "$[?search(@.a,'a')]",
      "$[?match(@.a,'(')]", "$[?match(@.a, 1)]", "$[?value(@.*)==1]", "$[?value(@..a)==value(@..b)]", "$[?length(@)==length($)]",
      "$[?count(@[?length(@)>1])>1]", "$[?length(length(@))==1]", "$[?(match(@.a,'a'))]", "$[?match(@.a,'a')&&@.b]"};
  for (const std::string& query : queries) {
    CAPTURE(query);
    CHECK(parse_error(query) == "ok");
  }
}

struct Mistake {
  std::string query;
  std::uint32_t begin;
  std::uint32_t end;
  std::string words;  // Some of the message.
};

void check(const std::vector<Mistake>& rows, FunctionTable functions = standard_functions()) {
  for (const Mistake& row : rows) {
    CAPTURE(row.query);
    const std::string error = parse_error(row.query, functions);
    CHECK_THAT(error, Catch::StartsWith(std::to_string(row.begin) + "-" + std::to_string(row.end) + ": "));
    CHECK_THAT(error, Catch::Contains(row.words));
    CHECK_THAT(error, !Catch::EndsWith("."));
  }
}

TEST_CASE("what begins or ends wrongly") {
  check({{"", 0, 0, "empty query"},
         {" ", 0, 1, "begins with `$`"},
         {" $", 0, 1, "begins with `$`"},
         {"a", 0, 1, "begins with `$`, not `a`"},
         {"@.a", 0, 1, "begins with `$`"},
         {".a", 0, 1, "begins with `$`"},
         {"\u00e9", 0, 2, "begins with `$`"},
         {"$ ", 1, 2, "a blank after the end"},
         {"$\n", 1, 2, "a blank after the end"},
         {"$.a ", 3, 4, "a blank after the end"},
         {"$['a'] ", 6, 7, "a blank after the end"},
         {"$$", 1, 2, "`$` was not expected"},
         {"$a", 1, 2, "`a` was not expected"},
         {"$'a'", 1, 2, "not expected"},
         {"$0", 1, 2, "not expected"},
         {"$*", 1, 2, "not expected"},
         {"$ a", 2, 3, "`a` was not expected"},
         {"$&.a", 1, 2, "not expected"},
         {"$.a]", 3, 4, "not expected"},
         {"$['a']]", 6, 7, "not expected"},
         {"$[0])", 4, 5, "not expected"},
         {"$==1", 1, 2, "not expected"},
         {"$.a==1", 3, 4, "not expected"},
         {"\xEF\xBB\xBF$", 0, 3, "begins with `$`"},
         {"$.\xFF", 2, 3, "no UTF-8"},
         {"$['\xC3']", 3, 4, "no UTF-8"},
         {"$['\xED\xA0\x80']", 3, 4, "no UTF-8"},
         {"$\0"s, 1, 2, "not expected"},
         {"$.a\0"s, 3, 4, "not expected"}});
}

TEST_CASE("segments that are none") {
  check({{"$.", 1, 2, "nothing follows `.`"},
         {"$..", 1, 3, "nothing follows `..`"},
         {"$.a.", 3, 4, "nothing follows"},
         {"$. a", 2, 3, "a blank after `.`"},
         {"$.\na", 2, 3, "a blank after `.`"},
         {"$. *", 2, 3, "a blank after `.`"},
         {"$.. a", 3, 4, "a blank after `..`"},
         {"$..\t[0]", 3, 4, "a blank after `..`"},
         {"$.. *", 3, 4, "a blank after `..`"},
         {"$. .a", 2, 3, "a blank after `.`"},
         {"$...a", 1, 4, "`...`"},
         {"$.['a']", 1, 3, "not before `[`"},
         {"$.[0]", 1, 3, "not before `[`"},
         {"$.[*]", 1, 3, "not before `[`"},
         {"$.1", 2, 3, "digit"},
         {"$.1a", 2, 3, "digit"},
         {"$..1", 3, 4, "digit"},
         {"$.-1", 2, 3, "cannot follow"},
         {"$.'a'", 2, 3, "quotes stands in brackets"},
         {"$.\"a\"", 2, 3, "quotes stands in brackets"},
         {"$..'a'", 3, 4, "quotes stands in brackets"},
         {"$.&", 2, 3, "`&` cannot follow"},
         {"$.$", 2, 3, "cannot follow"},
         {"$.?@.a", 2, 3, "cannot follow"},
         {"$.a-b", 3, 4, "`-` was not expected"},
         {"$.a b", 4, 5, "`b` was not expected"},
         {"$.**", 3, 4, "not expected"},
         {"$.a*", 3, 4, "not expected"},
         {"$..a*", 4, 5, "not expected"},
         {"$.a()", 3, 4, "not expected"},
         {"$..**", 4, 5, "not expected"}});
}

TEST_CASE("brackets that hold no selectors") {
  check({{"$[]", 2, 3, "a selector is missing"},
         {"$[ ]", 3, 4, "a selector is missing"},
         {"$..[]", 4, 5, "a selector is missing"},
         {"$[", 2, 2, "a selector is missing"},
         {"$[0", 1, 2, "`[` is not closed"},
         {"$['a'", 1, 2, "`[` is not closed"},
         {"$[*", 1, 2, "`[` is not closed"},
         {"$[?@.a", 1, 2, "`[` is not closed"},
         {"$[0,", 4, 4, "a selector is missing"},
         {"$[0,]", 4, 5, "a selector is missing"},
         {"$[,0]", 2, 3, "`,` begins no selector"},
         {"$[0,,1]", 4, 5, "`,` begins no selector"},
         {"$[0 1]", 4, 5, "`1` was not expected here; `,` or `]`"},
         {"$['a' 'b']", 6, 7, "not expected"},
         {"$['a'.b]", 5, 6, "not expected"},
         {"$[a]", 2, 3, "in quotes: `['a']`"},
         {"$[a.b]", 2, 3, "in quotes"},
         {"$[true]", 2, 6, "in quotes: `['true']`"},
         {"$[\u00e9]", 2, 4, "in quotes"},
         {"$[**]", 3, 4, "not expected"},
         {"$[$]", 2, 3, "begins no selector"},
         {"$[$.a]", 2, 3, "begins no selector"},
         {"$[@.a]", 2, 3, "a filter begins with `?`"},
         {"$[(@.length-1)]", 2, 3, "a filter begins with `?`"},
         {"$[.a]", 2, 3, "begins no selector"},
         {"$[!@.a]", 2, 3, "begins no selector"},
         {"$[[0]]", 2, 3, "begins no selector"},
         {"$['a'][", 7, 7, "a selector is missing"}});
}

TEST_CASE("strings that are none") {
  check({{"$['a]", 2, 5, "the string is not closed"},
         {"$[\"a]", 2, 5, "the string is not closed"},
         {"$['a\"]", 2, 6, "the string is not closed"},
         {"$[']", 2, 4, "the string is not closed"},
         {R"($['\'])", 2, 6, "the string is not closed"},
         {R"($['\"'])", 3, 5, "the other kind"},
         {R"($["\'"])", 3, 5, "the other kind"},
         {R"($['\a'])", 3, 5, "`\\a` is no escape"},
         {R"($['\0'])", 3, 5, "no escape"},
         {R"($['\x41'])", 3, 5, "no escape"},
         {R"($['\U0041'])", 3, 5, "no escape"},
         {R"($['\v'])", 3, 5, "no escape"},
         {R"($['\$'])", 3, 5, "no escape"},
         {R"($['\ '])", 3, 5, "no escape"},
         {"$['\\\u00e9']", 3, 6, "no escape"},
         {"$['\\\n']", 3, 5, "no escape"},
         {R"($['\u'])", 3, 5, "four hexadecimal digits"},
         {R"($['\u004'])", 3, 8, "four hexadecimal digits"},
         {R"($['\u00g0'])", 3, 7, "four hexadecimal digits"},
         {R"($['\u+041'])", 3, 5, "four hexadecimal digits"},
         {R"($['\uD800'])", 3, 9, "half of a surrogate pair"},
         {R"($['\uDC00'])", 3, 9, "half of a surrogate pair"},
         {R"($['\uD800a'])", 3, 9, "half of a surrogate pair"},
         {R"($['\uD800\n'])", 3, 9, "half of a surrogate pair"},
         {R"($['\uD800\u0041'])", 3, 15, "half of a surrogate pair"},
         {R"($['\uD800\uD800'])", 3, 15, "half of a surrogate pair"},
         {R"($['\uDC00\uD800'])", 3, 9, "half of a surrogate pair"},
         {R"($['\uD800\u12'])", 3, 13, "half of a surrogate pair"},
         {"$['a\nb']", 4, 5, "control character"},
         {"$['a\tb']", 4, 5, "control character"},
         {"$['\x1f']", 3, 4, "control character `\\u{001F}`"},
         {"$['\0']"s, 3, 4, "control character"},
         {"$[\"\x01\"]", 3, 4, "control character"},
         {"$[?@=='\n']", 7, 8, "control character"}});
}

TEST_CASE("indices and slices that are none") {
  check({{"$[01]", 2, 4, "no leading zeros"},
         {"$[00]", 2, 4, "no leading zeros"},
         {"$[-01]", 2, 5, "no leading zeros"},
         {"$[-0]", 2, 4, "`-0` is no index"},
         {"$[-]", 3, 4, "a digit is missing"},
         {"$[- 1]", 3, 4, "a digit is missing"},
         {"$[--1]", 3, 4, "a digit is missing"},
         {"$[+1]", 2, 3, "begins no selector"},
         {"$[1.0]", 3, 4, "not expected"},
         {"$[1e1]", 3, 4, "not expected"},
         {"$[.5]", 2, 3, "begins no selector"},
         {"$[1a]", 3, 4, "not expected"},
         {"$[0x1]", 3, 4, "not expected"},
         {"$[9007199254740992]", 2, 18, "2^53 - 1"},
         {"$[-9007199254740992]", 2, 19, "2^53 - 1"},
         {"$[99999999999999999999999999]", 2, 28, "2^53 - 1"},
         {"$[9007199254740992:]", 2, 18, "2^53 - 1"},
         {"$[:9007199254740992]", 3, 19, "2^53 - 1"},
         {"$[::9007199254740992]", 4, 20, "2^53 - 1"},
         {"$[::-9007199254740992]", 4, 21, "2^53 - 1"},
         {"$[01:1]", 2, 4, "no leading zeros"},
         {"$[1:01]", 4, 6, "no leading zeros"},
         {"$[1:2:01]", 6, 8, "no leading zeros"},
         {"$[-0:]", 2, 4, "`-0`"},
         {"$[:-0]", 3, 5, "`-0`"},
         {"$[::-0]", 4, 6, "`-0`"},
         {"$[1:2:3:4]", 7, 8, "not expected"},
         {"$[:::]", 4, 5, "not expected"},
         {"$[1:a]", 4, 5, "not expected"},
         {"$[1:'a']", 4, 5, "not expected"},
         {"$[1 2:]", 4, 5, "not expected"},
         {"$['a':]", 5, 6, "not expected"},
         {"$[1:2.0]", 5, 6, "not expected"},
         {"$[*:1]", 3, 4, "not expected"}});
}

TEST_CASE("filters that are none") {
  check({{"$[?]", 3, 4, "where a query, a literal or a call should be"},
         {"$[?", 3, 3, "ends where a value should be"},
         {"$[? ]", 4, 5, "where a query"},
         {"$?@.a", 1, 2, "not expected"},
         {"$[?@.a=1]", 6, 7, "write `==`"},
         {"$[?@.a===1]", 8, 9, "where a query"},
         {"$[?@.a!==1]", 8, 9, "where a query"},
         {"$[?@.a=!1]", 6, 7, "write `==`"},
         {"$[?@.a=~1]", 6, 7, "write `==`"},
         {"$[?@.a<>1]", 7, 8, "where a query"},
         {"$[?@.a = = 1]", 7, 8, "write `==`"},
         {"$[?@.a> =1]", 8, 9, "where a query"},
         {"$[?@.a==]", 8, 9, "where a query"},
         {"$[?==1]", 3, 4, "where a query"},
         {"$[?@.a==1==1]", 9, 11, "two sides"},
         {"$[?1<@.a<3]", 8, 9, "two sides"},
         {"$[?@.a&@.b]", 6, 7, "write `&&`"},
         {"$[?@.a|@.b]", 6, 7, "write `||`"},
         {"$[?@.a& &@.b]", 6, 7, "write `&&`"},
         {"$[?@.a&&]", 8, 9, "where a query"},
         {"$[?&&@.a]", 3, 4, "where a query"},
         {"$[?@.a and @.b]", 7, 8, "an operator, `,` or `]`"},
         {"$[?@.a @.b]", 7, 8, "not expected"},
         {"$[?@.a in [1]]", 7, 8, "not expected"},
         {"$[?not @.a]", 3, 6, "`not` is no literal"},
         {"$[?(@.a]", 7, 8, "an operator or `)`"},
         {"$[?(@.a", 3, 4, "`(` is not closed"},
         {"$[?@.a)]", 6, 7, "not expected"},
         {"$[?()]", 4, 5, "where a query"},
         {"$[?!]", 4, 5, "where a query"},
         {"$[?!!@.a]", 4, 5, "`!` twice"},
         {"$[?! !@.a]", 5, 6, "`!` twice"},
         {"$[?!@.a==1]", 7, 9, "put the comparison in parentheses"},
         {"$[?!1==1]", 5, 7, "put the comparison in parentheses"},
         {"$[?!length(@)==1]", 13, 15, "put the comparison in parentheses"},
         {"$[?(@.a)==1]", 8, 10, "in parentheses"},
         {"$[?(@.a==1)==true]", 11, 13, "in parentheses"},
         {"$[?1==(@.a)]", 6, 7, "where a query"},
         {"$[?@.a==(1)]", 8, 9, "where a query"},
         {"$[?(1)==@.a]", 4, 5, "tests nothing"},
         {"$[?@.a==!@.b]", 8, 9, "where a query"},
         {"$[?true]", 3, 7, "the literal `true` tests nothing"},
         {"$[?false]", 3, 8, "tests nothing"},
         {"$[?null]", 3, 7, "tests nothing"},
         {"$[?1]", 3, 4, "the literal `1` tests nothing"},
         {"$[?'a']", 3, 6, "the literal `'a'` tests nothing"},
         {"$[?!true]", 4, 8, "tests nothing"},
         {"$[?(true)]", 4, 8, "tests nothing"},
         {"$[?@.a&&true]", 8, 12, "tests nothing"},
         {"$[?true||@.a]", 3, 7, "tests nothing"},
         {"$[?@.a==1||2]", 11, 12, "tests nothing"},
         {"$[?True==@]", 3, 7, "`True` is no literal"},
         {"$[?@==TRUE]", 6, 10, "`TRUE` is no literal"},
         {"$[?@==nul]", 6, 9, "`nul` is no literal"},
         {"$[?@==nulll]", 6, 11, "no literal"},
         {"$[?@==true1]", 6, 11, "no literal"},
         {"$[?@==undefined]", 6, 15, "no literal"},
         {"$[?@==a]", 6, 7, "texts stand in quotes"},
         {"$[?a]", 3, 4, "no literal"},
         {"$[?.a]", 3, 4, "does not begin with `.`"},
         {"$[?@==[1]]", 6, 7, "where a query"},
         {"$[?@=={}]", 6, 7, "where a query"},
         {"$[?*]", 3, 4, "where a query"},
         {"$[?@.*==1]", 3, 6, "may select several nodes"},
         {"$[?1==@.*]", 6, 9, "may select several nodes"},
         {"$[?@..a==1]", 3, 7, "may select several nodes"},
         {"$[?@[*]==1]", 3, 7, "may select several nodes"},
         {"$[?@[0,1]==1]", 3, 9, "may select several nodes"},
         {"$[?@['a','b']==1]", 3, 13, "may select several nodes"},
         {"$[?@[0:1]==1]", 3, 9, "may select several nodes"},
         {"$[?@[?@.a]==1]", 3, 10, "may select several nodes"},
         {"$[?$..a==$.b]", 3, 7, "may select several nodes"},
         {"$[?@.a.*.b==1]", 3, 10, "may select several nodes"},
         {"$[?@[ 'a']==1]", 3, 10, "blanks inside its brackets"},
         {"$[?@['a' ]==1]", 3, 10, "blanks inside its brackets"},
         {"$[?@[ 0 ]==1]", 3, 9, "blanks inside its brackets"},
         {"$[?length(@[0 ])==1]", 10, 15, "blanks inside its brackets"},
         {"$[?@. a==1]", 5, 6, "a blank after `.`"},
         {"$[?@a]", 4, 5, "not expected"},
         {"$[?@@]", 4, 5, "not expected"},
         {"$[?@.a,]", 7, 8, "a selector is missing"}});
}

TEST_CASE("numbers that are none") {
  check({{"$[?@==01]", 6, 8, "no leading zeros"},
         {"$[?@==-01]", 6, 9, "no leading zeros"},
         {"$[?@==00]", 6, 8, "no leading zeros"},
         {"$[?@==1.]", 8, 9, "after the decimal point"},
         {"$[?@==1.e1]", 8, 9, "after the decimal point"},
         {"$[?@==.5]", 6, 7, "does not begin with `.`"},
         {"$[?@==-.5]", 7, 8, "a digit is missing after `-`"},
         {"$[?@==+1]", 6, 7, "does not begin with `+`"},
         {"$[?@==--1]", 7, 8, "a digit is missing"},
         {"$[?@==- 1]", 7, 8, "a digit is missing"},
         {"$[?@==-]", 7, 8, "a digit is missing"},
         {"$[?@==1e]", 8, 9, "in the exponent"},
         {"$[?@==1e+]", 9, 10, "in the exponent"},
         {"$[?@==1e1.5]", 9, 10, "not expected"},
         {"$[?@==1.2.3]", 9, 10, "not expected"},
         {"$[?@==1 .5]", 8, 9, "not expected"},
         {"$[?@==1_000]", 7, 8, "not expected"},
         {"$[?@==0x10]", 7, 8, "not expected"},
         {"$[?@==1a]", 7, 8, "not expected"},
         {"$[?@==Infinity]", 6, 14, "no literal"},
         {"$[?@==NaN]", 6, 9, "no literal"}});
}

TEST_CASE("calls that are none") {
  check({{"$[?length (@)==1]", 9, 10, "a blank between `length`"},
         {"$[?length\n(@)==1]", 9, 10, "a blank between"},
         {"$[?length(@==1]", 14, 15, "not expected here; `,` or `)`"},
         {"$[?length(@", 11, 11, "is not closed"},
         {"$[?length(,@)==1]", 10, 11, "where a query"},
         {"$[?match(@.a,)]", 13, 14, "where a query"},
         {"$[?match(@.a 'a')]", 13, 14, "not expected"},
         {"$[?Length(@)==1]", 3, 9, "`Length` is no literal"},
         {"$[?lengtH(@)==1]", 3, 8, "no literal"},
         {"$[?_a(@)==1]", 3, 5, "no literal"},
         {"$[?a-b(@)==1]", 3, 4, "no literal"},
         {"$[?1a(@)==1]", 3, 4, "tests nothing"},
         {"$[?nothing(@)==1]", 3, 10, "there is no function `nothing`"},
         {"$[?lenght(@)==1]", 3, 9, "did you mean `length`?"},
         {"$[?counts(@.*)==1]", 3, 9, "did you mean `count`?"},
         {"$[?true(@)==1]", 3, 7, "there is no function `true`"},
         {"$[?length()==1]", 3, 11, "`length()` takes 1 argument, not 0"},
         {"$[?length(@,@)==1]", 3, 14, "`length()` takes 1 argument, not 2"},
         {"$[?match(@.a)]", 3, 13, "`match()` takes 2 arguments, not 1"},
         {"$[?match(@.a,'a','b')]", 3, 21, "takes 2 arguments, not 3"},
         {"$.length()", 8, 9, "not expected"},
         {"$.length(@)", 8, 9, "not expected"},
         {"length($)", 0, 1, "begins with `$`"},
         {"$[length(@)]", 2, 8, "in quotes"}});
}

TEST_CASE("well-typedness") {
  // RFC 9535, section 2.4.3, for every kind of argument at every kind of parameter.
  struct Row {
    std::string argument;
    bool value, logical, nodes;
  };
  const std::vector<Row> rows = {{"1", true, false, false},
                                 {"'a'", true, false, false},
                                 {"true", true, false, false},
                                 {"null", true, false, false},
                                 {"@", true, true, true},
                                 {"@.a", true, true, true},
                                 {"$.a[0]", true, true, true},
                                 {"@ ['a']", true, true, true},
                                 {"@[ 'a' ]", false, true, true},
                                 {"@.*", false, true, true},
                                 {"@..a", false, true, true},
                                 {"@[0,1]", false, true, true},
                                 {"@[?@.a]", false, true, true},
                                 {"@[0:1]", false, true, true},
                                 {"@.a==1", false, true, false},
                                 {"!@.a", false, true, false},
                                 {"(@.a)", false, true, false},
                                 {"(@.*)", false, true, false},
                                 {"@.a&&@.b", false, true, false},
                                 {"@.a||@.b", false, true, false},
                                 {"@.a && !(@.b)", false, true, false},
                                 {"length(@)", true, false, false},
                                 {"length(@)==1", false, true, false},
                                 {"1==1", false, true, false},
                                 {"match(@,'a')", false, true, false},
                                 {"!match(@,'a')", false, true, false},
                                 {"(match(@,'a'))", false, true, false},
                                 {"rest(@.*)", false, true, true},
                                 {"(rest(@.*))", false, true, false},
                                 {"!rest(@.*)", false, true, false},
                                 {"nol(@.*)", false, true, true}};
  for (const Row& row : rows) {
    CAPTURE(row.argument);
    const auto ok = [&](std::string_view before, std::string_view after) {
      return parse_error("$[?" + std::string(before) + row.argument + std::string(after) + "]", example_functions()) == "ok";
    };
    CHECK(ok("same(", ")==1") == row.value);
    CHECK(ok("bvl(", ")") == row.value);
    CHECK(ok("nov(", ")") == row.value);
    CHECK(ok("vol(", ")==1") == row.logical);
    CHECK(ok("bal(", ")") == row.logical);
    CHECK(ok("nol( ", " )") == row.logical);
    CHECK(ok("count(", ")==1") == row.nodes);
    CHECK(ok("bnl(", ")") == row.nodes);
    CHECK(ok("rest(", ")") == row.nodes);
  }
}

TEST_CASE("well-typedness of results") {
  check({{"$[?length(@)]", 3, 12, "`length()` gives a value; compare it"},
         {"$[?!length(@)]", 4, 13, "gives a value"},
         {"$[?(value(@.*))]", 4, 14, "gives a value"},
         {"$[?count(@.*)&&@.a]", 3, 13, "gives a value"},
         {"$[?value(@..a)]", 3, 14, "gives a value"},
         {"$[?match(@,'a')==true]", 3, 15, "`match()` gives true or false; a comparison takes values"},
         {"$[?1==search(@,'a')]", 6, 19, "gives true or false"},
         {"$[?rest(@.*)==1]", 3, 12, "`rest()` gives nodes"},
         {"$[?length(@.*)<3]", 10, 13, "`length()` takes a value here; `@.*` may select several nodes"},
         {"$[?count(1)==1]", 9, 10, "`count()` takes a query here, not a literal"},
         {"$[?count('a')==1]", 9, 12, "not a literal"},
         {"$[?count(@.a==1)==1]", 9, 15, "not a logical expression"},
         {"$[?count(length(@))==1]", 9, 18, "not `length()`, which gives a value"},
         {"$[?length(match(@,'a'))==1]", 10, 22, "takes a value here, not `match()`, which gives true or false"},
         {"$[?bal(1)]", 7, 8, "takes a logical expression here, not a literal"},
         {"$[?bal(length(@))]", 7, 16, "takes a logical expression here"},
         {"$[?same(@.a==1)==1]", 8, 14, "takes a value here, not a logical expression"},
         {"$[?pi()]", 3, 7, "gives a value"},
         {"$[?pi(1)==1]", 3, 8, "takes 0 arguments, not 1"},
         {"$[?colour('green')=='a']", 10, 17, "there is no such colour"}},
        example_functions());
  for (const std::string query :
       {"$[?pi()==1]", "$[?pi( )==1]", "$[?colour('red')=='a']", "$[?colour(@.a)=='a']", "$[?rest(@.*)]", "$[?bal(1==1)]"}) {
    CAPTURE(query);
    CHECK(parse_error(query, example_functions()) == "ok");
  }
}

TEST_CASE("expressions and values on their own") {
  struct Row {
    std::string text;
    bool expression, value;  // With `@` allowed.
    bool needs_current;
  };
  const std::vector<Row> rows = {{"$.a", true, true, false},
                                 {" $.a\n", true, true, false},
                                 {"@", true, true, true},
                                 {"@.a", true, true, true},
                                 {"$", true, true, false},
                                 {"$.*", true, false, false},
                                 {"$.a[?@.b]", true, false, false},
                                 {"$.a == 1 && !$.b", true, false, false},
                                 {"!@.a", true, false, true},
                                 {"1", false, true, false},
                                 {"'a'", false, true, false},
                                 {"length($.a)", false, true, false},
                                 {"length(@.a)", false, true, true},
                                 {"match(@.a, 'b')", true, false, true},
                                 {"length(@) > 1", true, false, true},
                                 {"", false, false, false},
                                 {" ", false, false, false},
                                 {"$.a,", false, false, false},
                                 {"$.a $.b", false, false, false},
                                 {"$.a]", false, false, false},
                                 {"?$.a", false, false, false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto expression = [&](CurrentNode current) {
      return Expression::parse(row.text, standard_functions(), KeyTable(), current).ok();
    };
    const auto value = [&](CurrentNode current) {
      return ValueExpression::parse(row.text, standard_functions(), KeyTable(), current).ok();
    };
    CHECK(expression(CurrentNode::Allowed) == row.expression);
    CHECK(value(CurrentNode::Allowed) == row.value);
    CHECK(expression(CurrentNode::Refused) == (row.expression && !row.needs_current));
    CHECK(value(CurrentNode::Refused) == (row.value && !row.needs_current));
  }
  const auto path = ValueExpression::parse(" $.a ", standard_functions(), KeyTable());
  REQUIRE(path.value().path() != nullptr);
  CHECK(!path.value().path()->relative);
  CHECK(ValueExpression::parse("'a'", standard_functions(), KeyTable()).value().path() == nullptr);
}

TEST_CASE("bounds of queries") {
  CHECK(parse_error("$." + std::string(kQueryBytesMax - 2, 'a')) == "ok");
  CHECK_THAT(parse_error("$." + std::string(kQueryBytesMax - 1, 'a')), Catch::Contains("at most 65536"));
  CHECK(parse_error("$" + repeated(".a", kQuerySegmentsMax)) == "ok");
  CHECK_THAT(parse_error("$" + repeated(".a", kQuerySegmentsMax + 1)), Catch::Contains("more than 500 segments"));
  CHECK_THAT(parse_error("$" + repeated("[?@.a", 300)), Catch::Contains("more than 100"));
  const std::size_t most = kQueryNestingMax - 1;  // The filter itself is one.
  CHECK(parse_error("$[?" + repeated("(", most) + "@" + repeated(")", most) + "]") == "ok");
  CHECK_THAT(parse_error("$[?" + repeated("(", most + 1) + "@" + repeated(")", most + 1) + "]"), Catch::Contains("inside each other"));
  CHECK(parse_error("$[?" + repeated("length(", most) + "@" + repeated(")", most) + "==1]") == "ok");
  CHECK_THAT(parse_error("$[?" + repeated("length(", most + 1) + "@" + repeated(")", most + 1) + "==1]"), Catch::Contains("inside each other"));
  CHECK(parse_error("$" + repeated("[?@", kQueryNestingMax) + repeated("]", kQueryNestingMax)) == "ok");
  CHECK_THAT(parse_error("$" + repeated("[?@", kQueryNestingMax + 1)), Catch::Contains("inside each other"));
  // Long and flat.
  CHECK(parse_error("$[?@.a" + repeated("||@", 20'000) + "]") == "ok");
  CHECK(parse_error("$[?!(@.a" + repeated("&&@", 20'000) + ")]") == "ok");
  CHECK(parse_error("$[0" + repeated(",0", 30'000) + "]") == "ok");
  // Arguments are read once, however deep.
  CHECK_THAT(parse_error("$[?" + repeated("match(@, ", 90)), Catch::Contains("ends where a value should be"));
}

TEST_CASE("texts that are nearly queries") {
  const std::vector<std::string> seeds = {"$.a[?@.b == 'x\\u0041' && !match(@['c'], \"[a-z]+\")]..*", "$[1:-2:3, *, 'q', ?count(@..*) >= 1.5e3]",
                                          "$.\u00e9[?(@.a || $.b[0] != null) , -1]"};
  static constexpr std::string_view kBytes = "$@.[]()'\"\\?*:,!=<>&|- 019aeut\n\xC3\xA9";
  std::uint64_t state = 1;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string query = seeds[random(seeds.size())];
    for (std::size_t edits = 1 + random(3); edits > 0 && !query.empty(); --edits) {
      const std::size_t at = random(query.size());
      switch (random(4)) {
        case 0: query.erase(at, 1); break;
        case 1: query.insert(at, 1, kBytes[random(kBytes.size())]); break;
        case 2: query[at] = kBytes[random(kBytes.size())]; break;
        default: query.resize(at); break;
      }
    }
    const auto parsed = Query::parse(query, standard_functions(), KeyTable());
    if (parsed.ok()) {
      ++accepted;
      continue;
    }
    const ParseError& error = parsed.error();
    INFO(query);
    REQUIRE(error.span.begin <= error.span.end);
    REQUIRE(error.span.end <= query.size());
    REQUIRE(!error.message.empty());
    REQUIRE(utf8_sequence_bytes(error.message) > 0);
  }
  CHECK(accepted > 500);
}

}  // namespace
}  // namespace connect_lint
