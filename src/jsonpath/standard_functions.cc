// The functions that RFC 9535 defines (section 2.4.4 to 2.4.8).
#include <array>

#include "base/utf8.h"
#include "jsonpath/function.h"

namespace connect_lint {
namespace {

constexpr std::array kValue = {Type::Value};
constexpr std::array kNodes = {Type::Nodes};
constexpr std::array kTwoValues = {Type::Value, Type::Value};

Value whole(std::size_t number) { return Value::of(static_cast<std::int64_t>(number)); }

// Lone surrogates, which UTF-8 cannot have, count as one like everything else.
Value call_length(CallContext& context, std::span<const Argument> arguments) {
  const Value& value = arguments[0].value;
  if (value.is(ValueKind::Container)) return whole(context.count_children(value.node));
  if (!value.is(ValueKind::String)) return Value::nothing();
  const bool ascii = value.node != kNoNode && !context.document()[value.node].has(Node::kNonAscii);
  if (ascii) return whole(value.text.size());
  if (!context.charge(value.text.size() / 16)) return Value::unknown();
  return whole(utf8_length(value.text));
}

Value call_count(CallContext&, std::span<const Argument> arguments) { return whole(arguments[0].nodes.size()); }

Value call_pattern(CallContext& context, std::span<const Argument> arguments) {
  const Value& value = arguments[0].value;
  if (!value.is(ValueKind::String)) return Value::of(false);
  return Value::of(context.matches(value.text, arguments[1]));
}

Value call_value(CallContext& context, std::span<const Argument> arguments) {
  const std::span<const NodeIndex> nodes = arguments[0].nodes;
  return nodes.size() == 1 ? context.value(nodes[0]) : Value::nothing();
}

constexpr std::array kFunctions = {
    Function{
        .name = "count",
        .result = Type::Value,
        .parameters = kNodes,
        .call = call_count,
        .signature = "count(nodes)",
        .summary = "how many nodes a query selects",
        .explanation = "Takes a query of any form and gives the length of its nodelist, 0 if it selects nothing. A\n"
                       "node that is selected twice counts twice.\n",
        .example = "$.Tasks[?count(@.SourceFields[*]) > 1]",
        .standard = true,
    },
    Function{
        .name = "length",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_length,
        .signature = "length(value)",
        .summary = "the length of a text, a list or an object",
        .explanation = "Characters (code points) of a text, elements of a list, members of an object. Anything else\n"
                       "has no length: the result is nothing, which equals no number.\n",
        .example = "$[?length(@.FlowName) > 256]",
        .standard = true,
    },
    Function{
        .name = "match",
        .result = Type::Logical,
        .parameters = kTwoValues,
        .call = call_pattern,
        .pattern = PatternUse::Whole,
        .signature = "match(text, pattern)",
        .summary = "whether the whole text matches a pattern",
        .explanation = "The pattern is an I-Regexp (RFC 9485): no look-ahead, no `\\d`. False for what is no text\n"
                       "and for a pattern that is none.\n",
        .example = "$[?match(@.Date, '[0-9]{4}-[0-9]{2}-[0-9]{2}')]",
        .standard = true,
    },
    Function{
        .name = "search",
        .result = Type::Logical,
        .parameters = kTwoValues,
        .call = call_pattern,
        .pattern = PatternUse::Part,
        .signature = "search(text, pattern)",
        .summary = "whether some part of the text matches a pattern",
        .explanation = "As `match`, but the text may go on before and after what matches.\n",
        .example = "$[?search(@.Description, '[<>]')]",
        .standard = true,
    },
    Function{
        .name = "value",
        .result = Type::Value,
        .parameters = kNodes,
        .call = call_value,
        .signature = "value(nodes)",
        .summary = "the value of the only node that a query selects",
        .explanation = "Makes a query of any form comparable. Nothing if it selects no node, or several.\n",
        .example = "$[?value(@..Color) == 'red']",
        .standard = true,
    },
};

}  // namespace

FunctionTable standard_functions() { return kFunctions; }

}  // namespace connect_lint
