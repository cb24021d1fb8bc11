# time_zones.txt as a C++ source:
#
#   cmake -D LIST=time_zones.txt -D OUTPUT=time_zones.cc -P embed_time_zones.cmake
file(STRINGS "${LIST}" lines REGEX "^[^#]")
set(text "// Made from time_zones.txt by embed_time_zones.cmake.\n#include \"rules/time_zones.h\"\n\n#include <algorithm>\n\n")
string(APPEND text "namespace connect_lint {\nnamespace {\n\nconstexpr std::string_view kTimeZones[] = {\n")
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^[A-Za-z0-9_+/-]+$")
    message(FATAL_ERROR "${LIST}: this is no name of a time zone: ${line}")
  endif()
  string(APPEND text "    \"${line}\",\n")
endforeach()
string(APPEND text "};\nstatic_assert(std::ranges::is_sorted(kTimeZones));\n\n}  // namespace\n\n")
string(APPEND text "std::span<const std::string_view> time_zones() { return kTimeZones; }\n\n}  // namespace connect_lint\n")
file(WRITE "${OUTPUT}" "${text}")
