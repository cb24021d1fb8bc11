#include "lint/placeholders.h"

#include <algorithm>

namespace connect_lint {
namespace {

bool holds(std::string_view text, const Placeholder& placeholder) {
  const std::size_t begin = text.find(placeholder.begin);
  return begin != text.npos && text.find(placeholder.end, begin + placeholder.begin.size()) != text.npos;
}

}  // namespace

std::optional<Placeholder> parse_placeholder(std::string_view text) {
  const std::size_t dots = text.find("...");
  if (dots == text.npos || dots == 0 || dots + 3 == text.size()) return std::nullopt;
  return Placeholder{std::string(text.substr(0, dots)), std::string(text.substr(dots + 3))};
}

void mark_placeholders(Document& document, std::span<const Placeholder> placeholders) {
  const bool any = std::any_of(placeholders.begin(), placeholders.end(),
                               [&](const Placeholder& placeholder) { return document.text().find(placeholder.begin) != std::string_view::npos; });
  if (!any) return;
  for (NodeIndex node = 0; node < document.nodes.size(); ++node) {
    if (document[node].kind != Kind::String) continue;
    const std::string_view text = document.string(node);
    if (std::any_of(placeholders.begin(), placeholders.end(), [&](const Placeholder& placeholder) { return holds(text, placeholder); }))
      document.nodes[node].flags |= Node::kUnknown;
  }
}

}  // namespace connect_lint
