#include "source/file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/quote.h"

namespace connect_lint {
namespace {

std::string failure(const std::string& path, int error) {
  return fmt::format("cannot write {}: {}", ticked(path), std::generic_category().message(error));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 || errno == EINVAL;
}

}  // namespace

std::string write_file_whole(const std::string& path, std::string_view text) {
  std::error_code ignored;
  std::string target = path;
  if (const auto real = std::filesystem::canonical(path, ignored); !ignored) target = real.string();
  struct stat before {};
  const bool exists = ::stat(target.c_str(), &before) == 0;
  if (exists && !S_ISREG(before.st_mode)) return fmt::format("cannot write {}: it is no regular file", ticked(path));
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return failure(path, errno);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  bool good = write_all(descriptor, text) && ::fchmod(descriptor, exists ? before.st_mode & 07777 : 0666 & ~mask) == 0;
  int error = errno;
  if (::close(descriptor) != 0 && good) {
    good = false;
    error = errno;
  }
  if (good && ::rename(temporary.c_str(), target.c_str()) == 0) return "";
  if (good) error = errno;
  ::unlink(temporary.c_str());
  return failure(path, error);
}

}  // namespace connect_lint
