#include "source/file_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/quote.h"

namespace connect_lint {
namespace {

// `path` is empty for standard input.
ReadOutcome failed(const std::string& path, std::string_view why) {
  return {ReadStatus::Failed,
          fmt::format("cannot read {}: {}", path.empty() ? "standard input" : ticked(path), why)};
}

// `status` is what the system says about it. `name` is for messages.
Result<Descriptor> open_checked(const std::string& path, const std::string& name, bool pipes_too, struct stat& status) {
  const auto refused = [&](std::string_view why) { return Error{failed(name, why).message}; };
  if (path.empty() || path.find('\0') != path.npos) return refused(error_words(ENOENT));
  // Without O_NONBLOCK, opening a pipe waits for somebody to write.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | (pipes_too ? 0 : O_NONBLOCK)));
  if (file.number() < 0) return refused(error_words(errno));
  if (::fstat(file.number(), &status) != 0) return refused(error_words(errno));
  if (S_ISDIR(status.st_mode)) return refused(error_words(EISDIR));
  if (!S_ISREG(status.st_mode) && !(pipes_too && S_ISFIFO(status.st_mode))) return refused("it is no regular file");
  return file;
}

enum class Stream : std::uint8_t { File, Pipe };

// Reads to the end, whatever size was announced. A file that gives less than
// there was room for is at its end; a pipe may just be slow.
ReadOutcome read_all(int descriptor, Stream stream, const std::string& path, std::uint64_t size_expected,
                     std::uint64_t bytes_max, SourceText& text) {
  std::size_t size = 0;
  // One byte more than expected, so that the end is seen without growing.
  std::size_t room = static_cast<std::size_t>(std::min(size_expected, bytes_max)) + 1;
  char* bytes = text.resize(room);
  while (true) {
    std::size_t count = 0;
    if (const std::string why = read_some(descriptor, bytes + size, room - size, count); !why.empty()) {
      text.resize(0);
      return failed(path, why);
    }
    size += count;
    const bool at_end = count == 0 || (stream == Stream::File && size == size_expected && size < room);
    if (at_end) break;
    if (size > bytes_max) {
      text.resize(0);
      return {ReadStatus::TooLarge, {}};
    }
    if (size == room) {
      room = static_cast<std::size_t>(std::min<std::uint64_t>(std::max<std::uint64_t>(room * 2, 1 << 16),
                                                              bytes_max + 1));
      bytes = text.resize(room);
    }
  }
  text.resize(size);
  return {};
}

}  // namespace

std::string error_words(int number) {
  switch (number) {
    case ENOENT: return "no such file";
    case EACCES: return "permission denied";
    case EISDIR: return "it is a directory";
    case ELOOP: return "too many symbolic links";
    case ENOTDIR: return "a part of the path is no directory";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE: case ENFILE: return "too many open files";
    case EBADF: return "it is closed";
    case EIO: return "input/output error";
    case ENOMEM: return "out of memory";
    default: return fmt::format("error {}", number);
  }
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

ReadOutcome read_regular_file(const std::string& path, std::uint64_t bytes_max, SourceText& text, const std::string& name) {
  struct stat status {};
  const std::string& shown = name.empty() ? path : name;
  const auto file = open_checked(path, shown, false, status);
  if (!file.ok()) return {ReadStatus::Failed, file.error()};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > bytes_max) return {ReadStatus::TooLarge, {}};
  return read_all(file.value().number(), Stream::File, shown, size, bytes_max, text);
}

Result<Descriptor> open_file(const std::string& path, bool pipes_too) {
  struct stat status {};
  return open_checked(path, path, pipes_too, status);
}

ReadOutcome read_descriptor(int descriptor, std::uint64_t bytes_max, SourceText& text) {
  return read_all(descriptor, Stream::Pipe, "", 1 << 16, bytes_max, text);
}

std::string read_some(int descriptor, char* to, std::size_t size, std::size_t& count) {
  while (true) {
    const ssize_t bytes = ::read(descriptor, to, size);
    count = bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
    if (bytes >= 0) return "";
    if (errno == EAGAIN) {
      // Whoever gave it to us does not want to wait; we do.
      pollfd ready{descriptor, POLLIN, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return error_words(errno);
    }
  }
}

Result<std::string> read_file(const std::string& path, std::uint64_t bytes_max, const std::string& name) {
  SourceText text;
  const ReadOutcome outcome = read_regular_file(path, bytes_max, text, name);
  if (outcome.status == ReadStatus::Failed) return Error{outcome.message};
  if (outcome.status == ReadStatus::TooLarge)
    return Error{fmt::format("cannot read {}: it is larger than {} bytes", ticked(name.empty() ? path : name), bytes_max)};
  return std::string(text.view());
}

}  // namespace connect_lint
