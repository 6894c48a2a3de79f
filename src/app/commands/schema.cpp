// schema: the JSON Schema of each document type, from the same description that reads and writes
// it.

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<std::string> name;
};

Result<ExitCode> run_schema(const Options& options, Context& context) {
  if (options.name) {
    auto schema = codec::schema(*options.name, context.output.format() == OutputFormat::yaml
                                                   ? codec::Format::yaml
                                                   : codec::Format::json);
    if (!schema) {
      // A name that does not exist is a slip of the caller's.
      Error error = std::move(schema).error();
      error.code = ErrorCode::usage;
      return error;
    }
    context.output.deliver(*schema);
    return ExitCode::done;
  }
  if (!context.output.is_text()) {
    Value names = Value::array();
    for (const std::string& name : codec::schema_names()) names.add(name);
    context.output.print_tree(names);
    return ExitCode::done;
  }
  for (const std::string& name : codec::schema_names()) context.output.insist(name + "\n");
  context.output.remark("next: gridexit schema NAME");
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  suggest(
      add_argument(app, "NAME", options->name, Need::optional, "A document type; none lists them"),
      codec::schema_names());
  return [options](Context& context) { return run_schema(*options, context); };
}

}  // namespace

Command schema_command() {
  return {"schema", "Print the JSON Schema of a document type, or the types there are",
          "gridexit schema\n"
          "gridexit schema metrics > metrics.schema.json",
          define};
}

}  // namespace gridexit::app
