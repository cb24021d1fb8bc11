#include "lint/baseline.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/quote.h"
#include "document/json_writer.h"

namespace connect_lint {
namespace {

constexpr std::string_view kFormat = "connect-lint-baseline/1";

}  // namespace

Result<Baseline> parse_baseline(std::string_view name, std::string_view text) {
  const auto wrong = [&](std::string_view what) { return Error{fmt::format("{} is no baseline: {}", ticked(name), what)}; };
  bool too_deep = false;
  const auto keep = [&](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
    too_deep |= depth > kBaselineDepthMax;
    return !too_deep;
  };
  const nlohmann::json json = nlohmann::json::parse(text, keep, false);
  if (too_deep) return wrong("it has values inside each other that no baseline has");
  if (json.is_discarded() || !json.is_object()) return wrong("it is no JSON object");
  if (json.value("format", nlohmann::json()) != kFormat) return wrong(fmt::format("its `format` is not `{}`", kFormat));
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_array()) return wrong("`findings` is no list");
  Baseline baseline;
  for (std::size_t i = 0; i < findings->size(); ++i) {
    const nlohmann::json& entry = (*findings)[i];
    const auto text_of = [&](const char* key) -> const std::string* {
      const auto found = entry.is_object() ? entry.find(key) : entry.end();
      return found != entry.end() && found->is_string() ? found->get_ptr<const std::string*>() : nullptr;
    };
    const std::string* file = text_of("file");
    const std::string* id = text_of("id");
    const std::string* pointer = text_of("pointer");
    const std::string* content = text_of("content");
    if (file == nullptr || id == nullptr || pointer == nullptr || content == nullptr)
      return wrong(fmt::format("finding {} has to have the texts `file`, `id`, `pointer` and `content`", i + 1));
    const auto count = entry.find("count");
    if (count != entry.end() && (!count->is_number_unsigned() || count->get<std::uint64_t>() == 0 || count->get<std::uint64_t>() > 1'000'000))
      return wrong(fmt::format("the `count` of finding {} is no number from 1 to 1000000", i + 1));
    baseline.files[*file][{*id, *pointer, *content}] += count == entry.end() ? 1 : count->get<std::uint32_t>();
  }
  return baseline;
}

std::string baseline_text(const Baseline& baseline) {
  std::string text = fmt::format("{{\"format\": \"{}\", \"findings\": [", kFormat);
  bool first = true;
  for (const auto& [file, findings] : baseline.files) {
    for (const auto& [finding, count] : findings) {
      text += fmt::format("{}\n  {{\"file\": {}, \"id\": {}, \"pointer\": {}, \"content\": {}, \"count\": {}}}", first ? "" : ",", quoted_json(file),
                          quoted_json(finding.id), quoted_json(finding.pointer), quoted_json(finding.content), count);
      first = false;
    }
  }
  return text + (first ? "]}\n" : "\n]}\n");
}

}  // namespace connect_lint
