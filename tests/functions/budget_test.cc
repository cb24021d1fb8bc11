// The budget ends wherever it does: what is not known then is not guessed, and nothing half done is kept.
#include "functions_support.h"

namespace connect_lint {
namespace {

using testing::Subject;

constexpr std::uint64_t kEach = 30;  // Each budget near nothing and near what is needed is tried; between them about as many.

// The lists are longer than what is searched without memory, the texts than what costs nothing.
std::string document() {
  const auto list = [](std::size_t count, auto element) {
    std::string json = "[";
    for (std::size_t i = 0; i < count; ++i) json += (i > 0 ? "," : "") + element(i);
    return json + "]";
  };
  const auto text = [](std::size_t i) { return R"("a text of some length, and number )" + std::to_string(i % 20) + "\""; };
  const auto task = [](std::size_t i) { return R"({"begin":)" + std::to_string(10 * i) + R"(,"end":)" + std::to_string(10 * i + 10) + "}"; };
  const auto row = [&](std::size_t i) { return list(20, [&](std::size_t j) { return std::to_string(100 * i + j); }); };
  return R"({"Upper":"A TEXT OF SOME LENGTH","Long":")" + std::string(300, 'A') + R"(","Words":"a word, another word, and one more",)"
         R"("Digits":"12345678901234567890","Time":"2021-10-14T13:51:57Z","Later":"2021-10-15T13:51:57Z","Zone":"Europe/Berlim",)"
         R"x("Rate":"rate( 5     minutes )","Arn":"arn:aws:kms:us-east-1:123456789012:key/1","Few":)x" + list(3, text) + R"(,"Texts":)" + list(24, text) +
         R"(,"Tasks":)" + list(24, task) + R"(,"Rows":)" + list(20, row) + R"(,"Same":)" + list(3, row) + R"(,"Copy":)" + list(3, row) + "}";
}

// Evaluates with the least budget that is enough, and with less.
template <typename Evaluate>
void check_budgets(Subject& subject, const std::string& expression, const std::string& unknown, Evaluate evaluate) {
  CAPTURE(expression);
  const std::string right = evaluate();
  // Patterns that are compiled stay so.
  subject.evaluator.open(subject.document);
  CHECK(evaluate() == right);
  REQUIRE(right != unknown);
  REQUIRE(right.find("error") == right.npos);
  const std::uint64_t cost = kQueryWorkMax - subject.evaluator.budget();
  REQUIRE(cost > 0);
  subject.evaluator.open(subject.document);
  subject.evaluator.set_budget(cost);
  CHECK(evaluate() == right);
  for (std::uint64_t budget = 0; budget < cost; budget += budget < kEach || budget + kEach >= cost ? 1 : 1 + (cost - budget) / kEach) {
    CAPTURE(budget);
    subject.evaluator.open(subject.document);
    subject.evaluator.set_budget(budget);
    CHECK(evaluate() == unknown);
    subject.evaluator.set_budget(kQueryWorkMax);
    CHECK(evaluate() == right);
  }
}

TEST_CASE("values are unknown where the budget ends") {
  Subject subject(document());
  for (const std::string expression :
       {"length($.Upper)", "lower($.Upper)", "lower($.Long)", "before($.Words, ', ')", "after($.Words, ', ')", "parts($.Words, ', ')", "number($.Digits)",
        "days_between($.Time, $.Later)", "instant($.Time)", "time_part($.Time, 'form')", "time_text($.Time)",
        "schedule_minutes($.Rate)", "schedule_expression($.Rate)", "arn($.Arn, 'resource')", "key($.Tasks[20].begin)", "key($.Tasks[20])",
        "previous($.Tasks[20], 'end')", "joined($.Few[*], ', ')", "joined($.Texts[*], ', ')", "earlier($.Few[2], $.Few[*])", "earlier($.Texts[22], $.Texts[*])",
        "count($.Texts[::-1])", "value($.Rows[19:].*)", "count($.Rows[1:5:2])"}) {
    check_budgets(subject, expression, "unknown", [&] { return subject.value(expression, all_functions()); });
  }
}

TEST_CASE("what takes long is not begun") {
  Subject subject(document());
  const std::string expression = "time_zone_near($.Zone)";
  CHECK(subject.value(expression, all_functions()) == "'Europe/Berlin'");
  const std::uint64_t cost = kQueryWorkMax - subject.evaluator.budget();
  for (const std::uint64_t budget : {std::uint64_t{0}, cost / 2, cost - 1}) {
    subject.evaluator.set_budget(budget);
    CHECK(subject.value(expression, all_functions()) == "unknown");
  }
  subject.evaluator.set_budget(cost);
  CHECK(subject.value(expression, all_functions()) == "'Europe/Berlin'");
}

TEST_CASE("tests are unknown where the budget ends") {
  Subject subject(document());
  for (const std::string expression :
       {"starts_with($.Words, 'a word, another ')", "has_part($.Words, ', ', 'and one more')", "among($.Few[2], $.Few[*])", "among($.Texts[19], $.Texts[*])",
        "among('absent', $.Texts[*])", "match($.Upper, '[A-Z ]+')", "search($.Long, $.Upper)", "$.Same == $.Copy", "$.Few[?@ == $.Texts[2]]",
        "count($.Rows[*][?@ > 1000]) == 199"}) {
    check_budgets(subject, expression, "unknown", [&] { return subject.test(expression, all_functions()); });
  }
}

TEST_CASE("nodelists are incomplete where the budget ends") {
  Subject subject(document());
  for (const std::string query :
       {"$.Tasks[?previous(@, 'end') == @.begin].end", "$.Tasks[?length(overlapping(@, $.Tasks[*], 'begin', 'end')) > 0]", "$.Texts[?earlier(@, $.Texts[*]) == @]",
        "$.Texts[?!among(@, $.Few[*])]", "$.Rows[::-1][?key(@) == 18]", "$.Rows[?@[?key(@) == 19 && @ > 1800]][0]", "$.Texts[17:2:-3]", "$..[?@ == 1919]"}) {
    check_budgets(subject, query, "incomplete", [&] { return subject.values(query, all_functions()); });
  }
}

}  // namespace
}  // namespace connect_lint
