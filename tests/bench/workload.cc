#include "tests/bench/workload.h"

#include <algorithm>
#include <random>
#include <utility>

#include "tests/bench/real_text.h"
#include "tests/bench/recombined_text.h"

namespace sild::bench {

Workload MakeWorkload(const std::string& language, std::size_t text_count,
                      std::size_t query_count) {
  std::vector<std::string> real = RealTexts(language);
  std::mt19937_64 random(7);
  std::shuffle(real.begin(), real.end(), random);
  Workload workload;
  for (std::string& text : real) {
    const bool is_query = workload.queries.size() < query_count * 9 / 10 && random() % 4 == 0;
    (is_query ? workload.queries : workload.texts).push_back(std::move(text));
  }
  workload.texts.resize(std::min(workload.texts.size(), text_count));
  if (workload.texts.empty()) {
    return {};
  }
  while (workload.queries.size() < query_count) {
    workload.queries.push_back(Misspelt(workload.texts[random() % workload.texts.size()], random));
  }
  if (workload.texts.size() < text_count) {
    const std::vector<std::string> seeds = workload.texts;
    RecombinedText recombined(seeds, 7);
    while (workload.texts.size() < text_count) {
      workload.texts.push_back(recombined.Next());
    }
  }
  return workload;
}

}  // namespace sild::bench
