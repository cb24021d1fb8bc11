/* The C interface, compiled as C. Prints what does not hold; exit code 1 then. */
#include <connect_lint/connect_lint.h>

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(holds)                                                   \
  do {                                                                 \
    if (!(holds)) {                                                    \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #holds); \
      ++failures;                                                      \
    }                                                                  \
  } while (0)

static void test_versions(void) {
  CHECK(connect_lint_abi() == CONNECT_LINT_ABI);
  CHECK(strcmp(connect_lint_version(), CONNECT_LINT_VERSION) == 0);
}

static void test_findings(const connect_lint_linter* linter) {
  const char* text = "{\"DomainName\": \"sales\", \"MaxResults\": 500}";
  connect_lint_report* report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), NULL);
  CHECK(connect_lint_status(report) == CONNECT_LINT_CHECKED);
  CHECK(connect_lint_count(report, CONNECT_LINT_ERROR) == 1);
  CHECK(connect_lint_count(report, CONNECT_LINT_WARNING) == 0);
  CHECK(connect_lint_count(report, 7) == 0);
  CHECK(strcmp(connect_lint_operation(report), "ListWorkflows") == 0);
  CHECK(strcmp(connect_lint_note(report), "") == 0);
  CHECK(connect_lint_left_out(report) == 0);
  size_t found = 0;
  connect_lint_diagnostic diagnostic = CONNECT_LINT_DIAGNOSTIC_INIT;
  for (size_t i = 0; connect_lint_get(report, i, &diagnostic); ++i) {
    CHECK(i < connect_lint_size(report));
    if (strcmp(diagnostic.severity, "error") != 0) continue;
    ++found;
    CHECK(strcmp(diagnostic.id, "schema/range") == 0);
    CHECK(strcmp(diagnostic.certainty, "model") == 0);
    CHECK(strcmp(diagnostic.pointer, "/MaxResults") == 0);
    CHECK(strcmp(diagnostic.path, "$['MaxResults']") == 0);
    CHECK(strcmp(diagnostic.mark, "value") == 0);
    CHECK(strstr(diagnostic.message, "500") != NULL);
    CHECK(diagnostic.has_place == 1);
    CHECK(diagnostic.line == 1);
    CHECK(diagnostic.end - diagnostic.begin == 3 && memcmp(text + diagnostic.begin, "500", 3) == 0);
  }
  CHECK(found == 1);
  char* json = connect_lint_json(report, "requests/\"one\".json");
  CHECK(json != NULL && strstr(json, "{\"file\":\"requests/\\\"one\\\".json\",\"status\":\"checked\"") == json);
  CHECK(json != NULL && strstr(json, "\"pointer\":\"/MaxResults\"") != NULL && strchr(json, '\n') == NULL);
  connect_lint_string_free(json);
  connect_lint_report_free(report);
}

static void test_options(const connect_lint_linter* linter) {
  const char* text = "DomainName: sales\nMaxResults: 500\n";
  connect_lint_options options = CONNECT_LINT_OPTIONS_INIT;
  options.syntax = CONNECT_LINT_YAML;
  options.places = 0;
  options.least = CONNECT_LINT_ERROR;
  connect_lint_report* report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), &options);
  CHECK(connect_lint_size(report) == 1);
  CHECK(connect_lint_count(report, CONNECT_LINT_INFO) == 1); /* Counted, not described. */
  connect_lint_diagnostic diagnostic = CONNECT_LINT_DIAGNOSTIC_INIT;
  CHECK(connect_lint_get(report, 0, &diagnostic) == 1);
  CHECK(diagnostic.has_place == 0 && diagnostic.line == 0);
  connect_lint_report_free(report);

  /* A caller of an older version, whose structs end earlier: the rest is as it is at first. */
  memset(&options, 0x7F, sizeof options);
  options.size = offsetof(connect_lint_options, file_name);
  options.dialect = CONNECT_LINT_AUTO;
  options.syntax = CONNECT_LINT_YAML;
  report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), &options);
  CHECK(connect_lint_count(report, CONNECT_LINT_ERROR) == 1);
  struct {
    connect_lint_diagnostic diagnostic;
    unsigned char guard[8];
  } room;
  memset(&room, 0xAB, sizeof room);
  room.diagnostic.size = offsetof(connect_lint_diagnostic, severity);
  CHECK(connect_lint_get(report, 0, &room.diagnostic) == 1);
  CHECK(((unsigned char*)&room.diagnostic)[offsetof(connect_lint_diagnostic, severity)] == 0xAB);
  connect_lint_report_free(report);

  options = (connect_lint_options)CONNECT_LINT_OPTIONS_INIT;
  options.input_bytes_max = 4;
  report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), &options);
  CHECK(connect_lint_status(report) == CONNECT_LINT_UNREADABLE);
  connect_lint_report_free(report);

  options = (connect_lint_options)CONNECT_LINT_OPTIONS_INIT;
  options.depth_max = 2;
  report = connect_lint_check(linter, "ListWorkflows", "{\"DomainName\": [1]}", 19, &options);
  CHECK(connect_lint_status(report) == CONNECT_LINT_CHECKED);
  connect_lint_report_free(report);
  options.depth_max = 1;
  report = connect_lint_check(linter, "ListWorkflows", "{\"DomainName\": [1]}", 19, &options);
  CHECK(connect_lint_status(report) == CONNECT_LINT_UNREADABLE);
  connect_lint_report_free(report);

  /* Numbers that nothing has are as if nothing was said: all that is found, of JSON as it is. */
  options = (connect_lint_options)CONNECT_LINT_OPTIONS_INIT;
  options.dialect = 3;
  options.syntax = -2;
  options.least = 3;
  report = connect_lint_check(linter, "ListWorkflows", "{\"DomainName\": \"sales domain\"}", 30, &options);
  CHECK(connect_lint_status(report) == CONNECT_LINT_CHECKED);
  CHECK(connect_lint_count(report, CONNECT_LINT_ERROR) == 1);
  connect_lint_report_free(report);
}

