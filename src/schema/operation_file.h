// Reading schemas/ from a folder: for the build, and for --data-dir.
#ifndef CONNECT_LINT_SCHEMA_OPERATION_FILE_H_
#define CONNECT_LINT_SCHEMA_OPERATION_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "request/operation.h"
#include "schema/lower.h"

namespace connect_lint {

// schemas/operations.json. Owns what its table points at.
class OperationFile {
 public:
  static Result<OperationFile> load(const std::string& directory);
  OperationFile(OperationFile&&) noexcept;
  OperationFile& operator=(OperationFile&&) noexcept;
  ~OperationFile();
  [[nodiscard]] OperationTable table() const;

 private:
  struct Content;
  explicit OperationFile(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

// The schema file of each operation of `table`, in its order.
Result<std::vector<SchemaSource>> load_schema_sources(const std::string& directory,
                                                      const OperationTable& table);

}  // namespace connect_lint

#endif  // CONNECT_LINT_SCHEMA_OPERATION_FILE_H_
