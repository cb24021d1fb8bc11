// instant, time_part, time_text, now, is_time_zone, time_zone_near.
#include <algorithm>

#include "functions_support.h"
#include "rules/time_zones.h"

namespace connect_lint {
namespace {

using testing::check_tests;
using testing::check_values;
using testing::Subject;

TEST_CASE("points in time") {
  Subject subject(
      R"({"epoch":1634219517,"real":1634219517.5,"whole":1.0e3,"negative":-0.5,"milliseconds":1634219517000,"huge":1e300,"early":-62135596801,)"
      R"("text":"2021-10-14T13:51:57Z","offset":"2021-10-14T13:51:57-07:00","escaped":"2021\u002d10-14","flag":true,"nil":null,"list":[1],)"
      R"("u":5,"empty":""})");
  subject.make_unknown("$.u");
  check_values(subject, {
                            {"instant($.epoch)", "1634219517"},
                            {"instant($.real)", "1634219517.500000"},
                            {"instant($.whole)", "1000.000000"},
                            {"instant($.text)", "1634219517"},
                            {"instant($.offset)", "1634244717"},
                            {"instant($.escaped)", "1634169600"},
                            {"instant('2021-10-14T13:51:57')", "1634219517"},
                            {"instant('1634219517')", "1634219517"},
                            {"instant('Thu, 14 Oct 2021 13:51:57 GMT')", "1634219517"},
                            {"instant('20211014T135157Z')", "1634219517"},
                            {"instant('20211014')", "nothing"},
                            {"instant('today')", "nothing"},
                            {"instant('2021-02-30')", "nothing"},
                            {"instant('1634219517000')", "nothing"},
                            {"instant($.milliseconds)", "nothing"},
                            {"instant($.huge)", "nothing"},
                            {"instant($.early)", "nothing"},
                            {"instant($.empty)", "nothing"},
                            {"instant($.flag)", "nothing"},
                            {"instant($.nil)", "nothing"},
                            {"instant($.list)", "nothing"},
                            {"instant($.absent)", "nothing"},
                            {"instant($.u)", "unknown"},
                            {"time_part($.epoch, 'form')", "'epoch'"},
                            {"time_part('1634219517', 'form')", "'epoch'"},
                            {"time_part('2021-10-14', 'form')", "'date'"},
                            {"time_part($.text, 'form')", "'date-time'"},
                            {"time_part('14 Oct 2021 13:51:57 GMT', 'form')", "'rfc-822'"},
                            {"time_part($.epoch, 'offset')", "true"},
                            {"time_part($.text, 'offset')", "true"},
                            {"time_part($.offset, 'offset')", "true"},
                            {"time_part('2021-10-14T13:51:57', 'offset')", "false"},
                            {"time_part('2021-10-14', 'offset')", "false"},
                            {"time_part('14 Oct 2021 13:51:57 GMT', 'offset')", "true"},
                            {"time_part($.epoch, 'fraction')", "false"},
                            {"time_part($.real, 'fraction')", "true"},
                            {"time_part($.whole, 'fraction')", "false"},
                            {"time_part('2021-10-14T13:51:57.5Z', 'fraction')", "true"},
                            {"time_part($.text, 'fraction')", "false"},
                            {"time_part('today', 'form')", "nothing"},
                            {"time_part($.milliseconds, 'form')", "nothing"},
                            {"time_part($.nil, 'offset')", "nothing"},
                            {"time_part($.text, $.text)", "nothing"},
                            {"time_part($.text, $.epoch)", "nothing"},
                            {"time_part($.u, 'form')", "unknown"},
                            {"time_part($.a, 'zone')", "error: the part of a time is not `zone`; there are `form`, `offset` and `fraction`"},
                            {"time_part($.a, 1)", "error: the part of a time is a text"},
                            {"time_text($.epoch)", "'2021-10-14T13:51:57Z'"},
                            {"time_text($.real)", "'2021-10-14T13:51:57Z'"},
                            {"time_text($.negative)", "'1969-12-31T23:59:59Z'"},
                            {"time_text($.offset)", "'2021-10-14T20:51:57Z'"},
                            {"time_text(instant($.text))", "'2021-10-14T13:51:57Z'"},
                            {"time_text('today')", "nothing"},
                            {"time_text($.milliseconds)", "nothing"},
                            {"time_text($.list)", "nothing"},
                            {"time_text($.u)", "unknown"},
                            {"now()", "nothing"},
                        });
  check_tests(subject, {{"instant($.text) == instant($.epoch)", "true"},
                        {"instant($.epoch) < instant($.real)", "true"},
                        {"instant($.absent) < now()", "false"},
                        {"instant($.u) < instant($.epoch)", "unknown"}});
  subject.evaluator.set_surroundings({.request = kNoNode, .now = 1'700'000'000});
  check_values(subject, {{"now()", "1700000000"}, {"time_text(now())", "'2023-11-14T22:13:20Z'"}});
  check_tests(subject, {{"instant($.text) < now()", "true"}});
}

TEST_CASE("time zones") {
  CHECK(time_zones().size() > 590);
  CHECK(std::is_sorted(time_zones().begin(), time_zones().end()));
  Subject subject(R"({"escaped":"Europe\/Berlin","nul":"UTC\u0000","number":1,"u":"UTC","empty":""})");
  subject.make_unknown("$.u");
  check_tests(subject, {
                           {"is_time_zone('Europe/Berlin')", "true"},
                           {"is_time_zone($.escaped)", "true"},
                           {"is_time_zone('US/Eastern')", "true"},
                           {"is_time_zone('UTC')", "true"},
                           {"is_time_zone('GMT')", "true"},
                           {"is_time_zone('EST')", "true"},
                           {"is_time_zone('Etc/GMT+5')", "true"},
                           {"is_time_zone('America/Argentina/Buenos_Aires')", "true"},
                           {"is_time_zone('Africa/Abidjan')", "true"},
                           {"is_time_zone('Zulu')", "true"},
                           {"is_time_zone('europe/berlin')", "false"},
                           {"is_time_zone('Europe/Berlin ')", "false"},
                           {"is_time_zone('PST')", "false"},
                           {"is_time_zone('posix/UTC')", "false"},
                           {"is_time_zone('localtime')", "false"},
                           {"is_time_zone($.nul)", "false"},
                           {"is_time_zone($.empty)", "false"},
                           {"is_time_zone($.number)", "false"},
                           {"is_time_zone($.absent)", "false"},
                           {"is_time_zone($.u)", "unknown"},
                       });
  check_values(subject, {
                            {"time_zone_near('europe/berlin')", "'Europe/Berlin'"},
                            {"time_zone_near('Europe/Berlin')", "'Europe/Berlin'"},
                            {"time_zone_near('Europe/Berln')", "'Europe/Berlin'"},
                            {"time_zone_near('America/New York')", "'America/New_York'"},
                            {"time_zone_near('New York')", "'America/New_York'"},
                            {"time_zone_near('berlin')", "'Europe/Berlin'"},
                            {"time_zone_near('Amercia/Los_Angeles')", "'America/Los_Angeles'"},
                            {"time_zone_near('utc')", "'UTC'"},
                            {"time_zone_near('PST')", "nothing"},
                            {"time_zone_near('UTC+1')", "nothing"},
                            {"time_zone_near('Etc/GMT+55')", "nothing"},
                            {"time_zone_near('Atlantis/Metropolis')", "nothing"},
                            {"time_zone_near($.empty)", "nothing"},
                            {"time_zone_near($.number)", "nothing"},
                            {"time_zone_near($.absent)", "nothing"},
                            {"time_zone_near($.u)", "unknown"},
                            {"time_zone_near('" + std::string(1'000, 'x') + "')", "nothing"},
                        });
}

}  // namespace
}  // namespace connect_lint
