#include "request/recognise.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <bitset>

#include "base/edit_distance.h"
#include "base/quote.h"

namespace connect_lint {
namespace {

std::span<const OperationInfo> operations() { return built_in_operations().operations; }

OperationBits bit(OperationIndex operation) { return OperationBits{1} << operation; }

// Members that hardly any other service has. One of them makes a file ours;
// the others (DomainName, Uri, Tags, ...) need company.
bool is_telling(std::string_view member) {
  static constexpr std::array<std::string_view, 8> kTelling = {
      "FlowDefinition",    "IntegrationConfig", "ObjectTypeName", "ObjectTypeNames",
      "EventTriggerNames", "IncludeHidden",     "QueryEndDate",   "QueryStartDate"};
  return std::any_of(kTelling.begin(), kTelling.end(),
                     [&](std::string_view telling) { return equal_but_for_case(member, telling); });
}

// --- File names -----------------------------------------------------------

// The words of a file name in lower case between hyphens, as the AWS CLI
// writes operations: "PutIntegration_eu.json" is "-put-integration-eu-json-".
std::string hyphenated(std::string_view name) {
  std::string words = "-";
  bool after_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (words.back() != '-' && (!letter || (upper && after_lower))) words += '-';
    if (letter) words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    after_lower = letter && !upper;
  }
  if (words.back() != '-') words += '-';
  return words;
}

// True when `words` begins with the whole words of `command`.
bool begins_with(std::string_view words, std::string_view command) {
  return words[0] == command[0] && words.size() > command.size() && words[command.size()] == '-' &&
         words.starts_with(command);
}

struct FileNameEvidence {
  std::optional<OperationIndex> operation;
  std::string_view other;  // An operation that is not checked.
  bool response = false;   // "...-response.json": what the service said.
};

FileNameEvidence evidence_of(std::string_view path) {
  FileNameEvidence evidence;
  if (path.empty()) return evidence;
  const std::string words = hyphenated(path.substr(path.find_last_of('/') + 1));
  std::size_t longest = 0;
  for (std::size_t at = 1; at < words.size(); at = words.find('-', at) + 1) {
    const std::string_view rest = std::string_view(words).substr(at);
    for (OperationIndex i = 0; i < operations().size(); ++i) {
      if (operations()[i].command.size() <= longest || !begins_with(rest, operations()[i].command)) continue;
      longest = operations()[i].command.size();
      evidence.operation = i;
      evidence.other = {};
    }
    for (const OtherOperation& other : built_in_operations().others) {
      if (other.command.size() <= longest || !begins_with(rest, other.command)) continue;
      longest = other.command.size();
      evidence.operation.reset();
      evidence.other = other.name;
    }
    evidence.response = evidence.response || begins_with(rest, "response") || begins_with(rest, "output");
  }
  return evidence;
}

// --- Members --------------------------------------------------------------

// How well the members of an object fit an operation.
struct Fit {
  int taken = 0;
  int near = 0;     // Taken but for letter case.
  int unknown = 0;
  int missing = 0;  // Required ones.

  [[nodiscard]] bool exact() const { return unknown == 0 && near == 0 && missing == 0 && taken > 0; }
  [[nodiscard]] int score() const { return 4 * (taken + near) - 2 * unknown - 3 * missing; }
};

// What is taken for a response: members that no request has.
struct Members {
  std::vector<std::string_view> keys;
  std::size_t response_only = 0;
  bool telling = false;
};

class Recogniser {
 public:
  Recogniser(const Document& document, const MemberTable& members, const RecognitionHints& hints)
      : document_(document), members_(members), hints_(hints) {}

  Recognition run() {
    const FileNameEvidence evidence =
        hints_.operation ? FileNameEvidence{} : evidence_of(hints_.file_name);
    const bool forced = hints_.dialect == Dialect::CloudFormation;
    if (!forced)
      if (const auto request = at_once(evidence)) return found(0, request->operation, request->recognised_by);
    if (auto recognition = from_template(forced)) return std::move(*recognition);
    if (hints_.operation) return with(*hints_.operation, RecognisedBy::Option);
    if (document_[0].kind == Kind::Array) return from_array();
    if (document_[0].kind != Kind::Object) return none("its value is no object");
    if (auto recognition = from_envelope()) return *recognition;
    collect(0);
    if (evidence.response && (found_.response_only > 0 || is_list_response()))
      return none("its name says that it is a response");
    if (auto recognition = from_wrapper(0)) return *recognition;
    if (evidence.operation && is_plausible(*evidence.operation))
      return with(*evidence.operation, RecognisedBy::FileName);
    if (!evidence.other.empty())
      return none(fmt::format("its name says {}, which is not checked", evidence.other));
    Recognition recognition;
    if (is_create_flow()) {
      recognition.finding = {.id = FindingId::RequestAppflow, .severity = Severity::Warning};
      return recognition;
    }
    if (const auto operation = listed_by()) {
      recognition.finding = {
          .id = FindingId::RequestResponse, .severity = Severity::Warning, .operation = *operation};
      return recognition;
    }
    return from_members();
  }

