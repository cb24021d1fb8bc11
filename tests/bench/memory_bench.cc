// What a process has in memory before and after many calls of every door, on requests with and without findings.
//
//   connect_lint_memory_bench --requests=build/bench/requests CALLS
//
// Prints {"calls": CALLS, "before": BYTES, "after": BYTES}: resident memory after a first thousand calls, and at the end.
#include "request_text.h"

#include <connect_lint/connect_lint.h>
#include <connect_lint/json.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

constexpr std::uint64_t kWarmUpCalls = 1000;

std::uint64_t resident_bytes() {
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

class Caller {
 public:
  explicit Caller(const std::string& directory) {
    for (const char* name : {"small.json", "small-indented.json", "small.yaml"}) texts_.push_back(connect_lint::bench::read_request(directory, name));
    texts_.push_back(R"({"DomainName": "sa les", "WorkflowType": "APPFLOW", "IntegrationConfg": {}, "ObjectTypeName": 7})");
    texts_.push_back(R"({"DomainName": "sales", )");
    value_ = nlohmann::json::parse(texts_[0]);
  }
  ~Caller() { connect_lint_free(c_linter_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  void call(std::uint64_t number) {
    const std::string& text = texts_[number % texts_.size()];
    switch (number / texts_.size() % 4) {
      case 0: (void)linter_.check(connect_lint::bench::kOperation, text); break;
      case 1: (void)linter_.check_body(connect_lint::bench::kOperation, text, {{"DomainName", "sales"}}); break;
      case 2: (void)connect_lint::check_json(linter_, connect_lint::bench::kOperation, value_); break;
      default: connect_lint_report_free(connect_lint_check(c_linter_, nullptr, text.data(), text.size(), nullptr));
    }
  }

 private:
  connect_lint::Linter linter_;
  connect_lint_linter* c_linter_ = connect_lint_new(nullptr, nullptr);
  std::vector<std::string> texts_;
  nlohmann::json value_;
};

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kRequests = "--requests=";
  if (argc != 3 || !std::string_view(argv[1]).starts_with(kRequests)) {
    std::fprintf(stderr, "usage: connect_lint_memory_bench --requests=DIRECTORY CALLS\n");
    return 2;
  }
  const std::uint64_t calls = std::strtoull(argv[2], nullptr, 10);
  Caller caller(argv[1] + kRequests.size());
  for (std::uint64_t number = 0; number < kWarmUpCalls; ++number) caller.call(number);
  const std::uint64_t before = resident_bytes();
  for (std::uint64_t number = 0; number < calls; ++number) caller.call(number);
  std::printf("{\"calls\": %llu, \"before\": %llu, \"after\": %llu}\n", static_cast<unsigned long long>(calls),
              static_cast<unsigned long long>(before), static_cast<unsigned long long>(resident_bytes()));
}
