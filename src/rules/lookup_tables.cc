#include "rules/lookup_tables.h"

#include <algorithm>

namespace connect_lint {
namespace {

// The enumerations <Connector>ConnectorOperator of the service model
// (customer-profiles 2020-08-15); AppFlow's model has the same.
constexpr std::string_view kAll = "Salesforce, ServiceNow, S3, Marketo and Zendesk";
constexpr LookupEntry kConnectorsWithOperator[] = {
    {"ADDITION", kAll},
    {"BETWEEN", "Salesforce, ServiceNow, S3 and Marketo"},
    {"CONTAINS", "Salesforce and ServiceNow"},
    {"DIVISION", kAll},
    {"EQUAL_TO", "Salesforce, ServiceNow and S3"},
    {"GREATER_THAN", kAll},
    {"GREATER_THAN_OR_EQUAL_TO", "Salesforce, ServiceNow and S3"},
    {"LESS_THAN", "Salesforce, ServiceNow, S3 and Marketo"},
    {"LESS_THAN_OR_EQUAL_TO", "Salesforce, ServiceNow and S3"},
    {"MASK_ALL", kAll},
    {"MASK_FIRST_N", kAll},
    {"MASK_LAST_N", kAll},
    {"MULTIPLICATION", kAll},
    {"NOT_EQUAL_TO", "Salesforce, ServiceNow and S3"},
    {"NO_OP", kAll},
    {"PROJECTION", kAll},
    {"SUBTRACTION", kAll},
    {"VALIDATE_NON_NEGATIVE", kAll},
    {"VALIDATE_NON_NULL", kAll},
    {"VALIDATE_NON_ZERO", kAll},
    {"VALIDATE_NUMERIC", kAll},
};

// What a task of each type needs or may have: AWS's CDK library for AppFlow,
// AppFlow's error messages, and flows that the AWS console made.
constexpr LookupEntry kPropertiesOfTask[] = {
    {"Arithmetic", "MATH_OPERATION_FIELDS_ORDER"},
    {"Filter", "DATA_TYPE,VALUE,VALUES,LOWER_BOUND,UPPER_BOUND"},
    {"Map", "SOURCE_DATA_TYPE,DESTINATION_DATA_TYPE"},
    {"Mask", "MASK_LENGTH,MASK_VALUE"},
    {"Merge", "CONCAT_FORMAT"},
    {"Truncate", "TRUNCATE_LENGTH"},
    {"Validate", "VALIDATION_ACTION"},
};

// From the same sources. NO_OP is not here: Map, Merge and Truncate share it.
constexpr LookupEntry kTaskTypeOfOperator[] = {
    {"ADDITION", "Arithmetic"},
    {"BETWEEN", "Filter"},
    {"CONTAINS", "Filter"},
    {"DIVISION", "Arithmetic"},
    {"EQUAL_TO", "Filter"},
    {"GREATER_THAN", "Filter"},
    {"GREATER_THAN_OR_EQUAL_TO", "Filter"},
    {"LESS_THAN", "Filter"},
    {"LESS_THAN_OR_EQUAL_TO", "Filter"},
    {"MASK_ALL", "Mask"},
    {"MASK_FIRST_N", "Mask"},
    {"MASK_LAST_N", "Mask"},
    {"MULTIPLICATION", "Arithmetic"},
    {"NOT_EQUAL_TO", "Filter"},
    {"PROJECTION", "Filter"},
    {"SUBTRACTION", "Arithmetic"},
    {"VALIDATE_NON_NEGATIVE", "Validate"},
    {"VALIDATE_NON_NULL", "Validate"},
    {"VALIDATE_NON_ZERO", "Validate"},
    {"VALIDATE_NUMERIC", "Validate"},
};

constexpr LookupTable kTables[] = {
    {"connectors_with_operator", kConnectorsWithOperator},
    {"properties_of_task", kPropertiesOfTask},
    {"task_type_of_operator", kTaskTypeOfOperator},
};

static_assert(std::ranges::is_sorted(kConnectorsWithOperator, {}, &LookupEntry::key));
static_assert(std::ranges::is_sorted(kPropertiesOfTask, {}, &LookupEntry::key));
static_assert(std::ranges::is_sorted(kTaskTypeOfOperator, {}, &LookupEntry::key));
static_assert(std::ranges::is_sorted(kTables, {}, &LookupTable::name));

}  // namespace

std::span<const LookupTable> lookup_tables() { return kTables; }

const LookupTable* find_lookup_table(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kTables, name, {}, &LookupTable::name);
  return found != std::end(kTables) && found->name == name ? found : nullptr;
}

const LookupEntry* find_lookup_entry(const LookupTable& table, std::string_view key) {
  const auto found = std::ranges::lower_bound(table.entries, key, {}, &LookupEntry::key);
  return found != table.entries.end() && found->key == key ? &*found : nullptr;
}

}  // namespace connect_lint
