// `config show`: both documents under their names, secrets masked, each value with its origin.
#include "describe_environment.hpp"
#include "describe_rules.hpp"
#include "emitter.hpp"
#include "gridexit/codec/settings.hpp"
#include "writer.hpp"

namespace gridexit::codec {

std::string write_effective(const Environment& environment, const Rules& rules,
                            const std::map<std::string, std::string>& origins, Format format) {
  const auto out = make_emitter(format);
  const WriteOptions options{.origins = &origins, .format = format};
  out->begin_map(Style::block);
  out->key("environment");
  Writer(*out, options).document(environment);
  out->key("rules");
  Writer(*out, options).document(rules);
  out->end_map();
  return out->take();
}

}  // namespace gridexit::codec
