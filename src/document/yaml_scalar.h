// What the text of a YAML scalar means, as the AWS CLI reads it: ruamel.yaml's
// safe loader, whose tables (resolver.py, constructor.py of 0.17.21) are neither
// those of YAML 1.2's core schema nor those of 1.1.
//
//   resolve_scalar("0x1F", false)  // Number, digits "31"
#ifndef CONNECT_LINT_DOCUMENT_YAML_SCALAR_H_
#define CONNECT_LINT_DOCUMENT_YAML_SCALAR_H_

#include <optional>
#include <string>
#include <string_view>

#include "document/document.h"

namespace connect_lint {

struct YamlScalar {
  enum class Odd : std::uint8_t {
    No,
    NotFinite,  // `.inf`, `.nan`
    TooLarge,   // For a double.
    Reserved,   // `=` and `<<`, which mean something as keys only.
  };

  Kind kind = Kind::String;
  std::uint8_t flags = 0;  // kTrue, kFraction, kTime.
  Odd odd = Odd::No;
  // Of a Number that is not odd: as RFC 8259 writes it. Of a time: as RFC 3339 does.
  std::string digits = {};
};

// Whether every scalar without quotes and tag that begins with this is a text
// (but for `%YAML 1.1`): spares most of them resolve_scalar().
[[nodiscard]] inline bool is_text_for_certain(char first) {
  switch (first) {
    case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
    case '.': case '-': case '+': case '~': case '=': case '<':
    case 'n': case 'N': case 't': case 'T': case 'f': case 'F':
      return false;
    default:
      return true;
  }
}

// A scalar without quotes and without a tag.
[[nodiscard]] YamlScalar resolve_scalar(std::string_view text, bool yaml_1_1);

// A scalar with the tag `tag:yaml.org,2002:` and `type`; nothing where the text
// is none of the type, or the type none of a scalar.
[[nodiscard]] std::optional<YamlScalar> construct_scalar(std::string_view type, std::string_view text, bool yaml_1_1);

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_SCALAR_H_
