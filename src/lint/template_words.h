// Findings about a request that was made from a template, in the template's words.
#ifndef CONNECT_LINT_LINT_TEMPLATE_WORDS_H_
#define CONNECT_LINT_LINT_TEMPLATE_WORDS_H_

#include <connect_lint/diagnostic.h>

#include "document/document.h"
#include "schema/template_requests.h"

namespace connect_lint {

// `node` of the requests' `document` is what was found; `place` is where it
// stands. Spellings become those of templates, and a fix that does not hold there
// is dropped.
void put_into_template_words(Diagnostic& diagnostic, const Document& document, NodeIndex node, const TemplatePlace& place);

}  // namespace connect_lint

#endif  // CONNECT_LINT_LINT_TEMPLATE_WORDS_H_
