#include "report/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace connect_lint {

void Output::put(std::string_view rest) {
  while (!rest.empty() && error_ == 0) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd ready{descriptor_, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

bool Output::flush() {
  if (descriptor_ < 0) return true;
  put(buffer_);
  buffer_.clear();
  return error_ == 0;
}

void Output::write_now(std::string_view text) {
  if (descriptor_ < 0) return write(text);
  flush();
  put(text);
}

std::string Output::error() const {
  switch (error_) {
    case 0: return {};
    case EPIPE: return "the reader closed the pipe";
    case ENOSPC: return "no space left on the device";
    case EDQUOT: return "the quota of the disk is used up";
    case EFBIG: return "the file would be larger than it may be";
    case EBADF: return "it is closed";
    case EIO: return "input/output error";
    default: return fmt::format("error {}", error_);
  }
}

}  // namespace connect_lint