 private:
  // The answer for an ordinary request: all its members are known, and they or
  // the caller or the file name leave one operation. Allocates nothing.
  [[nodiscard]] std::optional<Request> at_once(const FileNameEvidence& evidence) const {
    if (document_[0].kind != Kind::Object) return std::nullopt;
    OperationBits candidates = bit(operations().size()) - 1;
    OtherOperationBits others;
    others.fill(~std::uint64_t{0});
    std::bitset<kKeyIdsMax> given;
    for (const NodeIndex child : document_.children(0)) {
      const KeyId id = document_[child].key_id;
      const MemberUse& use = members_.uses[id];
      candidates &= use.takes;
      if (candidates == 0) return std::nullopt;
      for (std::size_t i = 0; i < others.size(); ++i) others[i] &= use.others_take[i];
      given.set(id);
    }
    if (given.none()) return std::nullopt;
    const auto named = hints_.operation ? hints_.operation : evidence.operation;
    if (named) {
      if ((candidates & bit(*named)) == 0) return std::nullopt;
      return Request{.operation = *named,
                     .recognised_by = hints_.operation ? RecognisedBy::Option : RecognisedBy::FileName};
    }
    if (!evidence.other.empty() || others != OtherOperationBits{}) return std::nullopt;
    for (OperationIndex i = 0; i < operations().size(); ++i)
      if (std::any_of(members_.needs[i].begin(), members_.needs[i].end(),
                      [&](KeyId id) { return id != 0 && !given[id]; }))
        candidates &= ~bit(i);
    if (!std::has_single_bit(candidates)) return std::nullopt;
    return Request{.operation = static_cast<OperationIndex>(std::countr_zero(candidates))};
  }

  static Recognition none(std::string note) {
    Recognition recognition;
    recognition.note = std::move(note);
    return recognition;
  }

  Recognition found(NodeIndex node, OperationIndex operation, RecognisedBy by) const {
    Recognition recognition;
    if (document_[node].has(Node::kBroken) || document_[node].kind == Kind::Object) {
      recognition.request = {node, operation, dialect_of(node, operation), by};
      return recognition;
    }
    recognition.finding = {.id = FindingId::RequestNotAnObject, .node = node, .operation = operation};
    return recognition;
  }

  // The operation is certain; what stands there may still be something else.
  Recognition with(OperationIndex operation, RecognisedBy by) {
    if (document_[0].kind != Kind::Object) return found(0, operation, by);
    if (by == RecognisedBy::Option) {
      if (const auto input = envelope_input()) return found(*input, operation, by);
      collect(0);
    }
    if (auto wrapped = from_wrapper(0)) {
      if (wrapped->request) wrapped->request->recognised_by = by;
      return *wrapped;
    }
    if (is_create_flow()) {
      Recognition recognition;
      recognition.finding = {.id = FindingId::RequestAppflow, .operation = operation};
      return recognition;
    }
    if (is_list_response()) {
      Recognition recognition;
      recognition.finding = {.id = FindingId::RequestResponse, .operation = operation};
      return recognition;
    }
    return found(0, operation, by);
  }

  // Unless it was named: the body dialect where every member travels in the
  // body and one that the `input` dialect demands in the URI is absent.
  Dialect dialect_of(NodeIndex, OperationIndex) const {
    return hints_.dialect.value_or(Dialect::Input);
  }

  void collect(NodeIndex object) {
    found_ = {};
    for (const NodeIndex child : document_.children(object)) {
      const std::string_view key = document_.key(child);
      const KeyId id = document_[child].key_id;
      found_.keys.push_back(key);
      found_.telling = found_.telling || is_telling(key);
      if (id != 0 && members_.takes(id) == 0 && members_.answers(id) != 0) ++found_.response_only;
    }
  }

  // --- {"Resources": {...}}

