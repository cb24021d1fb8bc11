#include <algorithm>
#include <filesystem>

#include "base/limits.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/check_files.h"
#include "cli/find_files.h"
#include "cli/run.h"
#include "lint/configuration.h"
#include "source/file_reader.h"
#include "source/file_writer.h"

namespace connect_lint {
namespace {

// Files named in the comment.
constexpr std::size_t kFilesNamed = 5;

constexpr std::array<std::string_view, 3> kPlaceholders = {"${...}", "{{...}}", "<%...%>"};

// What is in the folder already.
struct Survey {
  std::vector<std::string> requests;
  std::array<bool, kPlaceholders.size()> placeholders{};
};

Survey look_around() {
  Survey survey;
  const LintEngine engine;
  Workspace workspace;
  for (const FoundFile& file : find_files({"."}).files) {
    if (is_stream(file.path) || read_regular_file(file.path, Limits{}.input_bytes_max, workspace.source).status != ReadStatus::Done) continue;
    CheckOptions options;
    options.file_name = file.path;
    options.least = Severity::Error;
    if (check_text(engine, workspace, options, false).requests.empty()) continue;
    survey.requests.push_back(file.path.starts_with("./") ? file.path.substr(2) : file.path);
    for (std::size_t i = 0; i < kPlaceholders.size(); ++i) {
      const Placeholder form = *parse_placeholder(kPlaceholders[i]);
      const std::size_t begin = workspace.source.view().find(form.begin);
      survey.placeholders[i] = survey.placeholders[i] || (begin != std::string_view::npos && workspace.source.view().find(form.end, begin) != std::string_view::npos);
    }
  }
  return survey;
}

std::string starting_file(const Survey& survey) {
  std::string text = "# What connect-lint does with the files in this folder and below. All of it may be left out.\n";
  if (survey.requests.empty()) {
    text += "# No file here holds a Customer Profiles request yet.\n";
  } else {
    text += fmt::format("# Requests are in {} file{} here:\n", survey.requests.size(), survey.requests.size() == 1 ? "" : "s");
    for (std::size_t i = 0; i < std::min(survey.requests.size(), kFilesNamed); ++i) text += fmt::format("#   {}\n", visible(survey.requests[i], 200));
    if (survey.requests.size() > kFilesNamed) text += "#   ...\n";
  }
  std::string forms;
  for (std::size_t i = 0; i < kPlaceholders.size(); ++i)
    if (survey.placeholders[i]) forms += fmt::format("{}\"{}\"", forms.empty() ? "" : ", ", kPlaceholders[i]);
  text += "\n# Values with such texts are filled in before they are sent: they are not known, so neither right nor wrong.\n";
  text += forms.empty() ? "# placeholders: [\"${...}\"]\n" : fmt::format("placeholders: [{}]\n", forms);
  text +=
      "\n# Exit with 1 from this severity on: error, warning, info, never.\n"
      "# fail-on: error\n"
      "\n# By id or family: error, warning, info, off. `connect-lint explain` lists them.\n"
      "# severity:\n"
      "#   skeleton/example-account: off\n"
      "\n# What is different for some files.\n"
      "# overrides:\n"
      "#   - files: flows/*.json\n"
      "#     operation: PutIntegration\n"
      "\n# Single findings that are to stay, with a reason. In YAML a comment does, too:\n"
      "# `# connect-lint: ignore ID: reason`.\n"
      "# ignore:\n"
      "#   - files: flows/accounts.json\n"
      "#     id: connector/operator-mismatch\n"
      "#     reason: is replaced in March\n"
      "\n# Findings that are there now, written by `connect-lint check --write-baseline FILE .`: only new ones are shown.\n"
      "# baseline: connect-lint-baseline.json\n";
  return text;
}

}  // namespace

int run_init(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("init", "Writes a starting configuration, .connect-lint.yaml, for what is in this folder.");
  if (const auto code = app.parse(arguments, environment)) return *code;
  const std::string name(kConfigurationName);
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(name, error))) {
    environment.err.print("connect-lint: there is a {} already; it stays as it is\n", ticked(name));
    return kExitUsage;
  }
  const Survey survey = look_around();
  if (const std::string problem = write_file_whole(name, starting_file(survey)); !problem.empty()) {
    environment.err.print("connect-lint: {}\n", problem);
    return kExitFailed;
  }
  environment.err.print("connect-lint: wrote {}; {} file{} here hold{} requests\n", ticked(name), survey.requests.size(), survey.requests.size() == 1 ? "" : "s",
                        survey.requests.size() == 1 ? "s" : "");
  return kExitClean;
}

}  // namespace connect_lint
