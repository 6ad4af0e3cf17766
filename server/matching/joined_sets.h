#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace sild::matching {

// Sets of the numbers below `size`, each alone at first.
class JoinedSets {
 public:
  explicit JoinedSets(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  // The number by which the set of `i` is known until it is joined with another.
  std::size_t Root(std::size_t i) {
    while (parents_[i] != i) {
      parents_[i] = parents_[parents_[i]];
      i = parents_[i];
    }
    return i;
  }

  void Join(std::size_t i, std::size_t j) { parents_[Root(i)] = Root(j); }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace sild::matching
