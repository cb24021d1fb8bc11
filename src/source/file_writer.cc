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

// As Linux.
constexpr int kLinksMax = 40;

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

std::string folder_of(const std::string& target) { return target.substr(0, target.rfind('/') + 1); }

// How names of temporary files in the folder of `target` begin. Not with its own
// name, which may be as long as names can be.
std::string temporary_beside(const std::string& target) { return folder_of(target) + ".connect-lint-"; }

// Where the links that `path` ends in lead to, also when nothing is there yet.
std::string without_links(const std::string& path, std::error_code& error) {
  std::filesystem::path target = path;
  for (int links = 0; std::filesystem::is_symlink(std::filesystem::symlink_status(target, error)); ++links) {
    if (links == kLinksMax) error = std::make_error_code(std::errc::too_many_symbolic_link_levels);
    const std::filesystem::path to = error ? std::filesystem::path() : std::filesystem::read_symlink(target, error);
    if (error) return "";
    target = target.parent_path() / to;
  }
  error.clear();  // What is not there is no link.
  return target.string();
}

// A file without a name in the folder of `target`: nothing is left of it when the
// process is stopped. Below zero where the system has none.
int open_nameless(const std::string& target) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;  // A name is given through it.
  const std::string folder = folder_of(target);
  return ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

// Puts it where `target` is. False where it could not, with errno set.
bool place_nameless(int descriptor, const std::string& target) {
  const std::string itself = fmt::format("/proc/self/fd/{}", descriptor);
  const auto link_to = [&](const std::string& name) { return ::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0; };
  if (link_to(target)) return true;
  if (errno != EEXIST) return false;
  // Only a file with a name can replace another. It has one for as long as two calls take.
  for (int i = 0; i < 100; ++i) {
    const std::string name = fmt::format("{}{}-{}", temporary_beside(target), ::getpid(), i);
    if (link_to(name)) {
      if (::rename(name.c_str(), target.c_str()) == 0) return true;
      const int error = errno;
      ::unlink(name.c_str());
      errno = error;
      return false;
    }
    if (errno != EEXIST) break;
  }
  return false;
}

}  // namespace

Result<FileReplacement> FileReplacement::open(const std::string& path) {
  std::error_code error;
  std::string target = without_links(path, error);
  if (error) return Error{failure(path, error.value())};
  struct stat before {};
  const bool exists = ::stat(target.c_str(), &before) == 0;
  if (exists && !S_ISREG(before.st_mode)) return Error{fmt::format("cannot write {}: it is no regular file", ticked(path))};
  std::string temporary;
  int descriptor = open_nameless(target);
  if (descriptor < 0) {
    temporary = temporary_beside(target) + "XXXXXX";
    descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  }
  if (descriptor < 0) return Error{failure(path, errno)};
  // As root for others: whose a file is stays, where that can be.
  if (exists && ::fchown(descriptor, before.st_uid, before.st_gid) != 0) static_cast<void>(::fchown(descriptor, static_cast<uid_t>(-1), before.st_gid));
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
  const bool is_nameless = temporary_.empty();
  if (error == 0 && is_nameless && !place_nameless(descriptor_, target_)) error = errno;
  if (::close(std::exchange(descriptor_, -1)) != 0 && error == 0) error = errno;
  if (error == 0 && !is_nameless && ::rename(temporary_.c_str(), target_.c_str()) != 0) error = errno;
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