  // A template is one whatever it was said to be, unless that is another dialect.
  std::optional<Recognition> from_template(bool forced) const {
    if (!forced && hints_.dialect) return std::nullopt;
    if (!forced && hints_.operation && operations()[*hints_.operation].name != kTemplateOperation) return std::nullopt;
    TemplateScan scan = scan_template(document_);
    if (scan.resources.empty()) {
      if (forced) return none(fmt::format("it has no resource of the type {}", kTemplateResource));
      if (!scan.is_template) return std::nullopt;
      return none(fmt::format("it is a CloudFormation template without {}", kTemplateResource));
    }
    Recognition recognition;
    recognition.resources = std::move(scan.resources);
    return recognition;
  }

  // --- The envelope {"operation": "PutIntegration", "input": {...}}

  std::optional<NodeIndex> envelope_input() const {
    const NodeIndex operation = document_.member(0, "operation");
    const NodeIndex input = document_.member(0, "input");
    if (operation == kNoNode || input == kNoNode) return std::nullopt;
    if (document_[operation].kind != Kind::String) return std::nullopt;
    return input;
  }

  std::optional<Recognition> from_envelope() {
    const auto input = envelope_input();
    if (!input) return std::nullopt;
    const NodeIndex named = document_.member(0, "operation");
    const std::string_view name = document_.string(named);
    if (const auto operation = find_operation(name)) {
      if (document_[*input].kind == Kind::Object) {
        collect(*input);
        if (auto wrapped = from_wrapper(*input)) return *wrapped;
      }
      return found(*input, *operation, RecognisedBy::Envelope);
    }
    for (const OtherOperation& other : built_in_operations().others)
      if (other.name == name) return none(fmt::format("{} is not checked", other.name));
    // The name of an operation that was cut off is no misspelt one.
    const auto guess = document_[named].has(Node::kBroken) ? std::nullopt : guess_operation(name);
    if (!guess) return none(fmt::format("{} is no operation of Customer Profiles", ticked(name)));
    Recognition recognition;
    recognition.finding = {.id = FindingId::RequestOperationUnknown, .node = named, .operation = *guess};
    return recognition;
  }

  // --- [{...}, {...}]

  // A list whose first element holds what only our requests hold.
  Recognition from_array() {
    const bool empty = document_[0].next == 1;
    if (empty || document_[1].kind != Kind::Object) return none("its value is no object");
    collect(1);
    const auto has = [&](std::string_view key) {
      return std::find(found_.keys.begin(), found_.keys.end(), key) != found_.keys.end();
    };
    Recognition recognition;
    if (has("IntegrationConfig")) {
      recognition.finding = {.id = FindingId::RequestNotAnObject,
                             .operation = *find_operation("CreateIntegrationWorkflow")};
    } else if (has("FlowDefinition")) {
      recognition.finding = {.id = FindingId::RequestNotAnObject, .operation = *find_operation("PutIntegration")};
    } else {
      recognition.note = "its value is no object";
    }
    return recognition;
  }

  // --- {"PutIntegration": {...}}

  std::optional<Recognition> from_wrapper(NodeIndex object) {
    if (found_.keys.size() != 1) return std::nullopt;
    const NodeIndex inner = object + 1;
    if (document_[inner].kind != Kind::Object) return std::nullopt;
    std::string_view key = found_.keys[0];
    for (const std::string_view ending : {"Request", "Input"})
      if (key.ends_with(ending)) key.remove_suffix(ending.size());
    for (OperationIndex i = 0; i < operations().size(); ++i) {
      if (!equal_but_for_case(key, operations()[i].name)) continue;
      collect(inner);
      if (!is_plausible(i)) break;
      Recognition recognition = found(inner, i, RecognisedBy::Wrapper);
      recognition.finding = {
          .id = FindingId::RequestWrapped, .mark = Mark::Key, .node = inner, .operation = i};
      return recognition;
    }
    collect(object);
    return std::nullopt;
  }

  // --- Other things that are taken for requests

  // AppFlow's own CreateFlow, in its camelCase.
  [[nodiscard]] bool is_create_flow() const {
    int count = 0;
    for (const std::string_view member :
         {"flowName", "triggerConfig", "sourceFlowConfig", "destinationFlowConfigList", "tasks"})
      count += std::count(found_.keys.begin(), found_.keys.end(), member) > 0 ? 1 : 0;
    return count >= 3;
  }

