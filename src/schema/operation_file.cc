#include "schema/operation_file.h"

#include <deque>
#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/quote.h"
#include "source/file_reader.h"

namespace connect_lint {

struct OperationFile::Content {
  // The lists have to stay where they are once they are pointed at.
  std::deque<std::string> texts;
  std::deque<std::vector<OperationMember>> members;
  std::deque<std::vector<std::string_view>> names;
  std::vector<OperationInfo> operations;
  std::vector<OtherOperation> others;
  std::string_view model;

  std::string_view keep(const nlohmann::json& text) {
    return texts.emplace_back(text.get<std::string>());
  }
  std::span<const std::string_view> keep_all(const nlohmann::json& list) {
    std::vector<std::string_view>& kept = names.emplace_back();
    for (const auto& name : list) kept.push_back(keep(name));
    return kept;
  }
  static Location location(const std::string& word) {
    if (word == "uri") return Location::Uri;
    if (word == "querystring") return Location::QueryString;
    return word == "header" ? Location::Header : Location::Body;
  }

  void read(const nlohmann::json& file) {
    model = keep(file.at("model"));
    for (const auto& row : file.at("operations")) {
      std::vector<OperationMember>& kept = members.emplace_back();
      for (const auto& member : row.at("members"))
        kept.push_back({keep(member.at("name")), location(member.at("location").get<std::string>()),
                        member.at("required").get<bool>()});
      operations.push_back({keep(row.at("name")), keep(row.at("command")), keep(row.at("method")),
                            keep(row.at("uri")), keep(row.at("summary")), kept,
                            keep_all(row.at("response"))});
    }
    for (const auto& row : file.at("others"))
      others.push_back({keep(row.at("name")), keep(row.at("command")), keep_all(row.at("members")), keep_all(row.at("required"))});
  }
};

OperationFile::OperationFile(std::unique_ptr<Content> content) : content_(std::move(content)) {}
OperationFile::OperationFile(OperationFile&&) noexcept = default;
OperationFile& OperationFile::operator=(OperationFile&&) noexcept = default;
OperationFile::~OperationFile() = default;

OperationTable OperationFile::table() const {
  return {content_->operations, content_->others, content_->model};
}

Result<OperationFile> OperationFile::load(const std::string& directory) {
  const std::string path = directory + "/operations.json";
  const auto text = read_file(path, kDataFileBytesMax);
  if (!text.ok()) return Error{text.error()};
  try {
    auto content = std::make_unique<Content>();
    content->read(nlohmann::json::parse(text.value()));
    return OperationFile(std::move(content));
  } catch (const std::exception& error) {
    return Error{"cannot read " + ticked(path) + ": " + visible(error.what())};
  }
}

Result<std::vector<SchemaSource>> load_schema_sources(const std::string& directory,
                                                      const OperationTable& table) {
  std::vector<SchemaSource> sources;
  for (const OperationInfo& operation : table.operations) {
    const std::string name = std::string(operation.name) + ".json";
    auto text = read_file(directory + "/" + name, kDataFileBytesMax);
    if (!text.ok()) return Error{text.error()};
    sources.push_back({name, std::move(text).value()});
  }
  return sources;
}

}  // namespace connect_lint
