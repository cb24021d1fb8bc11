// What stock valijson says of many requests:
//
//   oracles-valijson schemas/ < mutants.jsonl
//
// Reads lines {"operation": ..., "text": ...} and prints one word for each: valid, invalid, unreadable (nlohmann/json
// refuses the text), or long (left out: std::regex overflows its stack on long strings).
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace {

using Json = nlohmann::json;

constexpr std::size_t kStringBytesMax = 3000;

bool has_long_string(const Json& json) {
  if (json.is_string()) return json.get_ref<const std::string&>().size() > kStringBytesMax;
  if (json.is_object())
    for (const auto& [key, value] : json.items())
      if (key.size() > kStringBytesMax || has_long_string(value)) return true;
  if (json.is_array())
    for (const Json& value : json)
      if (has_long_string(value)) return true;
  return false;
}

class Schemas {
 public:
  explicit Schemas(std::string directory) : directory_(std::move(directory)) {}

  const valijson::Schema& of(const std::string& operation) {
    std::unique_ptr<valijson::Schema>& schema = schemas_[operation];
    if (schema) return *schema;
    std::ifstream file(directory_ + "/" + operation + ".json");
    const Json json = Json::parse(file);
    schema = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json), *schema);
    return *schema;
  }

 private:
  std::string directory_;
  std::map<std::string, std::unique_ptr<valijson::Schema>> schemas_;
};

const char* verdict(Schemas& schemas, const Json& row) {
  const Json request = Json::parse(row.at("text").get_ref<const std::string&>(), nullptr, false);
  if (request.is_discarded()) return "unreadable";
  if (has_long_string(request)) return "long";
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  const valijson::adapters::NlohmannJsonAdapter adapter(request);
  return validator.validate(schemas.of(row.at("operation").get<std::string>()), adapter, nullptr) ? "valid" : "invalid";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: oracles-valijson SCHEMAS < mutants.jsonl\n";
    return 2;
  }
  try {
    Schemas schemas(argv[1]);
    for (std::string line; std::getline(std::cin, line);) std::cout << verdict(schemas, Json::parse(line)) << '\n';
  } catch (const std::exception& error) {
    std::cerr << "oracles-valijson: " << error.what() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
