#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {

inline std::string Tu(const std::string& en, const std::string& et,
                      const std::string& attributes = "") {
  return "<tu" + attributes + "><tuv xml:lang=\"en\"><seg>" + en +
         "</seg></tuv><tuv xml:lang=\"et\"><seg>" + et + "</seg></tuv></tu>\n";
}

// A file of these units. In one that `tool` "Sild" wrote a `tuid` is the unit's own id.
inline std::string Tmx(const std::string& units, const std::string& tool = "x") {
  return "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\" creationtool=\"" +
         tool + "\"/><body>\n" + units + "</body></tmx>\n";
}

// Imports and exports of `memories/m`.
class UnitImportTest : public ServiceTest {
 protected:
  UnitImportTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                test::IsOk());
  }

  // The messages of an import.
  static std::vector<v1::ImportUnitsRequest> Requests(const std::string& file,
                                                      const std::string& more_config,
                                                      std::size_t chunk) {
    std::vector<v1::ImportUnitsRequest> requests;
    requests.push_back(Parse<v1::ImportUnitsRequest>(
        "config { parent: \"memories/m\" format: UNIT_FORMAT_TMX " + more_config + " }"));
    for (std::size_t at = 0; at < file.size(); at += chunk) {
      requests.emplace_back().set_chunk(file.substr(at, chunk));
    }
    return requests;
  }

  Streamed<v1::ImportUnitsResponse> Import(const std::string& file,
                                           const std::string& more_config = "",
                                           std::size_t chunk = 100'000) {
    return RunStream<v1::ImportUnitsResponse>("MemoryService/ImportUnits",
                                              Requests(file, more_config, chunk));
  }

  std::string Export() {
    std::string file;
    const auto parts = RunStream<v1::ExportUnitsResponse>(
        "MemoryService/ExportUnits", std::vector{Parse<v1::ExportUnitsRequest>(
                                         "parent: \"memories/m\" format: UNIT_FORMAT_TMX")});
    EXPECT_THAT(parts.status, test::IsOk());
    for (const auto& part : parts.responses) {
      file += part.chunk();
    }
    return file;
  }

  v1::ListUnitsResponse List() {
    const auto list = Call<v1::ListUnitsRequest, v1::ListUnitsResponse>("MemoryService/ListUnits",
                                                                        R"(parent: "memories/m")");
    EXPECT_THAT(list, test::IsOk());
    return list.value_or(v1::ListUnitsResponse());
  }

  std::int64_t UnitCount() {
    return (*Call<v1::GetMemoryRequest, v1::Memory>("MemoryService/GetMemory",
                                                    R"(name: "memories/m")"))
        .unit_count();
  }
};

}  // namespace sild::service
