#include "rules/sieve_function.h"

#include "base/limits.h"
#include "document/json_reader.h"
#include "document/json_writer.h"

namespace connect_lint {

SieveFunction::Reads SieveFunction::reads_of(TermIndex index) const {
  Reads reads;
  add_reads(index, false, reads);
  return reads;
}

void SieveFunction::add_reads(TermIndex index, bool as_value, Reads& reads) const {
  const Term& here = term(index);
  if (here.kind == TermKind::Literal) return;
  if (here.kind == TermKind::Path) {
    const Path& path = program_->paths[here.index];
    const Step* const step = as_value ? single(path) : nullptr;
    if (step == nullptr) {
      reads.other = true;
    } else if (path.relative) {
      (path.count == 0 ? reads.value : reads.other) = true;
    } else if ((reads.step != nullptr && reads.step != step) || !has_names_only(path)) {
      reads.other = true;
    } else {
      reads.step = step;
      reads.path = index;
    }
    return;
  }
  if (here.kind == TermKind::Call) {
    const Function& function = function_of(here);
    if (function.name == "key") {
      const Term& node = term(operand(here, 0));
      const bool is_current = node.kind == TermKind::Path && program_->paths[node.index].relative && program_->paths[node.index].count == 0;
      (is_current ? reads.key : reads.other) = true;
      return;
    }
    reads.other |= function.name == "now" || function.name == "request" || function.result == Type::Nodes;
    for (std::uint32_t i = 0; i < here.count && !reads.other; ++i) {
      reads.other |= function.parameters[i] != Type::Value;
      add_reads(operand(here, i), true, reads);
    }
    return;
  }
  for (std::uint32_t i = 0; i < here.count; ++i) add_reads(operand(here, i), here.kind == TermKind::Comparison, reads);
}

bool SieveFunction::has_names_only(const Path& path) const {
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const Segment& segment = program_->segments[path.first + i];
    if (segment.descendant || segment.count != 1 || program_->selectors[segment.first].kind != SelectorKind::Name) return false;
  }
  return true;
}

bool SieveFunction::compares_words(TermIndex index) const {
  const Term& here = term(index);
  if (here.kind != TermKind::And && here.kind != TermKind::Or && here.kind != TermKind::Not) return texts_of(here).has_value();
  for (std::uint32_t i = 0; i < here.count; ++i)
    if (!compares_words(operand(here, i))) return false;
  return true;
}

bool SieveFunction::may_be_met(TermIndex index, const Case& given) {
  std::string text = "{\"around @\":{" + quoted_json(given.key) + ":" + (given.value != nullptr ? quoted_json(*given.value) : "0") + "}";
  std::string close = "}";
  if (const Reads reads = reads_of(index); given.word != nullptr && reads.step != nullptr) {
    text += ",";
    const Path& path = program_->paths[term(reads.path).index];
    for (std::uint32_t i = 0; i < path.count; ++i) {
      text += (i == 0 ? "" : "{") + quoted_json(program_->selectors[program_->segments[path.first + i].first].name) + ":";
      if (i > 0) close += "}";
    }
    text += quoted_json(*given.word);
  }
  SourceText source;
  JsonReader reader;
  Document document;
  Evaluator evaluator;
  source.assign(text + close);
  reader.read(source, keys_, kDepthLimit, document);
  evaluator.open(document);
  evaluator.begin(program_->first_memo + program_->memos, program_->first_call + static_cast<std::uint32_t>(program_->calls.size()));
  return evaluator.test_part(*program_, index, 0, 2) != Truth::False;
}

bool SieveFunction::tells(TermIndex index) const {
  const Term& here = term(index);
  if (here.kind == TermKind::Call && (function_of(here).name == "lookup" || function_of(here).name == "member_of")) return true;
  for (std::uint32_t i = 0; i < here.count; ++i)
    if (tells(operand(here, i))) return true;
  return false;
}

std::optional<std::string> SieveFunction::tabulated(TermIndex index, const std::string& general) {
  const Reads reads = reads_of(index);
  const std::size_t words = words_.names().size() + 1;
  if (reads.other || (reads.key && reads.value)) return std::nullopt;
  if (!reads.key && (cost(index) <= kGlance || compares_words(index))) return std::nullopt;
  if (reads.key || reads.value) {
    if (current_ == nullptr || (reads.step != nullptr && reads.step == &root_)) return std::nullopt;
    const auto met = [&](std::size_t id, const std::string* word) {
      if (reads.key) return may_be_met(index, {.word = word, .key = keys_.name(static_cast<KeyId>(id))});
      return may_be_met(index, {.word = word, .value = &words_.names()[id - 1]});
    };
    if (reads.value && !tells(index)) return std::nullopt;
    if (reads.value) current_->is_word = true;
    const std::string id = reads.key ? fmt::format("c.key_id({})", current()) : "w" + current();
    const std::size_t ids = reads.key ? keys_.size() : words;
    if (reads.step == nullptr) {
      const std::string table = tables_.add("SieveContext::KeyBits", bits(ids, [&](std::size_t i) { return met(i, nullptr); }));
      return fmt::format("c.is_in({}, {}[0], [&] {{ return {}; }})", id, table, general);
    }
    std::string rows = "{}";
    for (const std::string& word : words_.names()) rows += ", " + bits(ids, [&](std::size_t i) { return met(i, &word); });
    reads.step->is_word = true;
    return fmt::format("c.is_in({}, {}, w{}, [&] {{ return {}; }})", id, tables_.add("SieveContext::KeyBits", rows), reads.step->variable, general);
  }
  if (reads.step == nullptr || reads.step == &root_ || !(reads.step->is_word || tells(index))) return std::nullopt;
  const std::string table =
      tables_.add("SieveContext::KeyBits", bits(words, [&](std::size_t i) { return may_be_met(index, {.word = &words_.names()[i - 1]}); }));
  reads.step->is_word = true;
  return fmt::format("c.is_in(w{}, {}[0], [&] {{ return {}; }})", reads.step->variable, table, general);
}

}  // namespace connect_lint
