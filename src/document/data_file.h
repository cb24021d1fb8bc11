// Files of our own in YAML, rules and configurations: what is wrong with one, and
// the checks that reading one needs.
#ifndef CONNECT_LINT_DOCUMENT_DATA_FILE_H_
#define CONNECT_LINT_DOCUMENT_DATA_FILE_H_

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "source/source_text.h"

namespace connect_lint {

// Something wrong at a place of a text, in our words.
struct TextProblem {
  Span span;
  std::string message;
};

// "rules/batch/overlap.yaml:3:9: error: ..."
[[nodiscard]] std::string problem_line(std::string_view name, std::string_view text, const TextProblem& problem);

// "; did you mean `severity`?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view given, std::span<const std::string_view> names);

// Collects what is wrong while somebody walks the document key by key.
class DataReader {
 public:
  DataReader(const Document& document, std::vector<TextProblem>& problems) : document_(document), problems_(problems) {}

 protected:
  // Up to kProblemsMax.
  void complain(Span span, std::string message);
  void complain(NodeIndex node, Mark mark, std::string message) { complain(document_.span(node, mark), std::move(message)); }

  // What the reader of YAML found; whether there is a map to walk. `what` is as
  // in "a rule file is a map of keys".
  bool has_map(std::string_view what);
  void sort_problems();

  // A text that is not empty.
  std::optional<std::string_view> text(NodeIndex node, std::string_view key);

  // One of `words`, by its position.
  std::optional<std::size_t> word(NodeIndex node, std::span<const std::string_view> words);

  // A list, or one item without a list.
  template <typename Take>
  void each(NodeIndex node, Take take) {
    if (document_[node].kind != Kind::Array) return take(node);
    for (const NodeIndex item : document_.children(node)) take(item);
  }

  // The reader has said what is wrong with the key.
  [[nodiscard]] bool is_key_broken(NodeIndex node) const { return document_[node].has(Node::kKeyBroken | Node::kKeyAgain); }

  const Document& document_;
  std::vector<TextProblem>& problems_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_DATA_FILE_H_
