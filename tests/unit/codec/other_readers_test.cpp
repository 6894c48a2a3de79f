// Other programs read the same: Python's YAML gives the types that JSON gives, and the JSON Schemas
// hold for what is written. Skipped where Python or its packages are missing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

class OtherReaders : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("python3 -c 'import yaml, jsonschema' 2>/dev/null") != 0) {
      GTEST_SKIP() << "python3 with yaml and jsonschema is not installed";
    }
    folder_ = testing::TempDir() + "gridexit-codec-" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void save(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }

  template <class Document>
  void save_sample(const std::string& name, const std::string& schema_name,
                   const Document& document) const {
    save(name + ".yaml", write_as(document, Format::yaml));
    save(name + ".json", write_as(document, Format::json));
    save(name + ".schema", *schema(schema_name));
  }

  int python(const std::string& script) const {
    save("script.py", script);
    return std::system(("cd '" + folder_ + "' && python3 script.py >&2").c_str());
  }

  std::string folder_;
};

TEST_F(OtherReaders, ReadYamlAsJsonAndFindItValid) {
  save_sample("record", "metrics", samples::record_with_grid());
  save_sample("idle", "metrics", samples::record_without_grid());
  save_sample("day", "exit_states", samples::exit_state_day());
  save_sample("decision", "decision", samples::decision());
  save_sample("grid", "grid", samples::grid());
  save_sample("failed", "failed_hour", samples::failed_hour());
  save_sample("raw", "raw_data", samples::raw_day());
  save_sample("rules", "exit_strategy_config", samples::rules());
  save("environment.yaml", write_commented(samples::environment()));
  save("environment.schema", *schema("environment"));
  EXPECT_EQ(python("import glob, json, os, yaml, jsonschema\n"
                   "for file in sorted(glob.glob('*.yaml')):\n"
                   "    name = file[:-5]\n"
                   "    document = yaml.safe_load(open(file, encoding='utf-8'))\n"
                   "    if os.path.exists(name + '.json'):\n"
                   "        other = json.load(open(name + '.json', encoding='utf-8'))\n"
                   "        assert json.dumps(document) == json.dumps(other), name\n"
                   "    schema = json.load(open(name + '.schema', encoding='utf-8'))\n"
                   "    validator = jsonschema.validators.validator_for(schema)\n"
                   "    validator.check_schema(schema)\n"
                   "    jsonschema.validate(document, schema, cls=validator)\n"),
            0);
}

TEST_F(OtherReaders, KeepTextsAsTexts) {
  FailedHour hour = samples::failed_hour();
  const std::vector<std::string> texts{"2026-02-02", "1.0",  "null", "yes",   "012",      "0x1F",
                                       "~",          "",     "on",   "1_000", "12:30:45", "=",
                                       "<<",         ".inf", "+1",   "1e5"};
  hour.attempts.assign(texts.size(), hour.attempts.front());
  std::string list;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    hour.attempts[i].message = texts[i];
    list += "'" + texts[i] + "', ";
  }
  save("failed.yaml", write(hour));
  EXPECT_EQ(python("import yaml\n"
                   "document = yaml.safe_load(open('failed.yaml'))\n"
                   "assert [a['message'] for a in document['attempts']] == [" +
                   list + "]\n"),
            0);
}

}  // namespace
}  // namespace gridexit::codec
