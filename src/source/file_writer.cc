#include "source/file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

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
  return true;
}

// A file without a name in the folder of `target`: nothing is left of it when the
// process is stopped. Below zero where the system has none.
int open_nameless(const std::string& target) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;  // A name is given through it.
  const std::string folder = target.substr(0, target.rfind('/') + 1);
  return ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

// Gives it a name beside `target`; empty where it could not, with errno set.
std::string name_nameless(int descriptor, const std::string& target) {
  const std::string itself = fmt::format("/proc/self/fd/{}", descriptor);
  for (int i = 0; i < 100; ++i) {
    std::string name = fmt::format("{}.{}-{}", target, ::getpid(), i);
    if (::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return name;
    if (errno != EEXIST) break;
  }
  return "";
}

}  // namespace

Result<FileReplacement> FileReplacement::open(const std::string& path) {
  std::error_code ignored;
  std::string target = path;
  if (const auto real = std::filesystem::canonical(path, ignored); !ignored) target = real.string();
  struct stat before {};
  const bool exists = ::stat(target.c_str(), &before) == 0;
  if (exists && !S_ISREG(before.st_mode)) return Error{fmt::format("cannot write {}: it is no regular file", ticked(path))};
  std::string temporary;
  int descriptor = open_nameless(target);
  if (descriptor < 0) {
    temporary = target + ".XXXXXX";
    descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  }
  if (descriptor < 0) return Error{failure(path, errno)};
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return FileReplacement(path, std::move(target), std::move(temporary), descriptor, exists ? before.st_mode & 07777 : 0666 & ~mask);
}

FileReplacement::FileReplacement(std::string path, std::string target, std::string temporary, int descriptor, unsigned mode)
    : path_(std::move(path)), target_(std::move(target)), temporary_(std::move(temporary)), descriptor_(descriptor), mode_(mode) {}

FileReplacement::FileReplacement(FileReplacement&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      mode_(other.mode_) {}

FileReplacement::~FileReplacement() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::string FileReplacement::commit() {
  const bool kept = (::fsync(descriptor_) == 0 || errno == EINVAL) && ::fchmod(descriptor_, mode_) == 0;
  int error = kept ? 0 : errno;
  if (error == 0 && temporary_.empty()) {
    temporary_ = name_nameless(descriptor_, target_);
    if (temporary_.empty()) error = errno;
  }
  if (::close(std::exchange(descriptor_, -1)) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary_.c_str(), target_.c_str()) != 0) error = errno;
  if (error != 0) return failure(path_, error);
  temporary_.clear();
  return "";
}

std::string write_file_whole(const std::string& path, std::string_view text) {
  auto file = FileReplacement::open(path);
  if (!file.ok()) return file.error();
  if (!write_all(file.value().descriptor(), text)) return failure(path, errno);
  return std::move(file).value().commit();
}

}  // namespace connect_lint
