/* The version of these headers: semantic versioning. The library that is loaded tells its own by
   connect_lint::version() or connect_lint_version(). Valid in C and C++. */
#ifndef CONNECT_LINT_CONNECT_LINT_VERSION_H_
#define CONNECT_LINT_CONNECT_LINT_VERSION_H_

#define CONNECT_LINT_VERSION "0.1.0"
#define CONNECT_LINT_VERSION_MAJOR 0
#define CONNECT_LINT_VERSION_MINOR 1
#define CONNECT_LINT_VERSION_PATCH 0

/* Marks what the shared library shows. */
#if defined(__GNUC__)
#define CONNECT_LINT_API __attribute__((visibility("default")))
#else
#define CONNECT_LINT_API
#endif

#endif /* CONNECT_LINT_CONNECT_LINT_VERSION_H_ */
