// Short lists and texts of a clean request cost no allocation.
#include <cstdlib>
#include <new>

#include "functions_support.h"

// Every allocation of this program is counted.
namespace {
thread_local std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace connect_lint {
namespace {

TEST_CASE("nothing is allocated while nothing is selected") {
  testing::Subject subject(
      R"({"Tasks":[{"TaskType":"Map","Fields":["a","b"],"Op":{"S3":"NO_OP"}},{"TaskType":"Filter","Fields":["c"],"Op":{"S3":"BETWEEN"}}],)"
      R"x("Source":{"Type":"S3"},"Zone":"Europe/Berlin","Schedule":"rate(5minutes)","Arn":"arn:aws:kms:us-east-1:123456789012:key/1","Begin":"2021-10-14"})x");
  for (const std::string text :
       {"$.Tasks[*].Op[?key(@) != member_of($.Source.Type)]", "$.Tasks[?key(@) == 5]", "$.Tasks[?earlier(@.TaskType, $.Tasks[*].TaskType) == @.TaskType]",
        "$.Tasks[?!among(@.TaskType, $.Tasks[*].TaskType)]", "$.Tasks[?previous(@, 'TaskType') == 'Filter']", "$.Tasks[?lower(@.TaskType) == 'x']",
        "$.Tasks[?before(@.TaskType, 'a') == 'x' || after(@.TaskType, 'a') == 'x']", "$.Tasks[?parts(@.TaskType, ',') > 1]",
        "$.Tasks[?lookup('task_type_of_operator', value(@.Op.*)) == 'Mask']", "$.Tasks[*].Op[?!has_part('S3,Marketo', ',', key(@))]",
        "$[?@ == $.Zone && !is_time_zone(@)]", "$[?schedule_minutes(@) > 5]", "$[?schedule_expression(@) == 'x']", "$[?arn(@, 'service') == 's3']",
        "$[?instant(@) < 0]", "$[?time_part(@, 'form') == 'epoch']", "$[?@ == request('Absent')]", "$[?number(@) > 0]"}) {
    CAPTURE(text);
    const auto query = Query::parse(text, all_functions(), KeyTable());
    REQUIRE(query.ok());
    std::vector<NodeIndex> nodes;
    REQUIRE(subject.evaluator.select(query.value(), 0, nodes).complete);  // Tables grow once.
    const std::size_t before = allocations;
    for (int i = 0; i < 3; ++i) static_cast<void>(subject.evaluator.select(query.value(), 0, nodes));
    CHECK(allocations == before);
    CHECK(nodes.empty());
  }
}

}  // namespace
}  // namespace connect_lint
