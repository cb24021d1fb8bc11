#include "request_text.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

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

}  // namespace connect_lint::bench
