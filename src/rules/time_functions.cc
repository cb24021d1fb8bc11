// Functions on points in time and time zones.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/timestamp.h"
#include "rules/function_kinds.h"
#include "rules/time_zones.h"

namespace connect_lint {
namespace {

// What 600 comparisons of names cost.
constexpr std::uint64_t kNearestWork = 10'000;

// Shorter names are abbreviations: each is a letter away from several others.
constexpr std::size_t kMisspeltBytesMin = 5;

constexpr std::array<std::string_view, 3> kTimeParts = {"form", "offset", "fraction"};

std::string_view city_of(std::string_view zone) { return zone.substr(zone.rfind('/') + 1); }

// By spelling, or by the city alone; nothing where that is a guess.
std::optional<std::string_view> nearest_time_zone(std::string_view name) {
  const auto zones = time_zones();
  if (std::ranges::binary_search(zones, name)) return name;
  for (const std::string_view zone : zones)
    if (equal_but_for_case(name, zone)) return zone;
  for (const std::string_view zone : zones)
    if (equal_but_for_case(name, city_of(zone))) return zone;
  // A digit more or less is another zone, not a misspelling.
  if (name.size() < kMisspeltBytesMin || name.find_first_of("0123456789") != name.npos) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = edit_distance_allowed(name.size()) + 1;
  for (const std::string_view zone : zones) {
    const std::size_t distance = edit_distance(name, zone, best_distance - 1);
    if (distance >= best_distance) continue;
    best = zone;
    best_distance = distance;
  }
  return best;
}

}  // namespace

TimeReading reading_of(const Value& value) {
  TimeReading reading;
  reading.problem = TimeProblem::Unreadable;
  if (value.is(ValueKind::String)) return read_time(value.text);
  if (!value.is(ValueKind::Number)) return reading;
  const Number& number = value.number;
  const double seconds = number.whole ? static_cast<double>(number.integer) : std::floor(number.real);
  if (!(seconds >= static_cast<double>(kInstantMin) && seconds < kEpochSecondsEnd)) return reading;
  reading.problem = TimeProblem::None;
  reading.form = TimeForm::Epoch;
  reading.has_offset = true;
  reading.has_fraction = !number.whole && number.real != seconds;
  reading.seconds = static_cast<std::int64_t>(seconds);
  return reading;
}

std::string_view name_of(TimeForm form) {
  switch (form) {
    case TimeForm::Epoch: return "epoch";
    case TimeForm::Date: return "date";
    case TimeForm::DateTime: return "date-time";
    case TimeForm::Rfc822: return "rfc-822";
  }
  return {};
}

// Whole seconds are enough here; doubles hold those of ten thousand years.
Value call_days_between(CallContext& context, std::span<const Argument> arguments) {
  if (!context.charge((arguments[0].value.text.size() + arguments[1].value.text.size()) / 16)) return Value::unknown();
  const TimeReading from = reading_of(arguments[0].value);
  const TimeReading to = reading_of(arguments[1].value);
  if (from.problem != TimeProblem::None || to.problem != TimeProblem::None) return Value::nothing();
  const std::int64_t seconds = to.seconds - from.seconds;
  constexpr std::int64_t kDay = 86'400;
  return seconds % kDay == 0 ? Value::of(seconds / kDay) : Value::of(static_cast<double>(seconds) / kDay);
}

Value call_instant(CallContext& context, std::span<const Argument> arguments) {
  if (!context.charge(arguments[0].value.text.size() / 16)) return Value::unknown();
  const auto instant = instant_of(arguments[0].value);
  return instant ? Value::of(*instant) : Value::nothing();
}

Value call_time_part(CallContext& context, std::span<const Argument> arguments) {
  if (!context.charge(arguments[0].value.text.size() / 16)) return Value::unknown();
  const TimeReading reading = reading_of(arguments[0].value);
  const Value& part = arguments[1].value;
  if (reading.problem != TimeProblem::None || !part.is(ValueKind::String)) return Value::nothing();
  if (part.text == "form") return Value::of(name_of(reading.form));
  if (part.text == "offset") return Value::of(reading.has_offset);
  if (part.text == "fraction") return Value::of(reading.has_fraction);
  return Value::nothing();
}

std::optional<ArgumentProblem> check_time_part(std::span<const Value> literals) {
  return check_choice(literals, 1, "the part of a time", kTimeParts);
}

Value call_time_text(CallContext& context, std::span<const Argument> arguments) {
  if (!context.charge(arguments[0].value.text.size() / 16)) return Value::unknown();
  const TimeReading reading = reading_of(arguments[0].value);
  return reading.problem == TimeProblem::None ? context.keep(format_instant(reading.seconds)) : Value::nothing();
}

Value call_now(CallContext& context, std::span<const Argument>) {
  const auto now = context.now();
  return now ? Value::of(*now) : Value::nothing();
}

Value call_is_time_zone(CallContext&, std::span<const Argument> arguments) {
  const Value& name = arguments[0].value;
  return Value::of(name.is(ValueKind::String) && std::ranges::binary_search(time_zones(), name.text));
}

Value call_time_zone_near(CallContext& context, std::span<const Argument> arguments) {
  const Value& name = arguments[0].value;
  if (!name.is(ValueKind::String) || name.text.empty() || name.text.size() > kSuggestionBytesMax) return Value::nothing();
  if (!context.charge(kNearestWork)) return Value::unknown();
  const auto zone = nearest_time_zone(name.text);
  return zone ? Value::of(*zone) : Value::nothing();
}

std::optional<Number> instant_of(const Value& value) {
  const TimeReading reading = reading_of(value);
  if (reading.problem != TimeProblem::None) return std::nullopt;
  return value.is(ValueKind::Number) ? value.number : Number::of(reading.seconds);
}

}  // namespace connect_lint
