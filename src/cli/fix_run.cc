#include "cli/fix_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/quote.h"
#include "lint/settle.h"
#include "source/file_reader.h"
#include "source/file_writer.h"
#include "source/line_diff.h"

namespace connect_lint {

Report FixRun::run(Workspace& workspace, const CheckOptions& options, const std::function<Report(const CheckOptions&)>& check) {
  CheckOptions mending = options;
  mending.limits.findings_max = std::max(options.limits.findings_max, kFindingsMendedMax);
  Report report = mend(workspace, mending, check);
  describe_at_most(report, options.limits.findings_max);
  return report;
}

Report FixRun::mend(Workspace& workspace, const CheckOptions& options, const std::function<Report(const CheckOptions&)>& check) {
  Report report = check(options);
  if (report.status != Status::Checked || !has_fix(report, which_)) return report;
  const std::string file(options.file_name);
  const std::string before(workspace.source.view());
  const Report kept = report;
  FixedText fixed = fix_text(before, std::move(report), which_, [&](std::string_view text) {
    workspace.source.assign(text);
    return check(options);
  });
  std::string problem = writes_ && fixed.fixed > 0 ? write(file, before, fixed.text) : "";
  // What was tried last need not be what is kept.
  const bool done = fixed.fixed > 0 && writes_ && problem.empty();
  workspace.source.assign(done ? std::string_view(fixed.text) : std::string_view(before));
  const std::lock_guard lock(mutex_);
  if (!problem.empty()) {
    problems_.push_back(std::move(problem));
  } else if (fixed.fixed > 0) {
    fixed_ += fixed.fixed;
    ++files_;
    if (!writes_) diffs_[file] = unified_diff(file, before, fixed.text);
  }
  return done ? std::move(fixed.report) : kept;
}

std::string FixRun::write(const std::string& file, std::string_view before, std::string_view after) const {
  // Somebody may have saved it meanwhile.
  const auto now = read_file(file, before.size() + 1);
  if (!now.ok() || now.value() != before) return fmt::format("cannot fix {}: it was changed meanwhile", ticked(file));
  return write_file_whole(file, after);
}

std::string FixRun::take_diff(std::string_view file) {
  const std::lock_guard lock(mutex_);
  const auto found = diffs_.find(file);
  if (found == diffs_.end()) return "";
  std::string diff = std::move(found->second);
  diffs_.erase(found);
  return diff;
}

}  // namespace connect_lint
