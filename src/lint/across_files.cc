#include <connect_lint/lint.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "lint/settle.h"

namespace connect_lint {

struct AcrossFiles::Seen {
  struct First {
    std::string file;
    std::string pointer;
    std::string path;
    std::optional<Place> place;
  };
  std::unordered_map<std::string, First> values;  // By rule and value.
};

AcrossFiles::AcrossFiles() : seen_(std::make_unique<Seen>()) {}
AcrossFiles::~AcrossFiles() = default;

void AcrossFiles::add(std::string_view file_name, Report& report) {
  for (UniqueValue& unique : report.unique_values) {
    Diagnostic& found = unique.diagnostic;
    const auto [known, first_time] = seen_->values.try_emplace(
        found.id + '\0' + unique.value, Seen::First{std::string(file_name), found.pointer, found.path, found.place});
    if (first_time) continue;
    const Seen::First& first = known->second;
    found.related.push_back({.file = first.file == file_name ? "" : first.file,
                             .pointer = first.pointer,
                             .path = first.path,
                             .place = first.place,
                             .message = "it is used here, too"});
    count(report, found.severity);
    const auto after = std::find_if(report.diagnostics.begin(), report.diagnostics.end(), [&](const Diagnostic& other) {
      return other.place && found.place && other.place->begin > found.place->begin;
    });
    report.diagnostics.insert(after, std::move(found));
  }
  report.unique_values.clear();
}

}  // namespace connect_lint
