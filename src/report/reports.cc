#include "report/reports.h"

#include <algorithm>
#include <utility>

#include "base/quote.h"
#include "report/redact.h"

namespace connect_lint {

std::optional<std::vector<Reports::Wanted>> Reports::parse(std::span<const std::string> texts, std::string& problem) {
  std::vector<Wanted> all;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    Wanted wanted{find_format(name), colon == text.npos ? "" : text.substr(colon + 1)};
    if (wanted.format == nullptr) {
      problem = fmt::format("--format: {} is none of ", ticked(name));
      for (const Format& format : formats()) problem += fmt::format("{}{}", &format == formats().data() ? "" : ", ", format.name);
      return std::nullopt;
    }
    if (colon != text.npos && wanted.file.empty()) {
      problem = fmt::format("--format: {} names no file", ticked(text));
      return std::nullopt;
    }
    if (std::any_of(all.begin(), all.end(), [&](const Wanted& other) { return other.file == wanted.file; })) {
      problem = wanted.file.empty() ? fmt::format("two formats cannot both go to standard output; {} writes one to a file", ticked(name + ":FILE"))
                                    : fmt::format("--format: two formats cannot both go to {}", ticked(wanted.file));
      return std::nullopt;
    }
    all.push_back(std::move(wanted));
  }
  return all;
}

std::string Reports::begin(const std::vector<Wanted>& wanted, Output& out, const Options& options) {
  redacts_ = options.redacts;
  for (const Wanted& each : wanted) {
    One one{each.format, each.file, nullptr, nullptr, nullptr};
    if (each.file.empty()) {
      one.reporter = each.format->make(out, options.reporter);
    } else {
      auto opened = FileReplacement::open(each.file);
      if (!opened.ok()) return opened.error();
      one.file = std::make_unique<FileReplacement>(std::move(opened).value());
      one.out = std::make_unique<Output>(one.file->descriptor());
      ReporterOptions of_file = options.reporter;
      of_file.colour = options.colour_in_files;
      one.reporter = each.format->make(*one.out, of_file);
    }
    one.reporter->begin();
    all_.push_back(std::move(one));
  }
  return "";
}

void Reports::file(const FileReport& file) {
  if (redacts_ && !(file.report.diagnostics.empty() && file.report.note.empty())) {
    const Report report = redacted(file.report);
    const std::string text = redacted(std::string(file.text));
    for (const One& one : all_) one.reporter->file({file.file, report, text, file.line});
    return;
  }
  for (const One& one : all_) one.reporter->file(file);
}

std::string Reports::end(const Summary& summary) {
  std::string problem;
  for (const One& one : all_) {
    one.reporter->end(summary);
    if (!one.file) continue;
    std::string why = one.out->flush() ? one.file->commit() : fmt::format("cannot write {}: {}", ticked(one.name), one.out->error());
    if (problem.empty()) problem = std::move(why);
  }
  return problem;
}

const Format* Reports::only() const { return all_.size() == 1 && !all_[0].file && !redacts_ ? all_[0].format : nullptr; }

}  // namespace connect_lint
