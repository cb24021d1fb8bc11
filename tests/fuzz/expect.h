// What must hold, in the fuzz targets: prints the sentence and stops, whatever NDEBUG says.
#ifndef CONNECT_LINT_FUZZ_EXPECT_H_
#define CONNECT_LINT_FUZZ_EXPECT_H_

#include <cstdio>
#include <cstdlib>

namespace connect_lint {

inline void expect(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", sentence);
  std::abort();
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_FUZZ_EXPECT_H_
