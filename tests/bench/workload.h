#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sild::bench {

// Texts to index and queries to ask.
struct Workload {
  std::vector<std::string> texts;
  std::vector<std::string> queries;
};

// Makes a workload of real texts of a language and, beyond those, recombined ones. Of the queries
// 90 % are real texts that are not indexed, the others indexed ones with a misprint or two. The
// same arguments make the same workload. Empty without the shared data.
Workload MakeWorkload(const std::string& language, std::size_t text_count, std::size_t query_count);

}  // namespace sild::bench
