#include "source/confinement.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/out_of_memory.h"
#include "base/quote.h"

namespace connect_lint {
namespace {

namespace fs = std::filesystem;

// As Linux.
constexpr int kLinksMax = 40;

}  // namespace

void Confinement::allow(const std::string& folder) {
  std::error_code error;
  std::string real = fs::weakly_canonical(folder, error).generic_string();  // What is not there yet is inside as well.
  throw_if_out_of_memory(error);
  if (error) return;
  if (!real.ends_with('/')) real += '/';
  folders_.push_back(std::move(real));
}

bool Confinement::has(const std::string& real_path) const {
  const std::string as_folder = real_path.ends_with('/') ? real_path : real_path + '/';
  return std::any_of(folders_.begin(), folders_.end(), [&](const std::string& folder) { return as_folder.starts_with(folder); });
}

Confinement::Place Confinement::place_of(const std::string& path) const {
  std::error_code error;
  std::string real = fs::canonical(path, error).generic_string();
  throw_if_out_of_memory(error);
  if (!error && has(real)) return {std::move(real)};
  if (!error) return {{}, true};
  if (error == std::errc::too_many_symbolic_link_levels) return {path};  // Leads nowhere, which is said when it is opened.
  // Nothing is there. Whether it would be inside must not depend on what is outside.
  fs::path rest = path;
  for (int links = 0; links < kLinksMax; ++links) {
    const fs::path next = fs::weakly_canonical(rest, error);
    throw_if_out_of_memory(error);
    rest = error ? fs::absolute(rest).lexically_normal() : next;
    if (!has(rest.generic_string())) return {{}, true};
    if (error || !fs::is_symlink(fs::symlink_status(rest, error))) break;
    rest = rest.parent_path() / fs::read_symlink(rest, error);
    throw_if_out_of_memory(error);
  }
  return {};
}

std::string Confinement::words(std::string_view path, std::string_view folder) const {
  return fmt::format("{} is outside of {}, links followed{}{}", ticked(path), folder, help_.empty() ? "" : "; ", help_);
}

}  // namespace connect_lint
