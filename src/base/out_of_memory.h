// Calls of the system that ran out of memory. That is no property of a file or a
// folder: it ends the run.
#ifndef CONNECT_LINT_BASE_OUT_OF_MEMORY_H_
#define CONNECT_LINT_BASE_OUT_OF_MEMORY_H_

#include <new>
#include <system_error>

namespace connect_lint {

inline void throw_if_out_of_memory(const std::error_code& error) {
  if (error == std::errc::not_enough_memory) throw std::bad_alloc();
}

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_OUT_OF_MEMORY_H_
