// A value, or the words that say what was attempted and went wrong.
// For faults of the surroundings; a fault of the user's file is a finding.
#ifndef CONNECT_LINT_BASE_RESULT_H_
#define CONNECT_LINT_BASE_RESULT_H_

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace connect_lint {

struct Error {
  std::string message;  // Complete: what was attempted, on what, why it failed.
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}        // NOLINT: implicit by intention
  Result(Error error) : content_(std::move(error)) {}    // NOLINT: implicit by intention

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(content_); }
  [[nodiscard]] const T& value() const& {
    assert(ok() && "value() of a failed Result");
    return std::get<T>(content_);
  }
  [[nodiscard]] T&& value() && {
    assert(ok() && "value() of a failed Result");
    return std::get<T>(std::move(content_));
  }
  [[nodiscard]] const std::string& error() const {
    assert(!ok() && "error() of a good Result");
    return std::get<Error>(content_).message;
  }

 private:
  std::variant<T, Error> content_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_RESULT_H_
