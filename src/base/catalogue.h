// The findings that are built in: everything that the reader, the recogniser
// and the shape check can say. One sorted table; rules add their own ids.
#ifndef CONNECT_LINT_BASE_CATALOGUE_H_
#define CONNECT_LINT_BASE_CATALOGUE_H_

#include <connect_lint/diagnostic.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace connect_lint {

// In the order of the ids' text, so that the table can be searched.
enum class FindingId : std::uint8_t {
  BaselineStale,
  DocumentByteOrderMark,
  DocumentComment,
  DocumentControlCharacter,
  DocumentDuplicateKey,
  DocumentEmpty,
  DocumentEncoding,
  DocumentLoneSurrogate,
  DocumentNumberRange,
  DocumentSyntax,
  DocumentTooDeep,
  DocumentTooLarge,
  DocumentTrailingComma,
  DocumentUnreadable,
  RequestAppflow,
  RequestForeignMember,
  RequestNotAnObject,
  RequestOperationAmbiguous,
  RequestOperationUnknown,
  RequestResponse,
  RequestResponseMember,
  RequestUriMember,
  RequestWrapped,
  RuleTooMuchWork,
  SchemaEnum,
  SchemaItems,
  SchemaLength,
  SchemaNull,
  SchemaPattern,
  SchemaProperties,
  SchemaRange,
  SchemaRequired,
  SchemaTimeAsDigits,
  SchemaTimeForm,
  SchemaTimeImpossible,
  SchemaTimeInMilliseconds,
  SchemaTimeZoneName,
  SchemaType,
  SchemaUnknownMember,
  SuppressionExpired,
  SuppressionMalformed,
  SuppressionUnknownId,
  SuppressionUnused,
  TemplateConnectorSpelling,
  TemplateEntryForm,
  TemplateEntryTwice,
  TemplateListExpected,
  TemplateTextLimit,
};

struct CatalogueEntry {
  std::string_view id;
  Severity severity;
  Certainty certainty;
  std::string_view summary;      // One line.
  std::string_view explanation;  // Why it is a mistake and what to do. Paragraphs end in a line break.
  std::string_view wrong;        // A small example, JSON.
  std::string_view right;        // The same without the mistake.
};

// All entries, sorted by id; index = the FindingId.
[[nodiscard]] std::span<const CatalogueEntry> catalogue();
[[nodiscard]] const CatalogueEntry& entry_of(FindingId id);

// The entry with this id, or null.
[[nodiscard]] const CatalogueEntry* find_entry(std::string_view id);

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_CATALOGUE_H_
