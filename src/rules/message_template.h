// The words of a rule with expressions in them: "ends at `{time_text(@)}`".
#ifndef CONNECT_LINT_RULES_MESSAGE_TEMPLATE_H_
#define CONNECT_LINT_RULES_MESSAGE_TEMPLATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonpath/evaluator.h"
#include "jsonpath/query.h"

namespace connect_lint {

class MessageTemplate {
 public:
  MessageTemplate() = default;

  // `{...}` is an expression on `$` and `@`; `{{` and `}}` are braces. Spans of
  // the error are of `text`.
  static ParseResult<MessageTemplate> parse(std::string_view text, const KeyTable& keys);

  [[nodiscard]] bool empty() const { return pieces_.empty(); }

  // With `$` and `@` filled in, as messages show values.
  [[nodiscard]] std::string render(Evaluator& evaluator, const Document& document, NodeIndex root,
                                   NodeIndex current) const;

 private:
  struct Piece {
    std::string text;
    std::optional<ValueExpression> expression;  // Behind the text.
  };
  std::vector<Piece> pieces_;
};

// A value as a message shows it, without backticks.
[[nodiscard]] std::string shown(const Value& value, const Document& document);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_MESSAGE_TEMPLATE_H_
