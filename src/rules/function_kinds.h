// The functions by kind, for function_table.cc, and what they share.
#ifndef CONNECT_LINT_RULES_FUNCTION_KINDS_H_
#define CONNECT_LINT_RULES_FUNCTION_KINDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/timestamp.h"
#include "jsonpath/function.h"

namespace connect_lint {

// text_functions.cc: as Function::call, then as Function::check.
Value call_after(CallContext& context, std::span<const Argument> arguments);
Value call_before(CallContext& context, std::span<const Argument> arguments);
Value call_has_part(CallContext& context, std::span<const Argument> arguments);
Value call_lower(CallContext& context, std::span<const Argument> arguments);
Value call_number(CallContext& context, std::span<const Argument> arguments);
Value call_parts(CallContext& context, std::span<const Argument> arguments);
Value call_starts_with(CallContext& context, std::span<const Argument> arguments);
std::optional<ArgumentProblem> check_prefix(std::span<const Value> literals);
std::optional<ArgumentProblem> check_separator(std::span<const Value> literals);

// node_functions.cc: as Function::call, then as Function::check.
Value call_among(CallContext& context, std::span<const Argument> arguments);
Value call_earlier(CallContext& context, std::span<const Argument> arguments);
Value call_joined(CallContext& context, std::span<const Argument> arguments);
Value call_key(CallContext& context, std::span<const Argument> arguments);
Value call_overlapping(CallContext& context, std::span<const Argument> arguments);
Value call_previous(CallContext& context, std::span<const Argument> arguments);
std::optional<ArgumentProblem> check_joined(std::span<const Value> literals);
std::optional<ArgumentProblem> check_overlapping(std::span<const Value> literals);
std::optional<ArgumentProblem> check_previous(std::span<const Value> literals);

// time_functions.cc: as Function::call, then as Function::check.
Value call_days_between(CallContext& context, std::span<const Argument> arguments);
Value call_instant(CallContext& context, std::span<const Argument> arguments);
Value call_is_time_zone(CallContext& context, std::span<const Argument> arguments);
Value call_now(CallContext& context, std::span<const Argument> arguments);
Value call_time_part(CallContext& context, std::span<const Argument> arguments);
Value call_time_text(CallContext& context, std::span<const Argument> arguments);
Value call_time_zone_near(CallContext& context, std::span<const Argument> arguments);
std::optional<ArgumentProblem> check_time_part(std::span<const Value> literals);

// service_functions.cc: as Function::call, then as Function::check.
Value call_arn(CallContext& context, std::span<const Argument> arguments);
Value call_lookup(CallContext& context, std::span<const Argument> arguments);
Value call_member_of(CallContext& context, std::span<const Argument> arguments);
Value call_request(CallContext& context, std::span<const Argument> arguments);
Value call_schedule_expression(CallContext& context, std::span<const Argument> arguments);
Value call_schedule_minutes(CallContext& context, std::span<const Argument> arguments);
std::optional<ArgumentProblem> check_arn(std::span<const Value> literals);
std::optional<ArgumentProblem> check_lookup(std::span<const Value> literals);
std::optional<ArgumentProblem> check_request(std::span<const Value> literals);

// The point in time that a member of a request means, in seconds since 1970.
// Nothing for what is no such point, and for epochs that no client can hold.
[[nodiscard]] std::optional<Number> instant_of(const Value& value);

// The reading of a text or a number; a problem for everything else. The seconds
// of a number are rounded down.
[[nodiscard]] TimeReading reading_of(const Value& value);
// What time_part() gives.
[[nodiscard]] std::string_view name_of(TimeForm form);

// What arn() gives; no data for nothing.
[[nodiscard]] std::string_view arn_part(std::string_view arn, std::string_view part);

// The value of an object's member, the last one where there are several.
// Nothing without one, and for what is no object; Unknown for an unknown object.
[[nodiscard]] Value member_value(CallContext& context, NodeIndex object, std::string_view name);

// For Function::check: the literal, if there is one, has to be a text.
[[nodiscard]] std::optional<ArgumentProblem> check_text(std::span<const Value> literals, std::size_t argument,
                                                        std::string_view what);
// Likewise one of these texts.
[[nodiscard]] std::optional<ArgumentProblem> check_choice(std::span<const Value> literals, std::size_t argument,
                                                          std::string_view what, std::span<const std::string_view> choices);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_FUNCTION_KINDS_H_
