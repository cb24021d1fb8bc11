/* Check Amazon Connect Customer Profiles requests before they are sent: the C interface.

     #include <connect_lint/connect_lint.h>

     connect_lint_linter* linter = connect_lint_new(NULL, NULL);
     connect_lint_report* report = connect_lint_check(linter, "PutIntegration", text, size, NULL);
     if (connect_lint_count(report, CONNECT_LINT_ERROR) > 0) {
       connect_lint_diagnostic found = CONNECT_LINT_DIAGNOSTIC_INIT;
       for (size_t i = 0; connect_lint_get(report, i, &found); ++i)
         printf("%s: %s [%s]\n", found.path, found.message, found.id);
     }
     connect_lint_report_free(report);
     connect_lint_free(linter);

   Who owns what: what a function named *_new, *_check* or *_json gives is the caller's, to be given back with
   the function named beside it. Every other `const char*` is borrowed: it lives as long as the report or linter it was
   asked of, or for ever where that is said. Texts given to a function are only read during the call. All texts are UTF-8 and end
   in a zero byte; a text that may hold zero bytes comes with its size.

   Threads: a linter may be used by any number of threads at once. A report is a value: several threads may read
   one, and it outlives its linter.

   Errors: no exception and no signal leaves these functions. Where memory runs out they give NULL (or 0).
   NULL for a linter or report is taken as one that is not there: the result is NULL or 0. Nothing is printed;
   no locale, environment variable or clock is read; `errno` may be changed.

   Structs begin with their size, so that later versions may add members at the end: begin with the *_INIT
   macros. Valid in C99 and C++. */
#ifndef CONNECT_LINT_CONNECT_LINT_CONNECT_LINT_H_
#define CONNECT_LINT_CONNECT_LINT_CONNECT_LINT_H_

#include <connect_lint/version.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when what was there changes its meaning: a program that is given another one should refuse to go on. */
#define CONNECT_LINT_ABI 1
CONNECT_LINT_API uint32_t connect_lint_abi(void);

/* The library's version, such as "0.1.0". Lives for ever. */
CONNECT_LINT_API const char* connect_lint_version(void);

/* --- Linters --- */

typedef struct connect_lint_linter connect_lint_linter;

typedef struct connect_lint_linter_options {
  size_t size;
  const char* data_dir;          /* A checkout's folder with `schemas/` and perhaps `rules/`, instead of the built-in ones; or NULL. */
  const char* const* rule_dirs;  /* Folders with further rules; or NULL. */
  size_t rule_dir_count;
} connect_lint_linter_options;
#define CONNECT_LINT_LINTER_OPTIONS_INIT {sizeof(connect_lint_linter_options), NULL, NULL, 0}

/* Makes a linter; `options` may be NULL. NULL when the options' files could not be loaded: then `*error`, unless `error` is
   NULL, says why, a problem a line (NULL when memory ran out), to be given back with connect_lint_string_free(). */
CONNECT_LINT_API connect_lint_linter* connect_lint_new(const connect_lint_linter_options* options, char** error);
CONNECT_LINT_API void connect_lint_free(connect_lint_linter* linter);
CONNECT_LINT_API void connect_lint_string_free(char* string);

/* --- Checks --- */

/* Enumerations are ints in structs. */
enum { CONNECT_LINT_INFO = 0, CONNECT_LINT_WARNING = 1, CONNECT_LINT_ERROR = 2 };           /* Severities. */
enum { CONNECT_LINT_AUTO = -1 };                                                            /* Recognised from the text. */
enum { CONNECT_LINT_INPUT = 0, CONNECT_LINT_BODY = 1, CONNECT_LINT_CLOUDFORMATION = 2 };    /* Dialects. */
enum { CONNECT_LINT_JSON = 0, CONNECT_LINT_YAML = 1 };                                      /* Syntaxes. */
enum { CONNECT_LINT_CHECKED = 0, CONNECT_LINT_SKIPPED = 1, CONNECT_LINT_UNREADABLE = 2 };   /* Statuses. */

