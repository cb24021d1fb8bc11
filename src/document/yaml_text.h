// A YAML text before libyaml sees it, and the way from libyaml's places, which
// count code points, to bytes.
#ifndef CONNECT_LINT_DOCUMENT_YAML_TEXT_H_
#define CONNECT_LINT_DOCUMENT_YAML_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace connect_lint {

// A line that begins with `%`.
inline constexpr std::size_t kYamlDirectiveBytesMax = 1024;

// What makes a text unfit for libyaml, if anything: another encoding than
// UTF-8 (libyaml reads UTF-16, the AWS CLI does not), bytes or characters that
// YAML forbids (libyaml tells no line for them), too many directives or a long
// one (its time is quadratic in them). `text` is without its byte order mark, which stands in
// the `begin` bytes before it.
[[nodiscard]] std::optional<DocumentFinding> find_unfit_for_yaml(std::string_view text, std::uint32_t begin);

// One past the last byte of `text` that is no blank and no line break; 0 without any.
[[nodiscard]] std::uint32_t solid_end(std::string_view text);

// Bytes of code points. Questions in about the order of the text cost a step
// for each code point between them, others at most kStride.
class CodePointOffsets {
 public:
  // `text` is well-formed UTF-8 from the byte `begin` on, where code point 0 is.
  CodePointOffsets(std::string_view text, std::uint32_t begin);

  // The first byte of the code point; the end of the text for numbers beyond it.
  [[nodiscard]] std::uint32_t byte(std::size_t code_point);

 private:
  static constexpr std::size_t kStride = 256;

  std::string_view text_;
  std::uint32_t begin_;
  std::vector<std::uint32_t> starts_;  // Of every kStride-th code point; empty where all are one byte long.
  std::size_t code_point_ = 0;         // The last answer.
  std::uint32_t byte_ = 0;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_TEXT_H_
