#include "base/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/limits.h"
#include "base/quote.h"

namespace connect_lint {

struct Pattern::Compiled {
  explicit Compiled(std::string_view text)
      : regex(re2::StringPiece(text.data(), text.size()), options()) {}

  static RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kRegexBytesMax);
    return options;
  }

  RE2 regex;
};

Result<Pattern> Pattern::compile(std::string_view text) {
  auto compiled = std::make_unique<Compiled>(text);
  if (!compiled->regex.ok())
    return Error{fmt::format("cannot compile the pattern {}: {}", ticked(text),
                             visible(compiled->regex.error()))};
  return Pattern(std::move(compiled));
}

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->regex);
}

}  // namespace connect_lint
