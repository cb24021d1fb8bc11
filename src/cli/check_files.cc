#include "cli/check_files.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <vector>

#include "base/limits.h"
#include "base/ordered_run.h"
#include "request/mention.h"
#include "request/recognise.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

// Files that a thread takes at once.
constexpr std::size_t kFilesPerPiece = 8;

// Files up to which the calling thread is done before another has started.
constexpr std::size_t kFilesAlone = 16;

class FilesRun {
 public:
  explicit FilesRun(const FileChecks& checks) : checks_(checks) {}

  void alone() {
    Workspace workspace;
    for (const FoundFile& file : checks_.files) {
      Report report = check(file, workspace);
      if (!checks_.deliver(called(file), report, workspace.source.view())) return;
    }
  }

  void by_threads(std::size_t threads) {
    pieces_.resize(ordered_slots(threads));
    std::vector<Workspace> workspaces(threads);
    run_in_order({.threads = threads,
                  .pieces_alone = kFilesAlone / kFilesPerPiece,
                  .claim = [&](std::size_t slot) { return claim(pieces_[slot]); },
                  .work = [&](std::size_t slot, std::size_t thread) { work(pieces_[slot], workspaces[thread]); },
                  .deliver = [&](std::size_t slot) { return deliver(pieces_[slot]); },
                  .crowded = [&] { return waiting_bytes_ > kFileBytesWaiting; }});
  }

 private:
  struct Result {
    Report report;
    std::string text;  // Where something was found, for excerpts.
  };
  struct Piece {
    std::span<const FoundFile> files;
    std::array<Result, kFilesPerPiece> results;
  };

  [[nodiscard]] std::string_view called(const FoundFile& file) const {
    return file.path == "-" ? checks_.input_name : std::string_view(file.path);
  }

  // The text is left in the workspace; empty where it could not be read.
  [[nodiscard]] Report check(const FoundFile& file, Workspace& workspace) const {
    CheckOptions options = checks_.options;
    options.file_name = called(file);
    const std::uint64_t bytes_max = options.limits.input_bytes_max;
    const ReadOutcome outcome = file.path == "-" ? read_descriptor(checks_.input, bytes_max, workspace.source)
                                                 : read_regular_file(file.path, bytes_max, workspace.source);
    if (outcome.status != ReadStatus::Done) {
      workspace.source.resize(0);
      return outcome.status == ReadStatus::TooLarge ? too_large_report(bytes_max) : unreadable_report(outcome.message);
    }
    return checks_.check(file, workspace, options);
  }

  bool claim(Piece& piece) {
    const std::size_t count = std::min(kFilesPerPiece, checks_.files.size() - claimed_);
    piece.files = checks_.files.subspan(claimed_, count);
    claimed_ += count;
    return count > 0;
  }

  void work(Piece& piece, Workspace& workspace) {
    for (std::size_t i = 0; i < piece.files.size(); ++i) {
      Result& result = piece.results[i];
      result.report = check(piece.files[i], workspace);
      // A value that an earlier file has, too, becomes a finding later on.
      const bool shown = !result.report.diagnostics.empty() || !result.report.unique_values.empty();
      result.text = shown ? workspace.source.view() : std::string_view();
      waiting_bytes_ += result.text.size();
    }
  }

  bool deliver(Piece& piece) {
    for (std::size_t i = 0; i < piece.files.size(); ++i) {
      Result& result = piece.results[i];
      if (!checks_.deliver(called(piece.files[i]), result.report, result.text)) return false;
      waiting_bytes_ -= result.text.size();
      result = {};
    }
    return true;
  }

  const FileChecks& checks_;
  std::vector<Piece> pieces_;
  std::size_t claimed_ = 0;
  std::atomic<std::uint64_t> waiting_bytes_ = 0;
};

}  // namespace

Report check_text(const LintEngine& engine, Workspace& workspace, const CheckOptions& options, bool named, const CheckPolicy& policy) {
  const auto is_foreign = [&] {
    return !named && options.operation.empty() && !file_name_tells(options.file_name) && !mentions_request(workspace.source.view());
  };
  Report report;
  // Reading YAML takes many times as long as looking at it; reading JSON does not.
  if (is_yaml(options.file_name) && is_foreign()) {
    report.note = "nothing in it names a Customer Profiles request";
    return report;
  }
  report = engine.check(workspace, options, policy);
  if (report.status != Status::Unreadable || !report.requests.empty() || !is_foreign()) return report;
  report = {};
  report.note = "it cannot be parsed, and nothing in it names a Customer Profiles request";
  return report;
}

void check_files(const FileChecks& checks) {
  FilesRun run(checks);
  const std::size_t threads = std::min(checks.jobs, checks.files.size() / kFilesPerPiece);
  if (threads <= 1 || checks.files.size() <= kFilesAlone) return run.alone();
  run.by_threads(threads);
}

}  // namespace connect_lint
