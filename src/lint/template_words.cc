#include "lint/template_words.h"

#include <string>
#include <string_view>

namespace connect_lint {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

void spell(std::string& text) {
  replace_all(text, "`Servicenow`", "`ServiceNow`");
  replace_all(text, "`PutIntegration`", "`AWS::CustomerProfiles::Integration`");
}

bool covers(const Edit& edit, Span span) { return edit.begin == span.begin && edit.end == span.end && span.begin != span.end; }

// Whether the fix means in the template what it means in the request.
bool holds(const Fix& fix, const Document& document, NodeIndex node, const TemplatePlace& place) {
  if (place.computed) return false;
  if (place.plain) return true;
  // In an entry of a list a text may be replaced; nothing comes or goes.
  for (const Edit& edit : fix.edits)
    if (edit.text.empty() || !(covers(edit, document.span(node, Mark::Value)) || covers(edit, document.span(node, Mark::Key)))) return false;
  return true;
}

}  // namespace

void put_into_template_words(Diagnostic& diagnostic, const Document& document, NodeIndex node, const TemplatePlace& place) {
  spell(diagnostic.message);
  spell(diagnostic.help);
  for (Related& related : diagnostic.related) spell(related.message);
  if (!diagnostic.fix) return;
  if (!holds(*diagnostic.fix, document, node, place)) {
    diagnostic.fix.reset();
    return;
  }
  for (Edit& edit : diagnostic.fix->edits) replace_all(edit.text, "\"Servicenow\"", "\"ServiceNow\"");
}

}  // namespace connect_lint
