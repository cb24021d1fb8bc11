// Times as every client reads them.
#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <string_view>

#include "base/timestamp.h"
#include "support.h"

namespace connect_lint {
namespace {

TEST_CASE("every row of timestamps.json") {
  const testing::Json rows = testing::read_checkout_json("tests/schemas/timestamps.json");
  REQUIRE(rows.size() > 150);
  for (const testing::Json& row : rows) {
    const auto text = row.at("text").get<std::string>();
    const bool good = row.at("matches").get<bool>() && !row.at("seconds").is_null();
    const TimeReading reading = read_time(text);
    INFO(testing::shown(text) << " " << row.value("note", ""));
    CHECK((reading.problem == TimeProblem::None) == good);
    if (good && reading.problem == TimeProblem::None) {
      // The rows count as the clients do: towards 0.
      std::int64_t seconds = reading.seconds;
      if (reading.has_fraction && seconds < 0) ++seconds;
      CHECK(seconds == row.at("seconds").get<std::int64_t>());
    }
  }
}

// The usual form is read by code of its own; a small `t` goes the long way.
TEST_CASE("the usual form is read as all others are") {
  const auto check = [](std::string text) {
    const TimeReading usual = read_time(text);
    text[10] = 't';
    const TimeReading other = read_time(text);
    INFO(text);
    CHECK(usual.problem == other.problem);
    CHECK(usual.form == other.form);
    CHECK(usual.has_offset == other.has_offset);
    CHECK(usual.has_fraction == other.has_fraction);
    CHECK(usual.seconds == other.seconds);
  };
  for (const std::string_view text : {"2021-10-14T13:51:57Z", "1999-02-28T00:00:00+00:00", "2000-02-29T23:59:59-23:59", "0001-01-01T00:00:00+00:01"}) {
    check(std::string(text));
    // Each byte in each place.
    for (std::size_t place = 0; place < text.size(); ++place) {
      for (int byte = 0; place != 10 && byte < 256; ++byte) {
        std::string changed(text);
        changed[place] = static_cast<char>(byte);
        check(changed);
      }
    }
    // Each number of two digits in each place.
    for (std::size_t place = 0; place + 1 < text.size(); ++place) {
      for (int number = 0; place != 9 && place != 10 && number < 100; ++number) {
        std::string changed(text);
        changed[place] = static_cast<char>('0' + number / 10);
        changed[place + 1] = static_cast<char>('0' + number % 10);
        check(changed);
      }
    }
  }
}

TEST_CASE("each problem has its name") {
  struct Row {
    std::string_view text;
    TimeProblem problem;
  };
  static constexpr Row kRows[] = {
      {"", TimeProblem::Empty},
      {"100000000000", TimeProblem::Milliseconds},
      {"1634244800435", TimeProblem::Milliseconds},
      {"-1634244800435", TimeProblem::Milliseconds},
      {"1634244800435.5", TimeProblem::Milliseconds},
      {"99999999999999999999999999", TimeProblem::Milliseconds},
      {"2021", TimeProblem::DigitsAsDate},
      {"202110", TimeProblem::DigitsAsDate},
      {"20211014", TimeProblem::DigitsAsDate},
      {"2021-10-14T13:51:57 EST", TimeProblem::ZoneName},
      {"2021-10-14T13:51:57EST", TimeProblem::ZoneName},
      {"2021-10-14T13:51 EST", TimeProblem::ZoneName},
      {"2021-10-14T13:51:57.5 PST", TimeProblem::ZoneName},
      {"2021-10-14T13:51:57 America/New_York", TimeProblem::ZoneName},
      {"2021-10-14 13:51:57 UTC", TimeProblem::ZoneName},
      {"2024-01-01 EST", TimeProblem::ZoneName},
      {"20211014T135157 EST", TimeProblem::ZoneName},
      {"14 Oct 2021 13:51:57 EST", TimeProblem::ZoneName},
      {"2021-02-30", TimeProblem::Impossible},
      {"2021-02-29T00:00:00Z", TimeProblem::Impossible},
      {"2100-02-29", TimeProblem::Impossible},
      {"2000-02-29", TimeProblem::None},
      {"2021-13-01", TimeProblem::Impossible},
      {"2021-10-14T24:00:00Z", TimeProblem::Impossible},
      {"2021-10-14T23:59:60Z", TimeProblem::Impossible},
      {"2021-10-14T13:51:57+24:00", TimeProblem::Impossible},
      {"0000-01-01", TimeProblem::Impossible},
      {"0001-01-01T00:00:00+01:00", TimeProblem::Impossible},
      {"0001-01-01T00:00:00-01:00", TimeProblem::None},
      {"9999-12-31T23:59:59-01:00", TimeProblem::Impossible},
      {"9999-12-31T23:59:59+01:00", TimeProblem::None},
      {"-99999999999", TimeProblem::Impossible},
      {"-62135596800", TimeProblem::None},
      {"-62135596801", TimeProblem::Impossible},
      {"31 Feb 2021 00:00:00 GMT", TimeProblem::Impossible},
      {"14 Oct 2021 24:00:00 GMT", TimeProblem::Impossible},
      {"today", TimeProblem::Unreadable},
      {"10/14/2021", TimeProblem::Unreadable},
      {"13:51", TimeProblem::Unreadable},
      {"2021-10-14T13", TimeProblem::Unreadable},
      {"2021-10-14T", TimeProblem::Unreadable},
      {"2021-10-14Z", TimeProblem::Unreadable},
      {"1e9", TimeProblem::Unreadable},
      {"1634244800 ", TimeProblem::Unreadable},
      // More digits than an epoch has, but no more than it may be.
      {"000000000000", TimeProblem::Unreadable},
      {"001634244800", TimeProblem::Unreadable},
      {"14 Oct 2021 1351 GMT", TimeProblem::Unreadable},
      {"14 Oct 2021 x3:51 GMT", TimeProblem::Unreadable},
      {"14 Oct 2021 13:x1 GMT", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:x7 GMT", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:57GMT", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:57 GMT+1", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:57 +100", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:57 +01:0", TimeProblem::Unreadable},
      {"14 Oct 2021 13:51:57 +2400", TimeProblem::Impossible},
      {"14 Oct 2021 13:51:57 -0060", TimeProblem::Impossible},
      {"14 Oct 0999 13:51:57 GMT", TimeProblem::Impossible},
      {"14 Oct 2021 13:51:57 -0100", TimeProblem::None},
      {"1 Jan 1000 00:00 UTC", TimeProblem::None},
  };
  for (const Row& row : kRows) {
    INFO(row.text);
    CHECK(static_cast<int>(read_time(row.text).problem) == static_cast<int>(row.problem));
  }
  CHECK(read_time(std::string_view("2021-10-14\0", 11)).problem == TimeProblem::Unreadable);
  CHECK(read_time(std::string_view("1634244800\0", 11)).problem == TimeProblem::Unreadable);
}

TEST_CASE("form, offset and fraction") {
  struct Row {
    std::string_view text;
    TimeForm form;
    bool has_offset;
    bool has_fraction;
  };
  static constexpr Row kRows[] = {
      {"1634244800", TimeForm::Epoch, true, false},
      {"1634244800.435", TimeForm::Epoch, true, true},
      {"1634244800.000", TimeForm::Epoch, true, false},
      {"2021-10-14", TimeForm::Date, false, false},
      {"2021-10-14T13:51:57", TimeForm::DateTime, false, false},
      {"2021-10-14 13:51", TimeForm::DateTime, false, false},
      {"2021-10-14T13:51:57Z", TimeForm::DateTime, true, false},
      {"2021-10-14T13:51:57.5Z", TimeForm::DateTime, true, true},
      {"2021-10-14T13:51:57.5", TimeForm::DateTime, false, true},
      {"2021-10-14T13:51:57-07:00", TimeForm::DateTime, true, false},
      {"20211014T135157", TimeForm::DateTime, false, false},
      {"20211014T135157Z", TimeForm::DateTime, true, false},
      {"Thu, 14 Oct 2021 13:51:57 GMT", TimeForm::Rfc822, true, false},
      {"14 Oct 2021 13:51 +0200", TimeForm::Rfc822, true, false},
  };
  for (const Row& row : kRows) {
    const TimeReading reading = read_time(row.text);
    INFO(row.text);
    CHECK(reading.problem == TimeProblem::None);
    CHECK(static_cast<int>(reading.form) == static_cast<int>(row.form));
    CHECK(reading.has_offset == row.has_offset);
    CHECK(reading.has_fraction == row.has_fraction);
  }
}

TEST_CASE("seconds round down") {
  CHECK(read_time("-1.5").seconds == -2);
  CHECK(read_time("-1.0").seconds == -1);
  CHECK(read_time("1.9").seconds == 1);
  CHECK(read_time("1969-12-31T23:59:59.5Z").seconds == -1);
}

TEST_CASE("instants are written in UTC") {
  struct Row {
    std::int64_t seconds;
    std::string_view text;
  };
  static constexpr Row kRows[] = {{0, "1970-01-01T00:00:00Z"},
                                  {-1, "1969-12-31T23:59:59Z"},
                                  {1634219517, "2021-10-14T13:51:57Z"},
                                  {951782400, "2000-02-29T00:00:00Z"},
                                  {-2203891200, "1900-03-01T00:00:00Z"},
                                  {-62135596800, "0001-01-01T00:00:00Z"},
                                  {-62135596801, "0000-12-31T23:59:59Z"},
                                  {253402300799, "9999-12-31T23:59:59Z"}};
  for (const Row& row : kRows) CHECK(format_instant(row.seconds) == row.text);
  // Outside of four digits: a sign (the header says so).
  CHECK(format_instant(253402300800) == "+10000-01-01T00:00:00Z");
  CHECK(format_instant(-62198755200) == "-0001-01-01T00:00:00Z");
}

TEST_CASE("what is written is read as the same instant") {
  testing::Random random(4);
  for (int i = 0; i < 20'000; ++i) {
    const auto seconds = static_cast<std::int64_t>(random.below(315'537'897'600)) - 62'135'596'800;
    const std::string text = format_instant(seconds);
    const TimeReading reading = read_time(text);
    if (reading.problem != TimeProblem::None || reading.seconds != seconds) FAIL_CHECK(seconds << " " << text);
  }
}

}  // namespace
}  // namespace connect_lint