  // {"Items": [...]}: what a List operation answers.
  [[nodiscard]] bool is_list_response() const {
    const NodeIndex items = document_.member(0, "Items");
    return items != kNoNode && document_[items].kind == Kind::Array;
  }

  // The operation whose list this is, by its first element.
  [[nodiscard]] std::optional<OperationIndex> listed_by() const {
    if (!is_list_response()) return std::nullopt;
    const NodeIndex items = document_.member(0, "Items");
    const NodeIndex first = items + 1;
    if (document_[items].next == first) return std::nullopt;
    const auto has = [&](std::string_view key) { return document_.member(first, key) != kNoNode; };
    if (has("DomainName") && has("Uri")) return find_operation("ListIntegrations");
    if (has("WorkflowId") && has("WorkflowType")) return find_operation("ListWorkflows");
    return std::nullopt;
  }

  // --- Members

  [[nodiscard]] Fit fit(OperationIndex operation) const {
    std::vector<std::string_view> takes;
    std::vector<std::string_view> needs;
    for (const OperationMember& member : operations()[operation].members) {
      takes.push_back(member.name);
      if (member.required) needs.push_back(member.name);
    }
    return fit(takes, needs);
  }

  [[nodiscard]] Fit fit(std::span<const std::string_view> takes,
                        std::span<const std::string_view> needs) const {
    Fit result;
    std::vector<std::string_view> given;
    for (const std::string_view key : found_.keys) {
      if (std::find(takes.begin(), takes.end(), key) != takes.end()) {
        ++result.taken;
        given.push_back(key);
        continue;
      }
      const auto near = std::find_if(takes.begin(), takes.end(), [&](std::string_view name) {
        return equal_but_for_case(key, name);
      });
      if (near == takes.end()) {
        ++result.unknown;
        continue;
      }
      ++result.near;
      given.push_back(*near);
    }
    for (const std::string_view name : needs)
      if (std::find(given.begin(), given.end(), name) == given.end()) ++result.missing;
    return result;
  }

  // False for objects that have members, but none that the operation knows.
  [[nodiscard]] bool is_plausible(OperationIndex operation) const {
    if (found_.keys.empty() || is_create_flow() || is_list_response()) return true;
    const Fit here = fit(operation);
    return here.taken + here.near + static_cast<int>(found_.response_only) > 0;
  }

  [[nodiscard]] Recognition from_members() {
    if (found_.keys.empty()) return none("it has no members");
    if (!has_member_of_ours()) return none(kNotOurs);
    std::vector<Fit> fits;
    for (OperationIndex i = 0; i < operations().size(); ++i) fits.push_back(fit(i));

    // A member that only one operation has, and no other service, decides.
    const OperationBits flow = operations_with_flow();
    OperationBits exact = 0;
    OperationBits best = 0;
    int best_score = 0;
    for (OperationIndex i = 0; i < fits.size(); ++i) {
      if (flow != 0 && (flow & bit(i)) == 0) continue;
      if (fits[i].exact()) exact |= bit(i);
      const int score = fits[i].score();
      if (best != 0 && score < best_score) continue;
      best = score > best_score || best == 0 ? bit(i) : best | bit(i);
      best_score = score;
    }
    if (exact != 0) return from_exact(exact, flow == 0 && best_of_others().exact());

    const Fit& here = fits[static_cast<std::size_t>(std::countr_zero(best))];
    const int known = here.taken + here.near;
    const auto unknown = here.unknown - static_cast<int>(found_.response_only);
    const bool ours = flow != 0 || (known >= 2 && unknown <= known / 2 && (found_.telling || found_.response_only > 0));
    if (!ours) return none(kNotOurs);
    const Fit best_other = best_of_others();
    if (best_other.score() >= best_score && flow == 0)
      return none(fmt::format("its members are those of {}, which is not checked", best_other_name_));
    if (std::has_single_bit(best))
      return found(0, static_cast<OperationIndex>(std::countr_zero(best)), RecognisedBy::Members);
    return ambiguous(best, best_other.score() >= best_score);
  }

  // Some member is one of our operations', perhaps misspelt in its case: what
  // hardly any foreign file has, and the rest of the work is for.
  [[nodiscard]] bool has_member_of_ours() const {
    return std::any_of(found_.keys.begin(), found_.keys.end(), [](std::string_view key) {
      return std::any_of(operations().begin(), operations().end(), [&](const OperationInfo& operation) {
        return std::any_of(operation.members.begin(), operation.members.end(),
                           [&](const OperationMember& member) { return equal_but_for_case(key, member.name); });
      });
    });
  }

