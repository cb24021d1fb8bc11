// Every bound of the program stands here (or, where a caller may choose it,
// in connect_lint::Limits). Crossing one is a finding that names it.
#ifndef CONNECT_LINT_BASE_LIMITS_H_
#define CONNECT_LINT_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace connect_lint {

// Bytes that may be read past the end of every text that is scanned, all zero.
inline constexpr std::size_t kPaddingBytes = 64;

// Offsets are 32 bits wide; the rest is left for padding and sentinels.
inline constexpr std::uint64_t kInputBytesLimit = 0xFFFF0000u;

inline constexpr std::uint32_t kDepthLimit = 10'000;

// A YAML text. Texts with their escapes resolved are up to half as large again,
// and their offsets are 32 bits wide, too.
inline constexpr std::size_t kYamlBytesMax = 2u << 30;

// Nodes that the aliases and merges of a YAML text may add to those it has;
// members that a merge looks at and leaves out count, too.
inline constexpr std::size_t kYamlAliasNodesMax = 100'000;

// Texts that the functions of a CloudFormation template make, all together:
// one parameter may be put into many.
inline constexpr std::size_t kTemplateTextBytesMax = 256u << 10;

// AllowedValues of a parameter; of one with more, no value is known.
inline constexpr std::size_t kTemplateAllowedValuesMax = 200;

// Functions inside each other whose values are followed; a deeper one is unknown.
inline constexpr std::size_t kTemplateFunctionsMax = 16;

// Lines of a YAML text that begin with `%`: libyaml's time is quadratic in them.
inline constexpr std::size_t kYamlDirectivesMax = 16;

// Findings kept per check before they are sorted; all are counted.
inline constexpr std::size_t kFindingsKeptMax = 100'000;

// Bytes of a path; a place with a longer one has that of what it is in. Keys
// may be as long as the text, and each finding has paths.
inline constexpr std::size_t kPathBytesMax = 4096;

// Code points of a value that a message quotes.
inline constexpr std::size_t kQuotedCodePointsMax = 120;

// Code points on each side of a caret in an excerpt.
inline constexpr std::size_t kExcerptCodePointsMax = 110;

// Names longer than this get no spelling suggestion.
inline constexpr std::size_t kSuggestionBytesMax = 64;

// Misspelt members of one object that are compared with the known names.
inline constexpr std::size_t kSuggestionsPerObjectMax = 64;

// A pattern for paths.
inline constexpr std::size_t kGlobBytesMax = 1024;

// A schema file or other data file.
inline constexpr std::size_t kDataFileBytesMax = 8u << 20;

// A .gitignore file, a pattern in it, and the tries that comparing one takes.
inline constexpr std::size_t kIgnoreFileBytesMax = 1u << 20;
inline constexpr std::size_t kIgnorePatternBytesMax = 4096;
inline constexpr std::size_t kIgnoreStepsMax = 100'000;

// Forms of placeholders in a configuration: each text is looked through for each.
inline constexpr std::size_t kPlaceholdersMax = 100;

// Ids that a message lists.
inline constexpr std::size_t kIdsListedMax = 8;

// A configuration, and how many one may extend, in all.
inline constexpr std::size_t kConfigurationBytesMax = 2u << 20;
inline constexpr std::size_t kConfigurationsMax = 16;

// Mistakes of a rule file or a configuration that are shown.
inline constexpr std::size_t kProblemsMax = 100;

// Rules of a user's own, their files together, and the files and folders that are
// looked at to find them.
inline constexpr std::size_t kRulesMax = 2000;
inline constexpr std::size_t kRuleBytesMax = 8u << 20;
inline constexpr std::size_t kRuleEntriesMax = 100'000;

// Entries of a baseline stand in a list in an object and are flat.
inline constexpr int kBaselineDepthMax = 4;

// Threads that check, and parts that a run may be cut into.
inline constexpr std::uint64_t kJobsMax = 256;
inline constexpr std::uint64_t kShardsMax = 1'000'000;

// What a stream is read and handed to threads in, and what blocks may hold
// together before reading waits. One line may be larger: up to the input size.
inline constexpr std::size_t kStreamBlockBytes = 128u << 10;
inline constexpr std::uint64_t kStreamBytesWaiting = 8u << 20;

// Folders inside each other that are walked.
inline constexpr std::size_t kFoldersDeepMax = 1000;

// Texts of files with findings that wait for their turn to be reported.
inline constexpr std::uint64_t kFileBytesWaiting = 64u << 20;

// States of the automaton that a pattern may lower to; larger ones run on RE2.
inline constexpr std::size_t kPatternStatesMax = 250;

// What the states are made from: sets with so many members, all together.
inline constexpr std::size_t kPatternSetsMax = 1u << 19;

// Memory that RE2 may use for one pattern.
inline constexpr std::int64_t kRegexBytesMax = 8 << 20;

// A query or expression, and a pattern inside it.
inline constexpr std::size_t kQueryBytesMax = 1u << 16;

// Patterns in a query: making one ready may take milliseconds.
inline constexpr std::size_t kQueryPatternsMax = 64;

// Parentheses, filters and function calls inside each other.
inline constexpr std::size_t kQueryNestingMax = 100;

// Segments of one query, those of queries inside it included: evaluation
// recurses once for each.
inline constexpr std::size_t kQuerySegmentsMax = 500;

// Nodes that an evaluation may visit unless its caller allows more or fewer.
inline constexpr std::uint64_t kQueryWorkMax = 50'000'000;

// Nodes that one rule may visit in a document: so many, and so many more for
// each node of the document.
inline constexpr std::uint64_t kRuleWorkMin = 1'000'000;
inline constexpr std::uint64_t kRuleWorkPerNode = 64;
// As often the work of one rule may sieves do, which stand for all of them.
inline constexpr std::uint64_t kSieveWorkFactor = 16;

inline constexpr std::size_t kFunctionParametersMax = 6;

// Patterns known only at run time that an evaluator keeps compiled.
inline constexpr std::size_t kPatternsKeptMax = 16;

// Further places that one part of a rule points at.
inline constexpr std::size_t kRelatedPlacesMax = 5;

// Steps that a trace of an evaluation keeps.
inline constexpr std::size_t kTraceStepsMax = 10'000;

// Values that `why` shows, and candidates of each filter.
inline constexpr std::size_t kTraceValuesMax = 20;
inline constexpr std::size_t kTraceCandidatesMax = 10;

// Checks of changed texts while one is mended, and fixes before one that it is compared with: those further up do not overlap it.
inline constexpr std::size_t kFixChecksMax = 200;
inline constexpr std::size_t kFixesCompared = 64;
// Findings that are described to be mended together, however few of them are to be shown.
inline constexpr std::uint32_t kFindingsMendedMax = 10'000;

// Lines that two texts may differ in before all between the first and the last of them is shown as changed.
inline constexpr std::size_t kDiffLinesMax = 2'000;

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_LIMITS_H_
