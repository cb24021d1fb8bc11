// Points in time as people write them in requests.
//
// A timestamp member takes epoch seconds or a text. AWS's Python clients read
// nearly any text (dateutil), some of it wrongly: `20211014` is taken for epoch
// seconds, a zone name for the machine's own zone. read_time() accepts what
// every client turns into the same instant and names what is wrong with the rest.
#ifndef CONNECT_LINT_BASE_TIMESTAMP_H_
#define CONNECT_LINT_BASE_TIMESTAMP_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace connect_lint {

enum class TimeProblem : std::uint8_t {
  None,
  Empty,         // No text at all.
  Milliseconds,  // An epoch of 1e11 or more.
  DigitsAsDate,  // 4, 6 or 8 digits: read as epoch seconds, meant as a date.
  ZoneName,      // "EST", "America/New_York": clients drop it or use the machine's zone.
  Impossible,    // The form is right, but there is no such date or time.
  Unreadable,    // No form that every client reads alike.
};

enum class TimeForm : std::uint8_t { Epoch, Date, DateTime, Rfc822 };

struct TimeReading {
  TimeProblem problem = TimeProblem::None;
  TimeForm form = TimeForm::Epoch;  // Meaningful without a problem.
  bool has_offset = false;          // `Z`, `GMT` or a numeric offset was written.
  bool has_fraction = false;        // Fractions of a second were written.
  std::int64_t seconds = 0;         // Since 1970-01-01T00:00:00Z, rounded down; UTC assumed without offset.
};

// Reads the text of a timestamp member in the `input` dialect: epoch seconds as
// digits, RFC 3339 with or without time and offset (`T` or a blank between
// date and time, seconds optional), ISO 8601 basic form, RFC 1123.
[[nodiscard]] TimeReading read_time(std::string_view text);

// Epochs of this size and above are milliseconds (in seconds: the year 5138).
inline constexpr double kEpochSecondsEnd = 1e11;

// 0001-01-01T00:00:00Z, the first instant that clients can hold.
inline constexpr std::int64_t kInstantMin = -62135596800;

// "2021-10-14T13:51:57Z". Years outside 0000 to 9999 are written with a sign.
[[nodiscard]] std::string format_instant(std::int64_t seconds);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_TIMESTAMP_H_