static void test_bodies(const connect_lint_linter* linter) {
  const connect_lint_member members[] = {{"DomainName", 10, "sa les", 6}, {"MaxResults", 10, "25xx", 2}};
  connect_lint_report* report = connect_lint_check_body(linter, "ListWorkflows", NULL, 0, members, 2, NULL);
  CHECK(connect_lint_count(report, CONNECT_LINT_ERROR) == 1);
  connect_lint_diagnostic diagnostic = CONNECT_LINT_DIAGNOSTIC_INIT;
  CHECK(connect_lint_get(report, connect_lint_size(report) - 1, &diagnostic) == 1);
  CHECK(strcmp(diagnostic.pointer, "/DomainName") == 0);
  CHECK(!diagnostic.has_place);
  connect_lint_report_free(report);
}

static void test_nothing(void) {
  connect_lint_diagnostic diagnostic = CONNECT_LINT_DIAGNOSTIC_INIT;
  CHECK(connect_lint_check(NULL, "ListWorkflows", "{}", 2, NULL) == NULL);
  CHECK(connect_lint_check_body(NULL, "ListWorkflows", "{}", 2, NULL, 0, NULL) == NULL);
  CHECK(connect_lint_status(NULL) == -1);
  CHECK(connect_lint_count(NULL, CONNECT_LINT_ERROR) == 0);
  CHECK(connect_lint_size(NULL) == 0);
  CHECK(connect_lint_left_out(NULL) == 0);
  CHECK(connect_lint_get(NULL, 0, &diagnostic) == 0);
  CHECK(strcmp(connect_lint_note(NULL), "") == 0);
  CHECK(strcmp(connect_lint_operation(NULL), "") == 0);
  CHECK(connect_lint_json(NULL, NULL) == NULL);
  connect_lint_free(NULL);
  connect_lint_report_free(NULL);
  connect_lint_string_free(NULL);
}

static void test_linters(void) {
  const char* missing[] = {"no/such/folder"};
  connect_lint_linter_options options = CONNECT_LINT_LINTER_OPTIONS_INIT;
  options.rule_dirs = missing;
  options.rule_dir_count = 1;
  char* error = NULL;
  CHECK(connect_lint_new(&options, &error) == NULL);
  CHECK(error != NULL && strstr(error, "no/such/folder") != NULL);
  connect_lint_string_free(error);
  CHECK(connect_lint_new(&options, NULL) == NULL);

  /* A report outlives its linter. */
  connect_lint_linter* linter = connect_lint_new(NULL, &error);
  CHECK(linter != NULL && error == NULL);
  connect_lint_report* report = connect_lint_check(linter, NULL, "{\"name\": \"left-pad\"}", 20, NULL);
  connect_lint_free(linter);
  CHECK(connect_lint_status(report) == CONNECT_LINT_SKIPPED);
  CHECK(strlen(connect_lint_note(report)) > 10);
  CHECK(strcmp(connect_lint_operation(report), "") == 0);
  connect_lint_report_free(report);

  size_t operations = 0;
  while (connect_lint_operation_name(operations) != NULL) ++operations;
  CHECK(operations == 9);
  CHECK(strcmp(connect_lint_operation_name(0), "CreateIntegrationWorkflow") == 0);
}

/* Numbers are read and written alike whatever the program chose. */
static void test_locale(const connect_lint_linter* linter) {
  const char* text = "{\"DomainName\": \"sales\", \"MaxResults\": 2.5}";
  connect_lint_report* report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), NULL);
  char* before = connect_lint_json(report, "");
  connect_lint_report_free(report);
  if (setlocale(LC_ALL, "") == NULL) setlocale(LC_ALL, "C.UTF-8"); /* Not every machine has the one that is asked for. */
  char chosen[256];
  snprintf(chosen, sizeof chosen, "%s", setlocale(LC_ALL, NULL));
  report = connect_lint_check(linter, "ListWorkflows", text, strlen(text), NULL);
  char* after = connect_lint_json(report, "");
  connect_lint_report_free(report);
  CHECK(before != NULL && after != NULL && strcmp(before, after) == 0);
  CHECK(strcmp(setlocale(LC_ALL, NULL), chosen) == 0);
  connect_lint_string_free(before);
  connect_lint_string_free(after);
}

int main(void) {
  connect_lint_linter* linter = connect_lint_new(NULL, NULL);
  CHECK(linter != NULL);
  test_versions();
  test_findings(linter);
  test_options(linter);
  test_bodies(linter);
  test_nothing();
  test_linters();
  test_locale(linter);
  connect_lint_free(linter);
  return failures == 0 ? 0 : 1;
}
