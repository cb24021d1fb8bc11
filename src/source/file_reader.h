// Opening and reading files. The only place that does.
//
// Files are read, never mapped: a file that shrinks under a mapping kills the
// process, and what is read is what was checked.
#ifndef CONNECT_LINT_SOURCE_FILE_READER_H_
#define CONNECT_LINT_SOURCE_FILE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"
#include "source/source_text.h"

namespace connect_lint {

enum class ReadStatus : std::uint8_t {
  Done,
  TooLarge,  // More than `bytes_max` bytes; `text` holds nothing.
  Failed,    // `message` says what was attempted and why it failed.
};

struct ReadOutcome {
  ReadStatus status = ReadStatus::Done;
  std::string message;
};

// Reads a regular file into `text`, whose memory is reused. Refuses devices,
// pipes and sockets (a hook must not wait for them), and directories.
// `name` is for messages; empty: the path.
ReadOutcome read_regular_file(const std::string& path, std::uint64_t bytes_max, SourceText& text, const std::string& name = "");

// Reads an open descriptor (standard input) to its end.
ReadOutcome read_descriptor(int descriptor, std::uint64_t bytes_max, SourceText& text);

// A file or pipe that is read piece by piece. Closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// Opens a regular file; `pipes_too`: or a named pipe, which waits for a writer.
Result<Descriptor> open_file(const std::string& path, bool pipes_too);

// Reads what is there, at most `size` bytes; `count` is 0 at the end. Gives why
// it failed, empty when it did not.
std::string read_some(int descriptor, char* to, std::size_t size, std::size_t& count);

// What an error number of the system means, in the same words in every locale.
[[nodiscard]] std::string error_words(int number);

// A whole small file as a string. `name` is for messages; empty: the path.
Result<std::string> read_file(const std::string& path, std::uint64_t bytes_max, const std::string& name = "");

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_FILE_READER_H_
