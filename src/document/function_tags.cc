#include "document/function_tags.h"

#include <algorithm>
#include <array>

namespace connect_lint {
namespace {

constexpr std::array<std::string_view, 21> kFunctions = {
    "Condition",      "Fn::And",         "Fn::Base64", "Fn::Cidr",   "Fn::Equals", "Fn::FindInMap", "Fn::GetAZs",
    "Fn::GetAtt",     "Fn::If",          "Fn::ImportValue", "Fn::Join", "Fn::Length", "Fn::Not",    "Fn::Or",
    "Fn::Select",     "Fn::Split",       "Fn::Sub",    "Fn::ToJsonString", "Fn::Transform", "Fn::ValueOf", "Ref"};

}  // namespace

std::string_view function_of_tag(std::string_view tag) {
  if (!tag.starts_with('!')) return {};
  tag.remove_prefix(1);
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(), [&](std::string_view function) {
    if (function.starts_with("Fn::")) function.remove_prefix(4);
    return function == tag;
  });
  return found == kFunctions.end() ? std::string_view() : *found;
}

}  // namespace connect_lint
