// Folders that the files of somebody else must not lead out of: a configuration
// in a change that a stranger proposes does not make us read what is his not to see.
//
//   Confinement here("name another folder");
//   here.allow("requests");
//   here.place_of("requests/link-to-etc").is_outside  // true
#ifndef CONNECT_LINT_SOURCE_CONFINEMENT_H_
#define CONNECT_LINT_SOURCE_CONFINEMENT_H_

#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

class Confinement {
 public:
  // `help` says how to allow more; empty where nothing can be done.
  explicit Confinement(std::string help = "") : help_(std::move(help)) {}

  // From now on what is in `folder`, or in what it leads to, and below is inside.
  void allow(const std::string& folder);

  struct Place {
    std::string path;         // Without links, to be opened; empty where nothing is there, or outside.
    bool is_outside = false;  // Whether something is there is not said then.
  };
  // Where `path` leads when all links are followed. Opens nothing.
  [[nodiscard]] Place place_of(const std::string& path) const;

  // What is to be said of a path that is outside of `folder`, as messages name them.
  [[nodiscard]] std::string words(std::string_view path, std::string_view folder) const;

 private:
  [[nodiscard]] bool has(const std::string& real_path) const;

  std::vector<std::string> folders_;  // Without links; each ends in a slash.
  std::string help_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_CONFINEMENT_H_
