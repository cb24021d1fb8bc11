// What a document asks for: which operation, in which dialect, at which place.
#ifndef CONNECT_LINT_REQUEST_RECOGNISE_H_
#define CONNECT_LINT_REQUEST_RECOGNISE_H_

#include <connect_lint/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "document/document.h"
#include "request/member_table.h"
#include "request/operation.h"
#include "request/template.h"

namespace connect_lint {

// One request in a document.
struct Request {
  NodeIndex node = 0;
  OperationIndex operation = 0;
  Dialect dialect = Dialect::Input;
  RecognisedBy recognised_by = RecognisedBy::Members;
  bool has_uri_members = false;  // Of the body dialect: those that travel in the URI are there, too.
};

struct RequestFinding {
  FindingId id;
  Severity severity = Severity::Error;  // Warning where the file may be somebody else's.
  Mark mark = Mark::Value;
  NodeIndex node = 0;
  OperationIndex operation = 0;   // RequestWrapped, RequestNotAnObject, RequestResponse: which one.
  OperationBits candidates = 0;   // RequestOperationAmbiguous.
};

struct Recognition {
  std::optional<Request> request;
  std::vector<TemplateResource> resources;  // Of a template: instead of `request`, and not empty.
  std::optional<RequestFinding> finding;
  // Without a request and without a finding: why the document is none of ours.
  std::string note;
};

struct RecognitionHints {
  std::optional<OperationIndex> operation;  // Named by the caller.
  std::optional<Dialect> dialect;           // Likewise.
  std::string_view file_name;               // Evidence; may be empty.
};

// Looks at the top of the document only. `document` is not empty.
[[nodiscard]] Recognition recognise(const Document& document, const MemberTable& members,
                                    const RecognitionHints& hints);

// The operation that a file's name tells; nothing for a name that tells none,
// one that is not checked, or a response.
[[nodiscard]] std::optional<OperationIndex> operation_of_name(std::string_view file_name);

// True for a member that hardly any other service has: one of them makes a
// file ours.
[[nodiscard]] bool is_telling_member(std::string_view name);
// True when the name says something: which operation a file is for, or that it
// holds a response.
[[nodiscard]] bool file_name_tells(std::string_view file_name);

// Words for a finding: message, help, related places (their `pointer`, `path`
// and `place` are the caller's to fill, from `nodes`).
struct RequestWords {
  std::string message;
  std::string help;
};
[[nodiscard]] RequestWords describe_request(const RequestFinding& finding, const Document& document);

// The names of a set of operations: "`GetWorkflow`, `DeleteWorkflow`".
[[nodiscard]] std::string operation_list(OperationBits operations);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_RECOGNISE_H_
