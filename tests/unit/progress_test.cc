// The line on a terminal.
#include "cli/progress.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using connect_lint::Output;
using connect_lint::Progress;
using namespace std::chrono_literals;

TEST_CASE("progress is one line, written over and cleared") {
  Output err;
  {
    Progress progress(err, true, 0ms);
    progress.show(10, 2000, "files");
    CHECK(err.take() == "connect-lint: 10 of 2000 files\r");
    progress.show(11, 2000, "files");  // Too soon.
    CHECK(err.take().empty());
    progress.clear();
    CHECK(err.take() == std::string(30, ' ') + "\r");
    progress.clear();
  }
  CHECK(err.take().empty());
}

TEST_CASE("no progress where nobody sees it, or before there is need for it") {
  Output err;
  {
    Progress progress(err, false, 0ms);
    progress.show(1, 2, "files");
  }
  {
    Progress progress(err, true, 1h);
    progress.show(1, 2, "files");
  }
  CHECK(err.take().empty());
}

TEST_CASE("the end clears it") {
  Output err;
  { Progress(err, true, 0ms).show(123, 0, "lines"); }
  CHECK(err.take() == "connect-lint: 123 lines\r" + std::string(23, ' ') + "\r");
}