  // The operations that take the FlowDefinition or IntegrationConfig that is here.
  [[nodiscard]] OperationBits operations_with_flow() const {
    OperationBits result = 0;
    for (const std::string_view key : found_.keys)
      for (OperationIndex i = 0; i < operations().size(); ++i)
        for (const OperationMember& member : operations()[i].members)
          if ((member.name == "FlowDefinition" || member.name == "IntegrationConfig") &&
              equal_but_for_case(key, member.name))
            result |= bit(i);
    return result;
  }

  [[nodiscard]] Recognition from_exact(OperationBits exact, bool others) const {
    if (found_.keys.size() < 2 && !found_.telling)
      return none(fmt::format("its members fit {} and more; name one with --operation", operation_list(exact)));
    if (std::has_single_bit(exact) && !others)
      return found(0, static_cast<OperationIndex>(std::countr_zero(exact)), RecognisedBy::Members);
    return ambiguous(exact, others);
  }

  [[nodiscard]] static Recognition ambiguous(OperationBits candidates, bool others) {
    Recognition recognition;
    recognition.finding = {.id = FindingId::RequestOperationAmbiguous,
                           .severity = others ? Severity::Warning : Severity::Error,
                           .candidates = candidates};
    return recognition;
  }

  Fit best_of_others() {
    Fit best;
    best.missing = 1000;
    for (const OtherOperation& other : built_in_operations().others) {
      const Fit here = fit(other.members, other.required);
      if (here.score() <= best.score() && !(here.exact() && !best.exact())) continue;
      best = here;
      best_other_name_ = other.name;
    }
    return best;
  }

  static constexpr const char* kNotOurs = "its members are not those of a Customer Profiles request";

  const Document& document_;
  const MemberTable& members_;
  const RecognitionHints& hints_;
  Members found_;
  std::string_view best_other_name_;
};

}  // namespace

std::optional<OperationIndex> operation_of_name(std::string_view file_name) {
  const FileNameEvidence evidence = evidence_of(file_name);
  return evidence.response ? std::nullopt : evidence.operation;
}

bool is_telling_member(std::string_view name) { return is_telling(name); }

Recognition recognise(const Document& document, const MemberTable& members,
                      const RecognitionHints& hints) {
  return Recogniser(document, members, hints).run();
}

bool file_name_tells(std::string_view file_name) {
  const FileNameEvidence evidence = evidence_of(file_name);
  return evidence.operation || !evidence.other.empty() || evidence.response;
}

std::string operation_list(OperationBits bits) {
  std::string list;
  for (OperationIndex i = 0; i < operations().size(); ++i) {
    if ((bits & bit(i)) == 0) continue;
    bits &= ~bit(i);
    if (!list.empty()) list += bits == 0 ? " or " : ", ";
    list += fmt::format("`{}`", operations()[i].name);
  }
  return list;
}

RequestWords describe_request(const RequestFinding& finding, const Document& document) {
  const auto operation = [&] { return operations()[finding.operation].name; };
  switch (finding.id) {
    case FindingId::RequestAppflow:
      return {"this is a request for AppFlow's `CreateFlow`, not for Customer Profiles",
              "Customer Profiles takes the flow as `FlowDefinition` of `PutIntegration` or "
              "`CreateIntegrationWorkflow`, with member names in upper camel case"};
    case FindingId::RequestNotAnObject:
      return {fmt::format("a request for `{}` is an object, but this is {}", operation(),
                          document[finding.node].kind == Kind::Array ? "an array" : "another value"),
              document[finding.node].kind == Kind::Array ? "keep each request in a file of its own" : ""};
    case FindingId::RequestOperationAmbiguous:
      return {fmt::format("the members fit {}{}", operation_list(finding.candidates),
                          finding.severity == Severity::Warning ? ", and operations that are not checked" : " equally"),
              "say which one with --operation, or in the file's name (get-workflow-sales.json)"};
    case FindingId::RequestOperationUnknown:
      return {fmt::format("{} is no operation", ticked(document.string(finding.node))),
              fmt::format("write `{}`", operation())};
    case FindingId::RequestResponse:
      return {fmt::format("this is a response, not a request for `{}`", operation()), ""};
    case FindingId::RequestWrapped:
      return {fmt::format("the request stands inside of {}", ticked(document.key(finding.node))),
              "clients take the members themselves: remove the outer object"};
    default: assert(false && "not a finding of the recogniser"); return {};
  }
}

}  // namespace connect_lint
