#include "base/catalogue.h"
#include "base/edit_distance.h"
#include "base/quote.h"
#include "cli/arguments.h"
#include "cli/run.h"

namespace connect_lint {
namespace {

void print_list(Output& out) {
  for (const CatalogueEntry& entry : catalogue()) out.print("{:<34}{}\n", entry.id, entry.summary);
}

void print_entry(Output& out, const CatalogueEntry& entry) {
  out.print("{}\n{}\n\n", entry.id, entry.summary);
  out.print("severity   {}\ncertainty  {}\n\n{}", name_of(entry.severity), name_of(entry.certainty),
            entry.explanation);
  if (!entry.wrong.empty()) out.print("\nwrong:\n    {}\n", entry.wrong);
  if (!entry.right.empty()) out.print("\nright:\n    {}\n", entry.right);
}

// The id that a wrong one may mean: by its last part, or by spelling.
const CatalogueEntry* guess(std::string_view id) {
  const CatalogueEntry* best = nullptr;
  std::size_t best_distance = edit_distance_allowed(id.size()) + 1;
  for (const CatalogueEntry& entry : catalogue()) {
    if (entry.id.substr(entry.id.find('/') + 1) == id) return &entry;
    const std::size_t distance = edit_distance(id, entry.id, best_distance - 1);
    if (distance >= best_distance) continue;
    best = &entry;
    best_distance = distance;
  }
  return best;
}

}  // namespace

int run_explain(std::span<const std::string> arguments, const Environment& environment) {
  Arguments app("explain", "Explains a finding: why it is a mistake and what to do. Without an id: lists all.");
  std::string id;
  app.positional("id", id, "As findings show it, such as schema/enum", false);
  if (const auto code = app.parse(arguments, environment)) return *code;
  if (id.empty()) {
    print_list(environment.out);
    return kExitClean;
  }
  const CatalogueEntry* entry = find_entry(id);
  if (entry == nullptr) {
    const CatalogueEntry* near = guess(id);
    return usage_error(environment, "explain",
                       fmt::format("there is no finding {}{}", ticked(id),
                                   near != nullptr ? fmt::format("; did you mean `{}`?", near->id) : ""));
  }
  print_entry(environment.out, *entry);
  return kExitClean;
}

}  // namespace connect_lint
