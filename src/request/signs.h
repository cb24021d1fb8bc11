// Whether a text that could not be read as a document was meant for us.
#ifndef CONNECT_LINT_REQUEST_SIGNS_H_
#define CONNECT_LINT_REQUEST_SIGNS_H_

#include <string_view>

#include "request/recognise.h"

namespace connect_lint {

// True when the caller or the file's name tells an operation, when the text has
// the type of our resource in templates, or when a line of it begins with a
// member that hardly any other service has:
//
//     FlowDefinition:
//   - "ObjectTypeName": Account
[[nodiscard]] bool shows_signs(std::string_view text, const RecognitionHints& hints);

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_SIGNS_H_
