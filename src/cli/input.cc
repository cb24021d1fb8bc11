#include "cli/input.h"

#include <chrono>
#include <filesystem>

#include "base/limits.h"
#include "base/quote.h"
#include "base/timestamp.h"
#include "request/operation.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

std::string unknown_operation(const std::string& name) {
  const auto guess = guess_operation(name);
  std::string names;
  for (const std::string_view each : operation_names()) names += fmt::format("{}{}", names.empty() ? "" : ", ", each);
  const std::string advice = guess ? fmt::format("did you mean `{}`?", built_in_operations().operations[*guess].name)
                                   : fmt::format("the operations are {}", names);
  return fmt::format("--operation {} is no operation that can be checked; {}", ticked(name), advice);
}

Dialect dialect_named(std::string_view name) {
  if (name == name_of(Dialect::Body)) return Dialect::Body;
  return name == name_of(Dialect::CloudFormation) ? Dialect::CloudFormation : Dialect::Input;
}

}  // namespace

std::string set_request_options(const RequestOptions& given, CheckOptions& to) {
  if (!given.operation.empty() && !find_operation(given.operation)) return unknown_operation(given.operation);
  to.operation = given.operation;
  if (!given.dialect.empty()) to.dialect = dialect_named(given.dialect);
  to.syntax = syntax_named(given.syntax);
  if (!given.now) return "";
  if (given.now->empty()) {
    to.now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return "";
  }
  const TimeReading time = read_time(*given.now);
  if (time.problem != TimeProblem::None) return fmt::format("--now={} is no time such as 2021-10-14T13:51:57Z", ticked(*given.now));
  to.now = time.seconds;
  return "";
}

std::optional<Syntax> syntax_named(const std::string& name) {
  if (name.empty()) return std::nullopt;
  return name == "yaml" ? Syntax::Yaml : Syntax::Json;
}

int read_input(const std::string& path, const Environment& environment, SourceText& source) {
  const ReadOutcome outcome = path == "-" ? read_descriptor(environment.input, kInputBytesLimit, source)
                                          : read_regular_file(path, kInputBytesLimit, source);
  if (outcome.status == ReadStatus::Done) return kExitClean;
  if (outcome.status == ReadStatus::TooLarge) {
    environment.err.print("connect-lint: {} is larger than {} bytes\n", ticked(path), kInputBytesLimit);
    return kExitFindings;
  }
  std::error_code error;
  environment.err.print("connect-lint: {}\n", outcome.message);
  return path != "-" && !std::filesystem::exists(path, error) ? kExitUsage : kExitFindings;
}

}  // namespace connect_lint
