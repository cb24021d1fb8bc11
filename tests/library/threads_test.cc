// One linter, many threads, every door at once: each gets the answer that one thread alone gets. Under ThreadSanitizer by
// `ci/trust threads`.
#include <catch2/catch.hpp>

#include <connect_lint/connect_lint.h>
#include <connect_lint/json.h>
#include <connect_lint/lint.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace connect_lint {
namespace {

constexpr unsigned kThreads = 8;
constexpr unsigned kRounds = 4;

std::vector<std::string> texts() {
  std::vector<std::string> result;
  for (const char* folder : {"/tests/samples", "/tests/valid", "/tests/golden"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(CONNECT_LINT_SOURCE_DIR) + folder)) {
      const auto ending = entry.path().extension();
      if ((ending != ".json" && ending != ".yaml") || entry.file_size() > 20'000) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::stringstream text;
      text << file.rdbuf();
      result.push_back(text.str());
    }
  return result;
}

std::string words_of(const Report& report) {
  std::string words(name_of(report.status));
  for (const Diagnostic& found : report.diagnostics) {
    words += '\n' + found.id + ' ' + found.path + ' ' + found.message + ' ' + found.help;
    if (found.place) words += ' ' + std::to_string(found.place->begin) + '-' + std::to_string(found.place->end);
  }
  return words;
}

// What each door says of a text, in one string.
std::string ask(const Linter& linter, const connect_lint_linter* c_linter, const std::string& text) {
  std::string words = words_of(linter.check(text));
  words += words_of(linter.check("PutIntegration", text));
  words += words_of(linter.check_body("PutIntegration", text, {{"DomainName", "sa les"}}));
  const auto value = nlohmann::json::parse(text, nullptr, false);
  if (!value.is_discarded()) words += words_of(check_json(linter, "", value));
  connect_lint_report* report = connect_lint_check(c_linter, nullptr, text.data(), text.size(), nullptr);
  char* json = connect_lint_json(report, "text");
  words += json;
  connect_lint_string_free(json);
  connect_lint_report_free(report);
  return words;
}

void in_threads(const std::function<void(unsigned)>& work) {
  std::vector<std::thread> threads;
  for (unsigned number = 0; number < kThreads; ++number) threads.emplace_back(work, number);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("threads that share a linter get what one thread gets") {
  const std::vector<std::string> all = texts();
  REQUIRE(all.size() > 100);
  const Linter linter;
  connect_lint_linter* const c_linter = connect_lint_new(nullptr, nullptr);
  REQUIRE(c_linter != nullptr);
  std::vector<std::string> alone;
  for (const std::string& text : all) alone.push_back(ask(linter, c_linter, text));
  std::atomic<unsigned> different{0};
  in_threads([&](unsigned number) {
    const Linter mine = linter;  // Copies share.
    for (unsigned round = 0; round < kRounds; ++round)
      for (std::size_t i = number; i < all.size(); i += 1 + (number + round) % 3)
        if (ask(round % 2 == 0 ? linter : mine, c_linter, all[i]) != alone[i]) ++different;
  });
  CHECK(different == 0);
  std::printf("figure: %u threads, one linter, five doors: %zu requests, %u answers differ from those of one thread\n", kThreads, all.size(), different.load());
  connect_lint_free(c_linter);
}

TEST_CASE("threads make and drop linters, and keep what these found") {
  std::vector<Report> kept(kThreads);
  in_threads([&](unsigned number) {
    for (unsigned round = 0; round < 20; ++round) {
      LinterOptions options;
      if (round % 5 == 4) options.rule_dirs = {"no/such/folder"};
      const Linter linter(options);
      kept[number] = linter.check("ListWorkflows", R"({"DomainName": "sa les"})");
      (void)operation_names();
    }
  });
  for (const Report& report : kept) CHECK(report.errors == 1);
}

}  // namespace connect_lint
