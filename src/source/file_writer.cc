#include "source/file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <span>
#include <system_error>
#include <utility>

#include "base/fingerprint.h"
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
// process is stopped. Below zero where the system has none that can get a name later.
int open_linkable(const std::string& target) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;  // A name is given through it.
  const std::string folder = folder_of(target);
  return ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

// One that loses the name it has to have in the beginning.
int open_unlinked(const std::string& target) {
  std::string name = temporary_beside(target) + "XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

// As root for others: whose a file is stays, where that can be.
void give(int descriptor, const struct stat& before) {
  if (::fchown(descriptor, before.st_uid, before.st_gid) != 0) static_cast<void>(::fchown(descriptor, static_cast<uid_t>(-1), before.st_gid));
}

// Some file systems cannot, and say so.
bool sync(int descriptor) { return ::fsync(descriptor) == 0 || errno == EINVAL; }

bool rename_to(const std::string& target, const std::string& name) {
  if (::rename(name.c_str(), target.c_str()) == 0) return true;
  const int error = errno;
  ::unlink(name.c_str());
  errno = error;
  return false;
}

// Puts it where `target` is. False where it could not, with errno set.
bool place(int descriptor, const std::string& target) {
  if (!sync(descriptor)) return false;
  const std::string itself = fmt::format("/proc/self/fd/{}", descriptor);
  const auto link_to = [&](const std::string& name) { return ::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0; };
  if (link_to(target)) return true;
  if (errno != EEXIST) return false;
  // Only a file with a name can replace another. It has one for as long as two calls
  // take; what a process that was killed between them left behind is in the way of the next.
  // Digits, since a fingerprint leaves out blanks.
  const std::string own = target.substr(folder_of(target).size());
  const std::string name = temporary_beside(target) + content_of(fmt::format("{:02x}", fmt::join(std::span(own.data(), own.size()), "")));
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  errno = EEXIST;
  for (int i = 0; errno == EEXIST && i < 100; ++i) {
    if (!link_to(name)) {
      if (errno == EEXIST && ::unlink(name.c_str()) != 0 && errno == ENOENT) errno = EEXIST;
    } else {
      if (rename_to(target, name)) return true;
      if (errno == ENOENT) errno = EEXIST;  // Another process was in its way: once more.
    }
  }
  return false;
}

bool copy_all(int from, int to, off_t size) {
  for (off_t done = 0; done < size;) {
    const ssize_t count = ::sendfile(to, from, &done, static_cast<std::size_t>(size - done));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;  // It is ours alone: it cannot have become shorter.
    if (count <= 0) return false;
  }
  return true;
}

// Likewise a copy, for what cannot get a name.
bool place_copy(int descriptor, const std::string& target) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return false;
  std::string name = temporary_beside(target) + "XXXXXX";
  const int copy = ::mkostemp(name.data(), O_CLOEXEC);
  if (copy < 0) return false;
  give(copy, status);
  const bool whole = copy_all(descriptor, copy, status.st_size) && ::fchmod(copy, status.st_mode & 07777) == 0 && sync(copy);
  int error = whole ? 0 : errno;
  if (::close(copy) != 0 && error == 0) error = errno;
  if (error == 0) return rename_to(target, name);
  ::unlink(name.c_str());
  errno = error;
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
  int descriptor = open_linkable(target);
  const bool is_linkable = descriptor >= 0;
  if (!is_linkable) descriptor = open_unlinked(target);
  if (descriptor < 0) return Error{failure(path, errno)};
  if (exists) give(descriptor, before);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return FileReplacement(path, std::move(target), descriptor, is_linkable, exists ? before.st_mode & 07777 : 0666 & ~mask);
}

FileReplacement::FileReplacement(std::string path, std::string target, int descriptor, bool is_linkable, unsigned mode)
    : path_(std::move(path)), target_(std::move(target)), descriptor_(descriptor), is_linkable_(is_linkable), mode_(mode) {}

FileReplacement::FileReplacement(FileReplacement&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      is_linkable_(other.is_linkable_),
      mode_(other.mode_) {}

FileReplacement::~FileReplacement() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string FileReplacement::commit() {
  const bool placed = ::fchmod(descriptor_, mode_) == 0 && (is_linkable_ ? place(descriptor_, target_) : place_copy(descriptor_, target_));
  int error = placed ? 0 : errno;
  if (::close(std::exchange(descriptor_, -1)) != 0 && error == 0) error = errno;
  return error == 0 ? "" : failure(path_, error);
}

std::string write_file_whole(const std::string& path, std::string_view text) {
  auto file = FileReplacement::open(path);
  if (!file.ok()) return file.error();
  if (!write_all(file.value().descriptor(), text)) return failure(path, errno);
  return std::move(file).value().commit();
}

}  // namespace connect_lint
