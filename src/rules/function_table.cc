#include "rules/function_table.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "rules/function_kinds.h"

namespace connect_lint {
namespace {

constexpr std::array kValue = {Type::Value};
constexpr std::array kTwoValues = {Type::Value, Type::Value};
constexpr std::array kThreeValues = {Type::Value, Type::Value, Type::Value};
constexpr std::array kNodes = {Type::Nodes};
constexpr std::array kNodesAndValue = {Type::Nodes, Type::Value};
constexpr std::array kValueAndNodes = {Type::Value, Type::Nodes};
constexpr std::array kTwoNodes = {Type::Nodes, Type::Nodes};
constexpr std::array kTwoNodesAndTwoValues = {Type::Nodes, Type::Nodes, Type::Value, Type::Value};

constexpr std::array kFunctions = {
    Function{
        .name = "after",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_after,
        .check = check_separator,
        .signature = "after(text, separator)",
        .summary = "the text behind the first separator",
        .explanation = "Nothing where the separator does not occur, and for what is no text. `before` gives the other\n"
                       "half.\n",
        .example = "$.ObjectTypeNames[?after(@, '-') == 'Account']",
    },
    Function{
        .name = "among",
        .result = Type::Logical,
        .parameters = kValueAndNodes,
        .call = call_among,
        .takes_unknown = true,
        .signature = "among(value, nodes)",
        .summary = "whether a value equals one of those that a query selects",
        .explanation = "Texts, numbers, booleans and null are compared as `==` does; lists and objects equal nothing\n"
                       "here. False where the query selects nothing.\n",
        .example = "$.Tasks[?@.DestinationField && !among(@.DestinationField, $.Fields[*].Name)]",
    },
    Function{
        .name = "arn",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_arn,
        .check = check_arn,
        .signature = "arn(text, part)",
        .summary = "a part of an Amazon Resource Name",
        .explanation = "The part is partition, service, region, account or resource; region and account may be empty,\n"
                       "the resource may have colons. Nothing for a text that does not begin with `arn:` or has fewer\n"
                       "parts, and for what is no text.\n",
        .example = "$[?arn(@.KmsArn, 'service') != 'kms']",
    },
    Function{
        .name = "before",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_before,
        .check = check_separator,
        .signature = "before(text, separator)",
        .summary = "the text in front of the first separator",
        .explanation = "Nothing where the separator does not occur, and for what is no text. `after` gives the other\n"
                       "half.\n",
        .example = "$[?before(@.Uri, '://') == 'http']",
    },
    Function{
        .name = "days_between",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_days_between,
        .signature = "days_between(from, to)",
        .summary = "the days from one time to another",
        .explanation = "Takes times as `instant` does and gives days of 24 hours, with a fraction; negative where `to` is\n"
                       "before `from`. Nothing where one of the two is no time.\n",
        .example = "$[?days_between(@.StartTime, @.EndTime) > 62]",
    },
    Function{
        .name = "earlier",
        .result = Type::Value,
        .parameters = kTwoNodes,
        .call = call_earlier,
        .takes_unknown = true,
        .signature = "earlier(node, nodes)",
        .summary = "the first equal value before a node in a list",
        .explanation = "The node is one of those that the second query selects; what comes before it in that order\n"
                       "counts. Texts, numbers, booleans and null are compared as `==` does. Nothing for the first of\n"
                       "equal values, so that `@.a && earlier(@.a, $[*].a) == @.a` finds repetitions. (Without the first\n"
                       "half it finds objects without `a` too: nothing equals nothing.)\n",
        .example = "$.Tasks[?@.DestinationField && earlier(@.DestinationField, $.Tasks[*].DestinationField) == @.DestinationField]",
    },
    Function{
        .name = "has_part",
        .result = Type::Logical,
        .parameters = kThreeValues,
        .call = call_has_part,
        .check = check_separator,
        .signature = "has_part(text, separator, part)",
        .summary = "whether a part is among those that a separator divides a text into",
        .explanation = "Parts are compared whole and with their letter case; blanks around them count. False for what\n"
                       "is no text; an empty text has no parts.\n",
        .example = "$.Tasks[*].TaskProperties[?!has_part(lookup('properties_of_task', 'Map'), ',', key(@))]",
    },
    Function{
        .name = "instant",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_instant,
        .signature = "instant(time)",
        .summary = "a point in time as seconds since 1970, to be compared",
        .explanation = "Takes what a timestamp member may hold: a number of seconds, which is given back as it is, or a\n"
                       "text that every client reads alike (epoch seconds, ISO 8601, RFC 822; without an offset it is\n"
                       "UTC). The fraction of a second in a text is dropped, as clients do. Nothing for everything else,\n"
                       "and for numbers that no client can hold, such as milliseconds.\n",
        .example = "$.Batches[?instant(@.StartTime) >= instant(@.EndTime)]",
    },
    Function{
        .name = "is_time_zone",
        .result = Type::Logical,
        .parameters = kValue,
        .call = call_is_time_zone,
        .signature = "is_time_zone(text)",
        .summary = "whether a text is the name of an IANA time zone",
        .explanation = "Older names such as US/Eastern count, letter case too. The names are embedded in the program:\n"
                       "the answer does not depend on the machine. False for what is no text.\n",
        .example = "$[?@.Timezone && !is_time_zone(@.Timezone)]",
    },
    Function{
        .name = "joined",
        .result = Type::Value,
        .parameters = kNodesAndValue,
        .call = call_joined,
        .takes_unknown = true,
        .check = check_joined,
        .signature = "joined(nodes, separator)",
        .summary = "the texts that a query selects, as one text",
        .explanation = "With the separator between them; the empty text where the query selects nothing. Nothing where\n"
                       "one of them is no text.\n",
        .example = "$.Tasks[?joined(@.SourceFields[*], ',') != @.DestinationField]",
    },
    Function{
        .name = "key",
        .result = Type::Value,
        .parameters = kNodes,
        .call = call_key,
        .signature = "key(node)",
        .summary = "the name of a member, or the index of an element",
        .explanation = "Of the only node that the query selects; indices are numbers and begin with 0. Nothing where it\n"
                       "selects no node or several, and for the document itself.\n",
        .example = "$.Tasks[*].ConnectorOperator[?key(@) != 'Salesforce']",
    },
    Function{
        .name = "lookup",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_lookup,
        .check = check_lookup,
        .signature = "lookup(table, text)",
        .summary = "what a table says about a text",
        .explanation = "The tables:\n"
                       "\n"
                       "connectors_with_operator  from an operator to the connectors that have it, in words\n"
                       "properties_of_task        from a TaskType to its TaskProperties, with commas between them\n"
                       "task_type_of_operator     from an operator to its TaskType; NO_OP has several, so none here\n"
                       "\n"
                       "Nothing where the table does not have the text, letter case included.\n",
        .example = "$.Tasks[?lookup('task_type_of_operator', value(@.ConnectorOperator.*)) == 'Mask' && @.TaskType != 'Mask']",
    },
    Function{
        .name = "lower",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_lower,
        .signature = "lower(text)",
        .summary = "the text in lower case",
        .explanation = "Only the letters A to Z change. Nothing for what is no text.\n",
        .example = "$[?lower(@.ConnectorType) == 'servicenow']",
    },
    Function{
        .name = "member_of",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_member_of,
        .signature = "member_of(connector)",
        .summary = "the member that a ConnectorType's settings stand in",
        .explanation = "The service spells one of them in two ways: the type `Servicenow` has the member `ServiceNow`.\n"
                       "Every other text is given back as it is. Nothing for what is no text.\n",
        .example = "$.Tasks[*].ConnectorOperator[?key(@) != member_of($.SourceFlowConfig.ConnectorType)]",
    },
    Function{
        .name = "now",
        .result = Type::Value,
        .parameters = {},
        .call = call_now,
        .signature = "now()",
        .summary = "the present time as seconds since 1970",
        .explanation = "Nothing unless the program is told the time, so that a file that passes today passes tomorrow.\n",
        .example = "$[?instant(@.EndTime) < now()]",
    },
    Function{
        .name = "number",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_number,
        .signature = "number(text)",
        .summary = "the number that a text holds",
        .explanation = "The whole text has to be a decimal number as JSON writes them; a leading plus sign or zero and\n"
                       "a bare fraction do no harm. A number is given back as it is; nothing for everything else.\n",
        .example = "$.Tasks[?number(@.TaskProperties.TRUNCATE_LENGTH) < 1]",
    },
    Function{
        .name = "overlapping",
        .result = Type::Value,
        .parameters = kTwoNodesAndTwoValues,
        .call = call_overlapping,
        .takes_unknown = true,
        .check = check_overlapping,
        .signature = "overlapping(node, nodes, begin, end)",
        .summary = "another object whose time overlaps that of an object",
        .explanation = "The second query selects objects that begin and end at the times of two members, the node is\n"
                       "one of them. The end does not belong to the time. Of two that overlap, the one that begins\n"
                       "later has the other as its result; of two that begin together, the later one in the list.\n"
                       "Nothing where there is none; `length(overlapping(...)) > 0` asks for it. Objects whose times\n"
                       "cannot be read, or that end before they begin, do not take part.\n",
        .example = "$.Batches[?length(overlapping(@, $.Batches[*], 'StartTime', 'EndTime')) > 0]",
    },
    Function{
        .name = "parts",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_parts,
        .check = check_separator,
        .signature = "parts(text, separator)",
        .summary = "how many parts a separator divides a text into",
        .explanation = "1 where the separator does not occur, 0 for an empty text. `a,,b,` has four parts: two of them\n"
                       "are empty. Nothing for what is no text.\n",
        .example = "$.Tasks[?parts(@.DestinationField, ',') != count(@.SourceFields[*])]",
    },
    Function{
        .name = "previous",
        .result = Type::Value,
        .parameters = kNodesAndValue,
        .call = call_previous,
        .check = check_previous,
        .signature = "previous(node, member)",
        .summary = "a member of the list element before a node",
        .explanation = "Of the element directly before it in the same list. Nothing for the first element, for what is\n"
                       "no element of a list, and where the element before does not have the member.\n",
        .example = "$.Batches[?instant(@.StartTime) < instant(previous(@, 'EndTime'))]",
    },
    Function{
        .name = "request",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_request,
        .check = check_request,
        .signature = "request(member)",
        .summary = "a member of the request that `$` is a part of",
        .explanation = "A rule on a shape has that shape as `$`; this looks at what stands around it. Without a request\n"
                       "around it, `$` itself. Nothing where the member is missing.\n",
        .example = "$[?request('WorkflowType') != 'APPFLOW_INTEGRATION']",
    },
    Function{
        .name = "schedule_expression",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_schedule_expression,
        .signature = "schedule_expression(text)",
        .summary = "the accepted ScheduleExpression that means the same",
        .explanation = "Customer Profiles accepts rate(5minutes), rate(15minutes), rate(1hours) and rate(1days). What is\n"
                       "written otherwise and means one of them, such as `rate(60 minutes)`, gives that; everything else\n"
                       "nothing.\n",
        .example = "$[?schedule_expression(@.ScheduleExpression) != lower(@.ScheduleExpression)]",
    },
    Function{
        .name = "schedule_minutes",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_schedule_minutes,
        .signature = "schedule_minutes(text)",
        .summary = "the minutes between two runs of a schedule",
        .explanation = "Reads `rate(...)` in minutes, hours or days as people write it: with blanks, in any letter case,\n"
                       "singular or plural. Nothing for `cron(...)`, `at(...)` and everything else.\n",
        .example = "$[?schedule_minutes(@.ScheduleExpression) < 5]",
    },
    Function{
        .name = "starts_with",
        .result = Type::Logical,
        .parameters = kTwoValues,
        .call = call_starts_with,
        .check = check_prefix,
        .signature = "starts_with(text, prefix)",
        .summary = "whether a text begins with another",
        .explanation = "Letter case counts. Every text begins with the empty one. False for what is no text.\n",
        .example = "$[?starts_with(@.BucketName, 's3://')]",
    },
    Function{
        .name = "time_part",
        .result = Type::Value,
        .parameters = kTwoValues,
        .call = call_time_part,
        .check = check_time_part,
        .signature = "time_part(time, part)",
        .summary = "how a point in time is written",
        .explanation = "The part `form` is one of the texts epoch, date, date-time and rfc-822. `offset` is true where\n"
                       "the text says how far it is from UTC, and for epochs, which always are. `fraction` is true\n"
                       "where there are fractions of a second. Nothing for what `instant` does not read.\n",
        .example = "$..[?time_part(@.StartTime, 'offset') == false]",
    },
    Function{
        .name = "time_text",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_time_text,
        .signature = "time_text(time)",
        .summary = "a point in time as text, in UTC",
        .explanation = "As 2021-10-14T13:51:57Z, whatever way it is written; for messages. Nothing for what `instant`\n"
                       "does not read.\n",
        .example = "$[?time_text(@.StartTime) == '1970-01-01T00:00:00Z']",
    },
    Function{
        .name = "time_zone_near",
        .result = Type::Value,
        .parameters = kValue,
        .call = call_time_zone_near,
        .signature = "time_zone_near(text)",
        .summary = "the time zone that a misspelt name may mean",
        .explanation = "By letter case, by the city alone, or by a few wrong letters; for help texts. Nothing where it\n"
                       "would be a guess: for abbreviations such as PST, and where digits differ.\n",
        .example = "$[?time_zone_near(@.Timezone) == 'Europe/Berlin']",
    },
};
static_assert(std::ranges::is_sorted(kFunctions, {}, &Function::name));

// RFC 9535's are known by name only until the program runs.
constexpr std::array<std::string_view, 5> kStandard = {"count", "length", "match", "search", "value"};

constexpr auto with_standard() {
  std::array<Function, kFunctions.size() + kStandard.size()> all{};
  std::size_t ours = 0;
  std::size_t standard = 0;
  for (Function& function : all) {
    const bool is_ours = standard == kStandard.size() || (ours < kFunctions.size() && kFunctions[ours].name < kStandard[standard]);
    if (is_ours) function = kFunctions[ours++];
    else function.name = kStandard[standard++];
  }
  return all;
}

}  // namespace

FunctionTable rule_functions() { return kFunctions; }

FunctionTable all_functions() {
  static constinit auto all = with_standard();
  static const bool complete = [] {
    assert(standard_functions().size() == kStandard.size() && "RFC 9535 defines no others");
    for (const Function& function : standard_functions()) *std::ranges::lower_bound(all, function.name, {}, &Function::name) = function;
    return true;
  }();
  static_cast<void>(complete);
  return all;
}

}  // namespace connect_lint
