#include "base/catalogue.h"

#include <algorithm>
#include <array>

namespace connect_lint {
namespace {

using enum Severity;
using enum Certainty;

constexpr std::array kCatalogue = {
    CatalogueEntry{
        "baseline/stale", Warning, Convention, "the baseline has findings that are gone",
        "A baseline holds findings that were there when it was written, so that only new ones are shown. These were mended,\n"
        "or their values have changed. Write it anew with --write-baseline, so that they cannot come back unseen.\n",
        "", ""},
    CatalogueEntry{
        "document/byte-order-mark", Error, Service, "the file begins with a byte order mark",
        "Some editors put three invisible bytes in front of UTF-8 text. The AWS CLI refuses such a JSON file with\n"
        "\"Invalid JSON received\" and no position. Save the file as UTF-8 without a byte order mark.\n",
        "<EF BB BF>{\"DomainName\": \"sales\"}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "document/comment", Error, Service, "a comment in JSON",
        "JSON has no comments, and the AWS CLI refuses a file with one. Remove it, or keep the request as YAML.\n",
        "{\"DomainName\": \"sales\" /* test */}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "document/control-character", Error, Service, "a control character inside a string",
        "Characters below U+0020, such as a tab, have to be written as escapes inside of strings.\n",
        "{\"Uri\": \"a<tab>b\"}", "{\"Uri\": \"a\\tb\"}"},
    CatalogueEntry{
        "document/duplicate-key", Error, Service, "an object has the same key twice",
        "JSON readers silently keep one of the two values, usually the last, and do not agree on it. What is sent\n"
        "may not be what was reviewed. In YAML the AWS CLI refuses the file. Remove or rename one of them.\n",
        "{\"DomainName\": \"sales\", \"DomainName\": \"support\"}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{"document/empty", Error, Service, "the file holds no value",
                   "An empty file, or one with nothing but white space or comments, is no request.\n", "",
                   "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "document/encoding", Error, Service, "bytes that are not UTF-8",
        "JSON and YAML are exchanged as UTF-8, and clients refuse other bytes. Usually the file was saved as Latin-1 or\n"
        "UTF-16. Save it as UTF-8.\n",
        "{\"Uri\": \"caf<E9>\"}", "{\"Uri\": \"café\"}"},
    CatalogueEntry{
        "document/lone-surrogate", Error, Service, "half of a surrogate pair",
        "Characters beyond U+FFFF are written as two \\u escapes. One half alone is no character: readers replace\n"
        "it, refuse it or send it on.\n",
        "{\"Uri\": \"\\ud83d\"}", "{\"Uri\": \"\\ud83d\\ude00\"}"},
    CatalogueEntry{
        "document/number-range", Error, Service, "a number that no reader can hold",
        "The number is larger than a double, so that readers make infinity of it or fail.\n",
        "{\"MaxResults\": 1e400}", "{\"MaxResults\": 100}"},
    CatalogueEntry{
        "document/syntax", Error, Service, "the text is not JSON, or not YAML",
        "The text breaks the grammar of JSON (RFC 8259) or YAML at the marked place. In JSON, where the intention is\n"
        "clear, such as a missing comma, the rest of the file is checked all the same. YAML is read as the AWS CLI\n"
        "reads it (--cli-input-yaml): YAML 1.2, one document, no tags of one's own, and keys that are texts.\n"
        "Whether a file is JSON or YAML is told by its name, or by --syntax.\n",
        "{\"DomainName\": \"sales\" \"Uri\": \"x\"}", "{\"DomainName\": \"sales\", \"Uri\": \"x\"}"},
    CatalogueEntry{
        "document/too-deep", Error, Convention, "arrays and objects are nested too deep",
        "Requests are nested about ten levels deep. Reading stops at the limit, which --max-depth sets.\n",
        "[[[[[[[[ ... ]]]]]]]]", "[]"},
    CatalogueEntry{
        "document/too-large", Error, Convention, "the file is larger than the limit",
        "Files above the limit are not read, so that a run cannot exhaust the memory. --max-input-bytes sets it.\n",
        "", ""},
    CatalogueEntry{"document/trailing-comma", Error, Service, "a comma before a closing bracket",
                   "JSON has no comma after the last element or member. The AWS CLI refuses the file.\n",
                   "{\"DomainName\": \"sales\",}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{"document/unreadable", Error, Convention, "the file cannot be read",
                   "The file is missing, is no regular file, or may not be opened. The message says which.\n", "", ""},
    CatalogueEntry{
        "request/appflow", Error, Documentation, "a request for AppFlow instead of Customer Profiles",
        "AppFlow's own CreateFlow takes nearly the same members in lower camel case. Customer Profiles takes a flow\n"
        "as FlowDefinition of PutIntegration or CreateIntegrationWorkflow and creates it itself. This is a warning\n"
        "where the file may well be meant for AppFlow, and an error where it was named as one of ours.\n",
        "{\"flowName\": \"a\", \"tasks\": [], \"triggerConfig\": {}}",
        "{\"DomainName\": \"sales\", \"FlowDefinition\": {\"FlowName\": \"accounts\"}}"},
    CatalogueEntry{
        "request/foreign-member", Error, Model, "a member that belongs to another operation",
        "Clients refuse members that the operation does not have. This one belongs to another operation of\n"
        "Customer Profiles: either the member or the operation is the wrong one.\n",
        "{\"DomainName\": \"sales\", \"Uri\": \"x\", \"WorkflowType\": \"APPFLOW_INTEGRATION\"}",
        "{\"DomainName\": \"sales\", \"Uri\": \"x\"}"},
    CatalogueEntry{"request/not-an-object", Error, Model, "a request that is no object",
                   "The members of a request stand in one object. A list of requests is a stream of its own.\n",
                   "[{\"DomainName\": \"sales\"}]", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "request/operation-ambiguous", Error, Convention, "the members fit several operations",
        "Some requests look alike: GetWorkflow and DeleteWorkflow take the same members. Say which one is meant\n"
        "with --operation, or by the file's name, such as get-workflow-sales.json. This is a warning where\n"
        "operations that are not checked fit as well.\n",
        "{\"DomainName\": \"sales\", \"WorkflowId\": \"0123456789abcdef0123456789abcdef\"}",
        "{\"operation\": \"GetWorkflow\", \"input\": {\"DomainName\": \"sales\", \"WorkflowId\": "
        "\"0123456789abcdef0123456789abcdef\"}}"},
    CatalogueEntry{"request/operation-unknown", Error, Model, "no operation of that name",
                   "The envelope or --operation names an operation that Customer Profiles does not have.\n",
                   "{\"operation\": \"PutIntegrations\", \"input\": {}}",
                   "{\"operation\": \"PutIntegration\", \"input\": {}}"},
    CatalogueEntry{"request/response", Error, Model, "a response in place of a request",
                   "The file holds what the service answered, a list of items, and no request.\n",
                   "{\"Items\": []}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "request/response-member", Error, Model, "members that only a response has",
        "The members were copied from an answer of the service, which tells more than a request may. Clients refuse\n"
        "them. Remove them.\n",
        "{\"DomainName\": \"sales\", \"Uri\": \"x\", \"ObjectTypeName\": \"a\", \"CreatedAt\": 1634244800}",
        "{\"DomainName\": \"sales\", \"Uri\": \"x\", \"ObjectTypeName\": \"a\"}"},
    CatalogueEntry{
        "request/uri-member", Error, Model, "a member in the body that travels in the URI",
        "In the raw HTTP form of a request some members are part of the path or of the query string. In the body\n"
        "they are ignored or refused. The `input` dialect (AWS CLI, boto3) has them beside the others.\n",
        "{\"DomainName\": \"sales\", \"Uri\": \"x\"}", "{\"Uri\": \"x\"}"},
    CatalogueEntry{
        "request/wrapped", Error, Model, "the request stands inside of another object",
        "Clients take the members of the request themselves; the name of the operation is the command's or\n"
        "function's. Remove the outer object. Its content is checked all the same.\n",
        "{\"PutIntegration\": {\"DomainName\": \"sales\"}}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "rule/too-much-work", Error, Convention, "a rule was stopped on this file",
        "Each rule may look at a bounded number of values of a file, so that no rule can keep a hook waiting. This\n"
        "one came to its end: what else it would find is not known. Queries with `..` inside filters are the usual\n"
        "reason; `connect-lint why RULE FILE` shows where the work goes.\n",
        "", ""},
    CatalogueEntry{
        "schema/enum", Error, Model, "a value that is none of those allowed",
        "The service knows a fixed set of values here, and letter case counts. The AWS CLI and boto3 do not check\n"
        "it, so the mistake would come back from the service.\n",
        "{\"DomainName\": \"sales\", \"WorkflowType\": \"Appflow\"}",
        "{\"DomainName\": \"sales\", \"WorkflowType\": \"APPFLOW_INTEGRATION\"}"},
    CatalogueEntry{"schema/items", Error, Model, "a list with too many or too few elements",
                   "The service limits the number of elements of the list.\n",
                   "{\"DomainName\": \"sales\", \"EventTriggerNames\": [\"a\", \"b\"]}",
                   "{\"DomainName\": \"sales\", \"EventTriggerNames\": [\"a\"]}"},
    CatalogueEntry{
        "schema/length", Error, Model, "a text that is too long or too short",
        "The service limits the length of the text, counted in characters. The AWS CLI and boto3 check the lower\n"
        "limit only. An empty optional text is best left out.\n",
        "{\"DomainName\": \"\"}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{"schema/null", Error, Service, "a null",
                   "Clients refuse null everywhere. A member that has no value is left out. In YAML, null is also what\n"
                   "`~` and a member without a value are read as.\n",
                   "{\"DomainName\": \"sales\", \"NextToken\": null}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "schema/pattern", Error, Model, "a text with characters that are not allowed, or in another form",
        "The service wants a text of a certain form: the message shows where this one leaves it. Names, identifiers\n"
        "and ARNs are compared as whole values.\n",
        "{\"DomainName\": \"sales domain\"}", "{\"DomainName\": \"sales-domain\"}"},
    CatalogueEntry{"schema/properties", Error, Model, "an object with too many or too few members",
                   "The service limits the number of members of the object. An empty one is best left out.\n",
                   "{\"DomainName\": \"sales\", \"Tags\": {}}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{"schema/range", Error, Model, "a number that is too large or too small",
                   "The service limits the number. The AWS CLI and boto3 check the lower limit only.\n",
                   "{\"DomainName\": \"sales\", \"MaxResults\": 500}", "{\"DomainName\": \"sales\", \"MaxResults\": 100}"},
    CatalogueEntry{"schema/required", Error, Model, "a required member is missing",
                   "Clients refuse a request that lacks a required member. It is reported at the object that lacks it.\n",
                   "{\"DomainName\": \"sales\"}", "{\"DomainName\": \"sales\", \"Uri\": \"x\"}"},
    CatalogueEntry{
        "schema/time-as-digits", Error, Service, "digits that look like a date but are read as seconds",
        "A text of nothing but digits is read as seconds since 1970: \"20211014\" becomes 22 August 1970. Write the\n"
        "date with hyphens.\n",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"20211014\"}",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-10-14T00:00:00Z\"}"},
    CatalogueEntry{
        "schema/time-form", Error, Service, "a text that is no time, or one that clients read differently",
        "Clients guess at many forms (10/14/2021, 13:51, Oct), and fill in what is missing from the machine's clock.\n"
        "Seconds since 1970 and RFC 3339 (2021-10-14T13:51:57Z) are read alike everywhere. In the raw HTTP body a\n"
        "time is a number.\n",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"10/14/2021\"}",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-10-14T00:00:00Z\"}"},
    CatalogueEntry{"schema/time-impossible", Error, Service, "a date or time that does not exist",
                   "The form is right, but there is no such day or hour: 30 February, 24:00.\n",
                   "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-02-30\"}",
                   "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-02-28\"}"},
    CatalogueEntry{
        "schema/time-in-milliseconds", Error, Service, "milliseconds where seconds are meant",
        "Times are seconds since 1970. A number this large lies beyond the year 5000; clients refuse or crash on it.\n"
        "Other services (AppIntegrations, the filters of AppFlow) do count milliseconds, hence the mix-up.\n",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": 1634244800435}",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": 1634244800}"},
    CatalogueEntry{
        "schema/time-zone-name", Error, Service, "a time with the name of a zone",
        "Clients drop names such as EST, or read them as the zone of the machine they run on: the same file means\n"
        "different times on different machines. Write the offset: -05:00, or Z for UTC.\n",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-10-14T13:51:57 EST\"}",
        "{\"DomainName\": \"sales\", \"QueryStartDate\": \"2021-10-14T13:51:57-05:00\"}"},
    CatalogueEntry{"schema/type", Error, Model, "a value of another type",
                   "Clients refuse a value of another type: \"5\" is no number, and 5.0 no integer. In YAML a text without\n"
                   "quotes may be read as something else: 0123 as a number, 2021-10-14 as a date; between quotes it is a\n"
                   "text. `yes` and `no` are texts, only `true` and `false` are booleans.\n",
                   "{\"DomainName\": \"sales\", \"MaxResults\": \"5\"}", "{\"DomainName\": \"sales\", \"MaxResults\": 5}"},
    CatalogueEntry{
        "schema/unknown-member", Error, Model, "a member that the service does not know",
        "Clients refuse members that the model does not have. Where the name looks like a misspelt one, the value\n"
        "is checked as if it were spelled right, and the member does not count as missing.\n",
        "{\"domainName\": \"sales\"}", "{\"DomainName\": \"sales\"}"},
    CatalogueEntry{
        "suppression/expired", Warning, Convention, "an entry of `ignore` has expired",
        "The entry in the configuration says until when a finding is to be ignored, and that day has passed, so that the\n"
        "finding is shown again. Mend what was ignored, or decide anew. Entries expire only with --now, so that a file that\n"
        "passes today passes tomorrow.\n",
        "", ""},
    CatalogueEntry{
        "suppression/malformed", Warning, Convention, "a comment for connect-lint that says nothing",
        "A comment is written as `# connect-lint: ignore ID: reason`, with several ids between commas. The reason is for\n"
        "those who read the file later. A comment without one ignores nothing.\n",
        "", ""},
    CatalogueEntry{
        "suppression/unknown-id", Warning, Convention, "a comment ignores a finding that does not exist",
        "The id, or family, is none that connect-lint has (`connect-lint explain` lists them), and no rule of yours.\n",
        "", ""},
    CatalogueEntry{
        "suppression/unused", Warning, Convention, "something is ignored that is not there",
        "A comment or an entry of `ignore` is for a finding that the file does not have, perhaps because it was mended. It\n"
        "would hide the next mistake of this kind. Remove it.\n",
        "", ""},
    CatalogueEntry{
        "template/connector-spelling", Error, Service, "ServiceNow spelt as the API spells it, in a template",
        "The schema of AWS::CustomerProfiles::Integration knows `ServiceNow` where the API has `Servicenow`, and\n"
        "CloudFormation refuses other spellings. The guide's page about SourceFlowConfig prints the API's.\n",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"FlowDefinition\": {\"SourceFlowConfig\": {\"ConnectorType\": \"Servicenow\"}}}}",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"FlowDefinition\": {\"SourceFlowConfig\": {\"ConnectorType\": \"ServiceNow\"}}}}"},
    CatalogueEntry{
        "template/entry-form", Error, Service, "an entry of a list that is no pair of a key and a value",
        "Templates have lists of entries where the API has maps: an entry of Tags and ObjectTypeNames is an object with\n"
        "Key and Value, one of TaskProperties has OperatorPropertyKey and Property. Both are needed, and nothing else.\n",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": [{\"Key\": \"team\"}]}}",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": [{\"Key\": \"team\", \"Value\": \"sales\"}]}}"},
    CatalogueEntry{
        "template/entry-twice", Error, Service, "a list with two entries of one key",
        "The list is turned into a map when the template is deployed. AWS's own handler fails when a key is there twice.\n",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": [{\"Key\": \"team\", \"Value\": \"a\"}, {\"Key\": \"team\", \"Value\": \"b\"}]}}",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": [{\"Key\": \"team\", \"Value\": \"a\"}]}}"},
    CatalogueEntry{
        "template/list-expected", Error, Service, "a map in a template where a list of entries belongs",
        "Tags, ObjectTypeNames and TaskProperties are maps in the API and lists of entries in a template. CloudFormation\n"
        "refuses the map.\n",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": {\"team\": \"sales\"}}}",
        "{\"Type\": \"AWS::CustomerProfiles::Integration\", \"Properties\": {\"DomainName\": \"sales\", "
        "\"Tags\": [{\"Key\": \"team\", \"Value\": \"sales\"}]}}"},
    CatalogueEntry{
        "template/text-limit", Warning, Convention, "functions of a template make more text than is followed",
        "A parameter can be put into many texts by Ref, Fn::Sub and Fn::Join, so a small template can mean a large one.\n"
        "Above 256 KiB of such texts those that follow are taken as not known, and not checked.\n",
        "", ""},
};

static_assert(std::is_sorted(kCatalogue.begin(), kCatalogue.end(),
                             [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; }));
static_assert(kCatalogue.size() == static_cast<std::size_t>(FindingId::TemplateTextLimit) + 1);

}  // namespace

std::span<const CatalogueEntry> catalogue() { return kCatalogue; }

const CatalogueEntry& entry_of(FindingId id) { return kCatalogue[static_cast<std::size_t>(id)]; }

const CatalogueEntry* find_entry(std::string_view id) {
  const auto found = std::lower_bound(
      kCatalogue.begin(), kCatalogue.end(), id,
      [](const CatalogueEntry& entry, std::string_view wanted) { return entry.id < wanted; });
  return found != kCatalogue.end() && found->id == id ? &*found : nullptr;
}

}  // namespace connect_lint
