// Opening and reading files. The only place that does.
//
// Files are read, never mapped: a file that shrinks under a mapping kills the
// process, and what is read is what was checked.
#ifndef CONNECT_LINT_SOURCE_FILE_READER_H_
#define CONNECT_LINT_SOURCE_FILE_READER_H_

#include <cstdint>
#include <string>

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
ReadOutcome read_regular_file(const std::string& path, std::uint64_t bytes_max, SourceText& text);

// Reads an open descriptor (standard input) to its end.
ReadOutcome read_descriptor(int descriptor, std::uint64_t bytes_max, SourceText& text);

// A whole small file as a string.
Result<std::string> read_file(const std::string& path, std::uint64_t bytes_max);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_FILE_READER_H_
