#include "server/terms/candidate_score.h"

#include <algorithm>
#include <cmath>

namespace sild::terms {
namespace {

// A name counts as so many times its uses more; from 8 to 20 makes no great difference.
constexpr double kNameWeight = 10.0;
constexpr double kGeneralWeight = 0.5;
constexpr double kPartShare = 0.9;

double CValue(const CountedCandidate& candidate) {
  double uses = candidate.frequency;
  if (candidate.nests > 0) {
    uses -= static_cast<double>(candidate.nested_uses) / candidate.nests;
  }
  return std::log2(candidate.content_words + 1.0) * std::max(uses, 0.0);
}

double NameShare(const CountedCandidate& candidate) {
  return candidate.inner_uses == 0
             ? 0.0
             : static_cast<double>(candidate.capital_uses) / candidate.inner_uses;
}

}  // namespace

double CandidateScore(const CountedCandidate& candidate) {
  return CValue(candidate) * (1 + kNameWeight * NameShare(candidate)) *
         (candidate.is_general ? kGeneralWeight : 1.0);
}

bool IsPartOnly(const CountedCandidate& candidate) {
  return candidate.most_nested >= kPartShare * candidate.frequency;
}

}  // namespace sild::terms
