#include "request_text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace connect_lint::bench {

std::string read_request(const std::string& directory, const std::string& name) {
  std::ifstream in(directory + "/" + name, std::ios::binary);
  std::ostringstream copy;
  copy << in.rdbuf();
  std::string text = std::move(copy).str();
  if (text.empty()) {
    std::fprintf(stderr, "cannot read %s/%s; tests/bench/make_requests.py makes it\n", directory.c_str(), name.c_str());
    std::exit(3);
  }
  return text;
}

std::vector<std::string> read_requests(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failed)) names.push_back(entry.path().filename().string());
  if (names.empty()) {
    std::fprintf(stderr, "there is nothing in %s; tests/bench/make_requests.py makes it\n", directory.c_str());
    std::exit(3);
  }
  std::sort(names.begin(), names.end());
  for (std::string& name : names) name = read_request(directory, name);
  return names;
}

}  // namespace connect_lint::bench
