// A program that refuses to send a request with mistakes.
//
//   c++ -std=c++20 example_refuse.cc $(pkg-config --cflags --libs connect_lint) -o refuse
//   ./refuse ListWorkflows '{"DomainName": "sales"}'
//
// Exit codes: 0 it would be sent, 1 it has mistakes, 2 wrong arguments.
#include <connect_lint/lint.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: refuse OPERATION REQUEST\n");
    return 2;
  }
  const connect_lint::Linter linter;
  const connect_lint::Report report = linter.check(argv[1], argv[2], {.least = connect_lint::Severity::Error});
  if (report.errors == 0) {
    std::printf("%s is sent\n", argv[1]);
    return 0;
  }
  std::fprintf(stderr, "%s is not sent: %llu mistakes\n", argv[1], static_cast<unsigned long long>(report.errors));
  for (const connect_lint::Diagnostic& found : report.diagnostics)
    std::fprintf(stderr, "  %s: %s%s%s\n", found.path.c_str(), found.message.c_str(), found.help.empty() ? "" : "; ", found.help.c_str());
  return 1;
}
