#include "base/timestamp.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

namespace connect_lint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Walks over a text; every step either takes something or leaves it alone.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_[0]; }

  bool take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  // Exactly `count` digits as a number.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  // All digits that follow; how many.
  std::size_t skip_digits() {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

struct Moment {
  int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  int offset_minutes = 0;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant,
// "chrono-compatible low-level date algorithms").
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool exists(const Moment& moment) {
  return moment.year >= 1 && moment.month >= 1 && moment.month <= 12 && moment.day >= 1 &&
         moment.day <= days_in_month(moment.year, moment.month) && moment.hour <= 23 &&
         moment.minute <= 59 && moment.second <= 59;
}

TimeReading problem(TimeProblem what) {
  TimeReading reading;
  reading.problem = what;
  return reading;
}

// What stands where the text should end, or an offset should stand.
TimeReading problem_at(const Cursor& cursor) {
  std::string_view rest = cursor.rest();
  while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
  const bool zone = rest.size() > 1 && is_letter(rest[0]) && rest.find_first_of("0123456789:") == rest.npos;
  return problem(zone ? TimeProblem::ZoneName : TimeProblem::Unreadable);
}

// The years 1 to 9999 in UTC are what clients can hold.
bool in_range(std::int64_t seconds) { return seconds >= kInstantMin && seconds < 253402300800; }

TimeReading finish(const Moment& moment, TimeForm form, bool has_offset, bool has_fraction) {
  if (!exists(moment)) return problem(TimeProblem::Impossible);
  TimeReading reading;
  reading.form = form;
  reading.has_offset = has_offset;
  reading.has_fraction = has_fraction;
  reading.seconds = days_from_civil(moment.year, moment.month, moment.day) * 86400 +
                    moment.hour * 3600 + moment.minute * 60 + moment.second -
                    moment.offset_minutes * 60;
  return in_range(reading.seconds) ? reading : problem(TimeProblem::Impossible);
}

// `Z`, `+hh:mm`, `+hhmm`, `+hh`. False: something else stands here.
bool take_offset(Cursor& cursor, Moment& moment, bool& impossible) {
  if (cursor.take('Z') || cursor.take('z')) return true;
  const int sign = cursor.peek() == '+' ? 1 : -1;
  if (!cursor.take('+') && !cursor.take('-')) return false;
  const auto hours = cursor.digits(2);
  if (!hours) return false;
  int minutes = 0;
  const bool colon = cursor.take(':');
  if (colon || !cursor.at_end()) {
    const auto digits = cursor.digits(2);
    if (!digits) return false;
    minutes = *digits;
  }
  impossible = impossible || *hours > 23 || minutes > 59;
  moment.offset_minutes = sign * (*hours * 60 + minutes);
  return true;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// Digits with optional sign and fraction; nothing when the text is no number.
std::optional<TimeReading> read_epoch(std::string_view text) {
  Cursor cursor(text);
  const bool negative = cursor.peek() == '-';
  if (!cursor.take('-')) cursor.take('+');
  const std::string_view number = cursor.rest();
  std::size_t whole = cursor.skip_digits();
  const bool fraction = cursor.take('.');
  const std::string_view after_point = cursor.rest();
  if (whole == 0 || (fraction && cursor.skip_digits() == 0) || !cursor.at_end()) return std::nullopt;
  if (all_digits(text) && (whole == 4 || whole == 6 || whole == 8))
    return problem(TimeProblem::DigitsAsDate);
  std::string_view digits = number.substr(0, whole);
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  if (whole > 11) return problem(digits.size() > 11 ? TimeProblem::Milliseconds : TimeProblem::Unreadable);
  TimeReading reading;
  reading.has_offset = true;
  reading.has_fraction = fraction && after_point.find_first_not_of('0') != after_point.npos;
  std::from_chars(digits.data(), digits.data() + digits.size(), reading.seconds);
  if (negative) reading.seconds = -reading.seconds - (reading.has_fraction ? 1 : 0);
  return in_range(reading.seconds) ? reading : problem(TimeProblem::Impossible);
}

// What follows the date of RFC 3339 or of ISO 8601's basic form.
TimeReading read_clock(Cursor cursor, Moment moment, bool basic) {
  const auto hour = cursor.digits(2);
  if (!hour || (!basic && !cursor.take(':'))) return problem_at(cursor);
  const auto minute = cursor.digits(2);
  if (!minute) return problem_at(cursor);
  moment.hour = *hour;
  moment.minute = *minute;
  bool has_fraction = false;
  if (basic ? is_digit(cursor.peek()) : cursor.take(':')) {
    const auto second = cursor.digits(2);
    if (!second) return problem_at(cursor);
    moment.second = *second;
    if (!basic && cursor.take('.')) {
      if (cursor.skip_digits() == 0) return problem_at(cursor);
      has_fraction = true;
    }
  } else if (basic) {
    return problem(TimeProblem::Unreadable);
  }
  if (cursor.at_end()) return finish(moment, TimeForm::DateTime, false, has_fraction);
  bool impossible = false;
  if (!take_offset(cursor, moment, impossible) || !cursor.at_end()) return problem_at(cursor);
  if (impossible) return problem(TimeProblem::Impossible);
  return finish(moment, TimeForm::DateTime, true, has_fraction);
}

std::optional<TimeReading> read_iso(std::string_view text) {
  Cursor cursor(text);
  const auto year = cursor.digits(4);
  if (!year) return std::nullopt;
  const bool basic = is_digit(cursor.peek());
  if (!basic && !cursor.take('-')) return std::nullopt;
  const auto month = cursor.digits(2);
  if (!month || (!basic && !cursor.take('-'))) return std::nullopt;
  const auto day = cursor.digits(2);
  if (!day) return std::nullopt;
  const Moment moment{.year = *year, .month = *month, .day = *day};
  if (cursor.at_end() && !basic) return finish(moment, TimeForm::Date, false, false);
  const bool separator = cursor.take('T') || (!basic && (cursor.take('t') || cursor.take(' ')));
  if (!separator || !is_digit(cursor.peek())) return problem_at(cursor);
  return read_clock(cursor, moment, basic);
}

// [Thu, ]14 Oct 2021 13:51[:57] GMT
std::optional<TimeReading> read_rfc822(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  Cursor cursor(text);
  for (const std::string_view day : kDays)
    if (cursor.take(day) && !cursor.take(", ")) return std::nullopt;
  Moment moment;
  auto day = cursor.digits(2);
  if (!day) day = cursor.digits(1);
  if (!day || !cursor.take(' ')) return std::nullopt;
  moment.day = *day;
  moment.month = 0;
  for (std::size_t i = 0; i < kMonths.size() && moment.month == 0; ++i)
    if (cursor.take(kMonths[i])) moment.month = static_cast<int>(i + 1);
  if (moment.month == 0 || !cursor.take(' ')) return std::nullopt;
  const auto year = cursor.digits(4);
  if (!year || !cursor.take(' ')) return std::nullopt;
  const auto hour = cursor.digits(2);
  if (!hour || !cursor.take(':')) return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute) return std::nullopt;
  moment.year = *year;
  moment.hour = *hour;
  moment.minute = *minute;
  if (cursor.take(':')) {
    const auto second = cursor.digits(2);
    if (!second) return std::nullopt;
    moment.second = *second;
  }
  if (!cursor.take(' ')) return std::nullopt;
  bool impossible = false;
  const bool zone = cursor.take("GMT") || cursor.take("UTC") ||
                    (cursor.peek() != 'Z' && cursor.peek() != 'z' && cursor.rest().size() == 5 &&
                     take_offset(cursor, moment, impossible));
  if (!zone || !cursor.at_end()) return problem_at(cursor);
  // Clients read a year below 1000 as one of this century.
  if (impossible || moment.year < 1000) return problem(TimeProblem::Impossible);
  return finish(moment, TimeForm::Rfc822, true, false);
}

// A form of eight characters, with 0 for each digit.
struct EightForm {
  std::uint64_t zeros = 0;
  std::uint64_t others = 0;  // All bits of what is no digit.

  consteval explicit EightForm(const char (&form)[9]) {
    for (unsigned i = 0; i < 8; ++i) {
      zeros |= std::uint64_t{static_cast<unsigned char>(form[i])} << 8 * i;
      if (form[i] != '0') others |= std::uint64_t{0xFF} << 8 * i;
    }
  }
};

// Eight characters that are read at once.
class Eight {
 public:
  Eight(const char* text, const EightForm& form) {
    std::memcpy(&digits_, text, sizeof digits_);
    if constexpr (std::endian::native == std::endian::big) digits_ = __builtin_bswap64(digits_);
    digits_ ^= form.zeros;
    constexpr std::uint64_t kBeyond9 = 0x7676767676767676;  // Brings each byte above 9 to 0x80.
    constexpr std::uint64_t kHighest = 0x8080808080808080;
    has_form_ = (((digits_ + kBeyond9) | digits_) & kHighest) == 0 && (digits_ & form.others) == 0;
  }
  [[nodiscard]] bool has_form() const { return has_form_; }
  // The number that two digits are; `place`: of the first.
  [[nodiscard]] int two(unsigned place) const { return static_cast<int>((digits_ * 10 + (digits_ >> 8)) >> 8 * place & 0xFF); }

 private:
  std::uint64_t digits_;
  bool has_form_;
};

// `2021-10-14T13:51:57Z` and `2021-10-14T13:51:57+00:00`, which most clients
// write: a sixth of the instructions of what reads all forms.
std::optional<TimeReading> read_usual(std::string_view text) {
  const bool is_utc = text.size() == 20 && text[19] == 'Z';
  if (!is_utc && (text.size() != 25 || (text[19] != '+' && text[19] != '-'))) return std::nullopt;
  static constexpr EightForm kDate("0000-00-"), kDayAndClock("00T00:00"), kClock("00:00:00"), kEast("00+00:00"), kWest("00-00:00");
  const Eight date(text.data(), kDate);
  const Eight day(text.data() + 8, kDayAndClock);
  const Eight clock(text.data() + 11, kClock);
  if (!date.has_form() || !day.has_form() || !clock.has_form()) return std::nullopt;
  Moment moment{.year = date.two(0) * 100 + date.two(2), .month = date.two(5), .day = day.two(0), .hour = clock.two(0),
                .minute = clock.two(3), .second = clock.two(6)};
  if (!is_utc) {
    const bool east = text[19] == '+';
    const Eight offset(text.data() + 17, east ? kEast : kWest);
    if (!offset.has_form()) return std::nullopt;
    if (offset.two(3) > 23 || offset.two(6) > 59) return problem(TimeProblem::Impossible);
    moment.offset_minutes = (east ? 1 : -1) * (offset.two(3) * 60 + offset.two(6));
  }
  return finish(moment, TimeForm::DateTime, true, false);
}

}  // namespace

TimeReading read_time(std::string_view text) {
  if (text.empty()) return problem(TimeProblem::Empty);
  if (const auto reading = read_usual(text)) return *reading;
  if (const auto reading = read_epoch(text)) return *reading;
  if (const auto reading = read_iso(text)) return *reading;
  if (const auto reading = read_rfc822(text)) return *reading;
  return problem(TimeProblem::Unreadable);
}

std::string format_instant(std::int64_t seconds) {
  std::int64_t days = seconds / 86400;
  std::int64_t rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted + (shifted < 10 ? 3 : -9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const std::string sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return sign + fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year < 0 ? -year : year, month, day, rest / 3600,
                     rest / 60 % 60, rest % 60);
}

}  // namespace connect_lint
