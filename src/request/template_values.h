// What the functions of a CloudFormation template give, as far as it is known
// before the template is deployed.
//
//   TemplateValues values;
//   values.open(document);
//   if (values.is_function(node) && values.text_of(node, false)) use(values.text());
#ifndef CONNECT_LINT_REQUEST_TEMPLATE_VALUES_H_
#define CONNECT_LINT_REQUEST_TEMPLATE_VALUES_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/document.h"

namespace connect_lint {

class TemplateValues {
 public:
  // The document has to live, unchanged, while this is asked.
  void open(const Document& document);

  // Whether the value calls a function: by an object's only key or by a tag.
  [[nodiscard]] bool is_function(NodeIndex node) const { return !call_at(node).name.empty(); }
  // Whether members of the object are made by a macro or a loop.
  [[nodiscard]] bool is_open(NodeIndex object) const;
  // Whether it is the pseudo parameter AWS::NoValue: as if it were not there.
  [[nodiscard]] bool is_absent(NodeIndex node) const;
  // Whether it depends on a condition that it is there.
  [[nodiscard]] bool may_be_absent(NodeIndex node) const { return may_be_absent(node, 0); }

  // Whether a scalar, or a function, has a text that is known; then text() is
  // it. In what is `repeated` loop variables are not known.
  [[nodiscard]] bool text_of(NodeIndex node, bool repeated);
  [[nodiscard]] const std::string& text() const { return text_; }

  struct Parameter {
    NodeIndex node = kNoNode;
    // What it may be: AllowedValues, or the one of Default. Empty where other
    // values are possible, too. Scalars.
    std::vector<NodeIndex> values;
  };
  // The parameter that a function refers to; null for other functions.
  [[nodiscard]] const Parameter* parameter_of(NodeIndex node);

  // Whether kTemplateTextBytesMax ended it: what follows is unknown.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  struct Call {
    std::string_view name = {};  // "Fn::Sub"; empty: it calls none.
    NodeIndex argument = kNoNode;
  };

  [[nodiscard]] Call call_at(NodeIndex node) const;
  [[nodiscard]] bool may_be_absent(NodeIndex node, std::size_t depth) const;
  [[nodiscard]] bool has_value(NodeIndex node, bool repeated) const;
  [[nodiscard]] const Parameter* find_parameter(std::string_view name);
  [[nodiscard]] std::vector<NodeIndex> values_of(NodeIndex parameter) const;
  // Adds the text of the value to `to`; false where it is not known.
  bool add_text(NodeIndex node, std::size_t depth, std::string& to);
  bool add_parameter(std::string_view name, std::string& to);
  bool add_sub(NodeIndex argument, std::size_t depth, std::string& to);
  bool add_join(NodeIndex argument, std::size_t depth, std::string& to);
  bool add(std::string_view text, std::string& to);

  const Document* document_ = nullptr;
  std::unordered_map<std::string_view, Parameter> parameters_;
  bool parameters_read_ = false;
  bool repeated_ = false;
  bool exhausted_ = false;
  std::size_t bytes_ = 0;  // Made so far.
  std::string text_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REQUEST_TEMPLATE_VALUES_H_
