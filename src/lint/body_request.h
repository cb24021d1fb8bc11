// The body of a request together with the members that travel in its URI, as one
// document: the members stand behind those of the body.
#ifndef CONNECT_LINT_LINT_BODY_REQUEST_H_
#define CONNECT_LINT_LINT_BODY_REQUEST_H_

#include <connect_lint/lint.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "document/document.h"
#include "request/operation.h"
#include "schema/schema_set.h"

namespace connect_lint {

class JoinedBody {
 public:
  // An empty body counts as `{}`. `body` outlives this.
  JoinedBody(std::string_view body, std::span<const UriMember> uri_members, OperationIndex operation, const SchemaSet& schemas);

  // The body's bytes up to its last brace keep their places.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view body() const { return body_; }

  // Whether the document is the body and then the members, as far as the
  // operation is concerned: what belongs into the URI is not in the body.
  [[nodiscard]] bool is_joint_of(const Document& document) const;

  // Places that the body does not have are taken out of the report.
  void put_places_right(Report& report) const;

 private:
  std::string_view body_;
  OperationIndex operation_;
  std::string text_;
  std::uint32_t joint_ = 0;  // Where the first member was put.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_BODY_REQUEST_H_
