// Texts as reports write them, what is masked in them, and output that fails.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include "report/output.h"
#include "report/redact.h"
#include "report/written.h"

namespace connect_lint {
namespace {

using namespace std::string_literals;

struct Row {
  std::string text;
  std::string written;
};

void check_rows(const std::vector<Row>& rows, std::string (*write)(std::string_view)) {
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(write(row.text) == row.written);
  }
}

TEST_CASE("texts in XML") {
  // What XML cannot hold (Extensible Markup Language 1.0, section 2.2) becomes U+FFFD; blanks in attributes stay as they are only by number.
  check_rows({{"a<b>&\"'", "a&lt;b&gt;&amp;&quot;'"},
              {"a\n\t\r b", "a&#10;&#9;&#13; b"},
              {"\0\x01\x1F\x7F"s, "\uFFFD\uFFFD\uFFFD\x7F"},
              {"é€𝄞", "é€𝄞"},
              {"\uFFFD", "\uFFFD"},
              {"a\uFFFE\uFFFF" "b", "a\uFFFD\uFFFD" "b"},
              {"\xFF" "a\xE2\x82", "\uFFFD" "a\uFFFD\uFFFD"}},
             xml);
}

TEST_CASE("names of files as URIs") {
  check_rows({{"a/b.json", "a/b.json"},
              {"./a.json", "a.json"},
              {"././a.json", "a.json"},
              {"../a.json", "../a.json"},
              {"/a.json", "file:///a.json"},
              {"AZaz09-._~!$&'()*+,;=@", "AZaz09-._~!$&'()*+,;=@"},
              {"a b%#?:\"[é", "a%20b%25%23%3F%3A%22%5B%C3%A9"}},
             uri_of);
}

TEST_CASE("what is masked") {
  const std::string uuid = "8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516";
  const std::string key = "0123456789abcdefABCDEF9876543210";
  check_rows({{"210987654321", "************"},
              {"in 210987654321.", "in ************."},
              {"21098765432 2109876543210 21098765432a", "21098765432 2109876543210 21098765432a"},
              {"AKIAIOSFODNN7EXAMPLE", "********************"},
              {"AKIAIOSFODNN7EXA AKIAIOSFODNN7EX AKIBIOSFODNN7EXAMPLE", "**************** AKIAIOSFODNN7EX AKIBIOSFODNN7EXAMPLE"},
              {uuid, "********-****-****-****-************"},
              {"(" + uuid + ")", "(********-****-****-****-************)"},
              // Almost one, in each of its parts.
              {uuid + "x", uuid + "x"},
              {uuid.substr(0, 35), uuid.substr(0, 35)},
              {"8f3c2a1e-5b7d-4e90-a6c4-", "8f3c2a1e-5b7d-4e90-a6c4-"},
              {"8f3c2a1e_5b7d-4e90-a6c4-d1b2e3f40516", "8f3c2a1e_5b7d-4e90-a6c4-d1b2e3f40516"},
              {"8f3c2a1e-5b7-4e90-a6c4-d1b2e3f40516", "8f3c2a1e-5b7-4e90-a6c4-d1b2e3f40516"},
              {"8f3c2a1e", "8f3c2a1e"},
              {"mrk-" + key, "***-" + std::string(32, '*')},
              {"mrk-" + key + "0 mrk-" + key.substr(1), "mrk-" + key + "0 mrk-" + key.substr(1)},
              {"arn:aws:iam::210987654321:role/sales é", "arn:aws:iam::************:****/***** é"},
              {"arn:aws:s3:::sales", "arn:aws:s3:::*****"},
              // No ARN yet: the part that says too much is not there.
              {"arn:aws:s3", "arn:aws:s3"},
              {"arn:aws: s3:x", "arn:aws: s3:x"}},
             [](std::string_view text) { return redacted(std::string(text)); });
}

TEST_CASE("related places and fixes are masked, too") {
  const auto report = [](std::string_view secret) {
    Report made;
    made.note = secret;
    Diagnostic found;
    found.message = found.help = secret;
    found.related.push_back({});
    found.related[0].message = found.related[0].pointer = found.related[0].path = secret;
    found.fix = Fix{};
    found.fix->edits.push_back({0, 1, std::string(secret)});
    made.diagnostics.push_back(found);
    return made;
  };
  const Report masked = redacted(report("210987654321"));
  const Diagnostic& found = masked.diagnostics[0];
  const std::string stars(12, '*');
  CHECK(masked.note == stars);
  CHECK(found.message == stars);
  CHECK(found.help == stars);
  CHECK(found.related[0].message == stars);
  CHECK(found.related[0].pointer == stars);
  CHECK(found.related[0].path == stars);
  CHECK_FALSE(found.fix);  // Applied, it would write the stars.
  CHECK(redacted(report("sales")).diagnostics[0].fix);
}

TEST_CASE("why output failed") {
  Output memory;
  memory.write_now("a");
  memory.write("b");
  CHECK(memory.text() == "ab");
  CHECK(memory.error() == "");

  // The system gives the same number for what is closed and what was opened to be read.
  const int folder = ::open("/", O_RDONLY | O_CLOEXEC);
  REQUIRE(folder >= 0);
  Output to_folder(folder);
  to_folder.write_now("a");
  CHECK(to_folder.error() == "it is closed");
  ::close(folder);

  // Nothing is mapped at the start of a process's memory.
  const int memory_of_process = ::open("/proc/self/mem", O_WRONLY | O_CLOEXEC);
  if (memory_of_process < 0) return;
  Output to_memory(memory_of_process);
  to_memory.write_now("a");
  CHECK(to_memory.error() == "input/output error");
  ::close(memory_of_process);
}

}  // namespace
}  // namespace connect_lint
