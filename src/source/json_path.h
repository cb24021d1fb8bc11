// The two ways to write where a value is: RFC 6901 JSON Pointer (`/Tags/a~1b`)
// and RFC 9535 normalized path (`$['Tags']['a/b']`).
#ifndef CONNECT_LINT_SOURCE_JSON_PATH_H_
#define CONNECT_LINT_SOURCE_JSON_PATH_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace connect_lint {

// Each appends one step to `path`. Keys are UTF-8; what is no UTF-8 becomes U+FFFD.
void append_pointer_key(std::string& pointer, std::string_view key);
void append_pointer_index(std::string& pointer, std::size_t index);
void append_path_key(std::string& path, std::string_view key);
void append_path_index(std::string& path, std::size_t index);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SOURCE_JSON_PATH_H_