typedef struct connect_lint_options {
  size_t size;
  int dialect;                /* CONNECT_LINT_AUTO, or what the text is written for. */
  int syntax;                 /* CONNECT_LINT_AUTO, or what the text is written in. */
  const char* file_name;      /* Evidence for operation and syntax, never opened; or NULL. */
  int least;                  /* Findings below this severity are counted, not described. */
  int places;                 /* 0: findings have paths only. */
  int has_now;                /* Not 0: `now` is the present time, and rules that need it run. */
  int64_t now;                /* In seconds since 1970. */
  uint64_t input_bytes_max;   /* 0: 64 MiB. */
  uint32_t depth_max;         /* 0: 128 nested arrays and objects. */
  uint32_t findings_max;      /* 0: 1,000 findings are described; all are counted. */
} connect_lint_options;
#define CONNECT_LINT_OPTIONS_INIT \
  {sizeof(connect_lint_options), CONNECT_LINT_AUTO, CONNECT_LINT_AUTO, NULL, CONNECT_LINT_INFO, 1, 0, 0, 0, 0, 0}

/* A member that travels in the URI or query string, without percent-encoding: {"DomainName", 10, "sales", 5}. */
typedef struct connect_lint_member {
  const char* name;
  size_t name_size;
  const char* value;
  size_t value_size;
} connect_lint_member;

typedef struct connect_lint_report connect_lint_report;

/* Checks one JSON or YAML text. `operation` ("PutIntegration") may be NULL: it is recognised. `options` may be NULL. */
CONNECT_LINT_API connect_lint_report* connect_lint_check(const connect_lint_linter* linter, const char* operation, const char* text,
                                                         size_t size, const connect_lint_options* options);

/* Checks what a client is about to send: the JSON body (`size` 0 where there is none) and the members that travel outside of it.
   Findings about those have a path and no place. */
CONNECT_LINT_API connect_lint_report* connect_lint_check_body(const connect_lint_linter* linter, const char* operation, const char* body,
                                                              size_t size, const connect_lint_member* members, size_t member_count,
                                                              const connect_lint_options* options);

CONNECT_LINT_API void connect_lint_report_free(connect_lint_report* report);

/* --- Reports --- */

/* One of the statuses above; -1 for NULL. */
CONNECT_LINT_API int connect_lint_status(const connect_lint_report* report);

/* How many findings of a severity there are. */
CONNECT_LINT_API uint64_t connect_lint_count(const connect_lint_report* report, int severity);

/* How many findings are described; and how many were left out above the limit. */
CONNECT_LINT_API size_t connect_lint_size(const connect_lint_report* report);
CONNECT_LINT_API uint64_t connect_lint_left_out(const connect_lint_report* report);

/* Why a text was skipped; "" otherwise. */
CONNECT_LINT_API const char* connect_lint_note(const connect_lint_report* report);

/* The operation of the first request in the text ("PutIntegration"); "" where there is none. Lives for ever. */
CONNECT_LINT_API const char* connect_lint_operation(const connect_lint_report* report);

typedef struct connect_lint_diagnostic {
  size_t size;
  const char* id;         /* "family/bad-thing". */
  const char* severity;   /* "error", "warning" or "info". */
  const char* certainty;  /* "model", "service", "documentation" or "convention": how it is known. */
  const char* message;
  const char* pointer;    /* RFC 6901; "" for the whole document. Ends early at a zero byte that a key has; `path` does not. */
  const char* path;       /* RFC 9535 normalized path. */
  const char* mark;       /* "value" or "key": what the place covers. */
  const char* help;       /* What to do; "" when the message says it. */
  const char* source;     /* Where the fact comes from; "" without. */
  int has_place;          /* 0: what follows is 0. */
  uint32_t begin;         /* Byte offset, 0-based. */
  uint32_t end;           /* One past the last byte. */
  uint32_t line;          /* 1-based. */
  uint32_t column;        /* 1-based, in code points. */
  uint32_t end_line;
  uint32_t end_column;
} connect_lint_diagnostic;
#define CONNECT_LINT_DIAGNOSTIC_INIT \
  {sizeof(connect_lint_diagnostic), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0}

/* Fills in finding number `index`, 0-based, in the order of the text. Gives 1; 0 when there is no such finding. */
CONNECT_LINT_API int connect_lint_get(const connect_lint_report* report, size_t index, connect_lint_diagnostic* diagnostic);

/* The whole report, with related places and fixes, as JSON: one element of `files` of `connect-lint check --format json`.
   `name` is what it calls the text. The caller's: connect_lint_string_free(). */
CONNECT_LINT_API char* connect_lint_json(const connect_lint_report* report, const char* name);

/* --- What there is --- */

/* The operations that can be checked, in the order of the documentation; NULL from their number on. Live for ever. */
CONNECT_LINT_API const char* connect_lint_operation_name(size_t index);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif  // CONNECT_LINT_CONNECT_LINT_CONNECT_LINT_H_
