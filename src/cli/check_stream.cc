#include "cli/check_stream.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <vector>

#include "base/limits.h"
#include "base/ordered_run.h"
#include "cli/check_files.h"
#include "request/recognise.h"
#include "source/line_reader.h"

namespace connect_lint {
namespace {

// Blocks that the calling thread does before others are started.
constexpr std::size_t kBlocksAlone = 2;

// Places in a line become places in the stream.
void set_line(Report& report, std::uint64_t line) {
  const auto number = static_cast<std::uint32_t>(std::min<std::uint64_t>(line, std::numeric_limits<std::uint32_t>::max()));
  const auto move = [&](Place& place) { place.line = place.end_line = number; };
  for (Diagnostic& found : report.diagnostics) {
    if (!found.place) found.place = Place{.column = 1, .end_column = 1};
    move(*found.place);
    for (Related& related : found.related)
      if (related.place) move(*related.place);
  }
}

class StreamRun {
 public:
  explicit StreamRun(const StreamChecks& checks)
      : checks_(checks),
        options_(checks.options),
        lines_(checks.descriptor, checks.options.limits.input_bytes_max),
        pieces_(ordered_slots(checks.jobs)) {
    // A name is looked at for every line, so only one that says something.
    if (file_name_tells(checks.name)) options_.file_name = checks.name;
    options_.across_files = false;  // What is remembered of every line has no bounds.
  }

  std::string run() {
    std::vector<Workspace> workspaces(checks_.jobs);
    run_in_order({.threads = checks_.jobs,
                  .pieces_alone = kBlocksAlone,
                  .claim = [&](std::size_t slot) { return claim(pieces_[slot]); },
                  .work = [&](std::size_t slot, std::size_t thread) { work(pieces_[slot], workspaces[thread]); },
                  .deliver = [&](std::size_t slot) { return deliver(pieces_[slot]); },
                  .crowded = [&] { return waiting_bytes_ > kStreamBytesWaiting; },
                  .pause = checks_.pause});
    return lines_.error();
  }

 private:
  struct Line {
    std::uint64_t number;
    Report report;
    std::string text;
  };
  struct Piece {
    LineBlock block;
    StreamPart part;
    std::vector<Line> lines;  // Without a format.
    std::uint64_t bytes = 0;  // What waiting_bytes_ counts of it.
  };

  bool claim(Piece& piece) {
    if (!lines_.next(piece.block)) return false;
    hold(piece, piece.block.text.view().size());
    return true;
  }

  void hold(Piece& piece, std::uint64_t bytes) {
    piece.bytes += bytes;
    waiting_bytes_ += bytes;
  }

  void work(Piece& piece, Workspace& workspace) {
    Output out;
    const std::unique_ptr<Reporter> reporter = checks_.format != nullptr ? checks_.format->make(out, checks_.reporter_options) : nullptr;
    const auto add = [&](std::uint64_t number, Report&& report, std::string_view text) {
      set_line(report, number);
      const FileReport file{checks_.name, report, text, number};
      piece.part.summary.add(report);
      if (checks_.verbose) piece.part.verbose += verbose_text(file);
      if (report.status == Status::Skipped && piece.part.note.empty()) piece.part.note = fmt::format("{}: skipped: {}\n", name_text(file), report.note);
      if (reporter) {
        reporter->file(file);
      } else {
        const bool shown = !report.diagnostics.empty();
        piece.lines.push_back({number, std::move(report), std::string(shown ? text : std::string_view())});
      }
    };
    std::uint64_t number = piece.block.first_line;
    if (piece.block.too_long) {
      if (checks_.shard.has(number)) add(number, too_long(), {});
      ++number;
    }
    for (std::string_view rest = piece.block.text.view(); !rest.empty(); ++number) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (!checks_.shard.has(number)) continue;
      if (line.ends_with('\r')) line.remove_suffix(1);
      add(number, check(line, workspace), line);
    }
    piece.part.lines_read = number - piece.block.first_line;
    piece.part.out = out.take();
    hold(piece, piece.part.out.size());
  }

  [[nodiscard]] Report too_long() const {
    const std::uint64_t bytes_max = options_.limits.input_bytes_max;
    Report report = too_large_report(bytes_max);
    report.diagnostics[0].message = fmt::format("the line is larger than {} bytes", bytes_max);
    return report;
  }

  [[nodiscard]] Report check(std::string_view line, Workspace& workspace) const {
    Report report;
    if (line.find_first_not_of(" \t\r") == line.npos) {
      report.note = "the line is empty";
      return report;
    }
    if (line.size() > options_.limits.input_bytes_max) return too_long();
    workspace.source.assign(line);
    return checks_.check(workspace, options_);
  }

  bool deliver(Piece& piece) {
    if (checks_.report)
      for (const Line& line : piece.lines) checks_.report({checks_.name, line.report, line.text, line.number});
    const bool more = checks_.deliver(piece.part);
    waiting_bytes_ -= piece.bytes;
    piece.part = {};
    piece.lines.clear();
    piece.bytes = 0;
    return more;
  }

  const StreamChecks& checks_;
  CheckOptions options_;
  LineReader lines_;
  std::vector<Piece> pieces_;
  std::atomic<std::uint64_t> waiting_bytes_ = 0;
};

}  // namespace

std::string check_stream(const StreamChecks& checks) { return StreamRun(checks).run(); }

std::string verbose_text(const FileReport& file) {
  const std::string name = name_text(file);
  std::string text;
  for (const RequestInfo& request : file.report.requests)
    text += fmt::format("{}: {}, dialect {}, recognised by {}\n", name, request.operation, name_of(request.dialect),
                        name_of(request.recognised_by));
  if (file.report.status == Status::Skipped) text += fmt::format("{}: skipped: {}\n", name, file.report.note);
  return text;
}

}  // namespace connect_lint
