// The one way out of the program: bytes to a descriptor, and whether they
// arrived. A full disk or a closed pipe is noticed, never ignored.
#ifndef CONNECT_LINT_REPORT_OUTPUT_H_
#define CONNECT_LINT_REPORT_OUTPUT_H_

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace connect_lint {

// Collects text and writes it in large pieces. After a failed write everything
// more is dropped, and failed() stays true.
class Output {
 public:
  // Writes to a descriptor that outlives this.
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  // Keeps everything in memory, for tests.
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= kFlushBytes && descriptor_ >= 0) flush();
  }
  template <typename... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Arguments>(arguments)...);
    if (buffer_.size() >= kFlushBytes && descriptor_ >= 0) flush();
  }
  // Likewise at once, and without taking memory (but where it is kept there).
  void write_now(std::string_view text);
  // True when everything so far was taken.
  bool flush();
  [[nodiscard]] bool failed() const { return error_ != 0; }
  // Why, in words; empty when nothing failed.
  [[nodiscard]] std::string error() const;
  // What a memory output holds.
  [[nodiscard]] const std::string& text() const { return buffer_; }
  // Likewise, and empties it.
  [[nodiscard]] std::string take() { return std::exchange(buffer_, {}); }

 private:
  static constexpr std::size_t kFlushBytes = 1u << 16;

  void put(std::string_view rest);

  int descriptor_ = -1;
  int error_ = 0;
  std::string buffer_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_OUTPUT_H_
