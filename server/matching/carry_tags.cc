#include "server/matching/carry_tags.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

namespace sild::matching {
namespace {

using Key = std::function<std::string(const Tag&)>;

bool IsSameContent(const Tag& a, const Tag& b) {
  return a.kind == b.kind && a.type == b.type && a.data == b.data;
}

std::string KindKey(const Tag& tag) { return std::to_string(static_cast<int>(tag.kind)); }

// By what tags of source and target are counterparts, strictest first. An empty key: by nothing.
const std::vector<Key>& Keys() {
  static const auto* const kKeys = new std::vector<Key>{
      [](const Tag& tag) {
        return tag.id == 0 ? std::string() : KindKey(tag) + "#" + std::to_string(tag.id);
      },
      [](const Tag& tag) { return KindKey(tag) + tag.type + '\0' + tag.data; },
      [](const Tag& tag) { return KindKey(tag) + tag.type; }, KindKey};
  return *kKeys;
}

class TagCarrier {
 public:
  TagCarrier(const Segment& query, const std::vector<std::optional<std::size_t>>& source_tags,
             const Segment& source, const Segment& target)
      : query_(query),
        source_(source),
        target_(target),
        query_of_source_(source.tags.size()),
        is_source_done_(source.tags.size()),
        query_of_target_(target.tags.size()),
        is_target_done_(target.tags.size()),
        positions_(query.tags.size()) {
    for (std::size_t i = 0; i < source_tags.size(); ++i) {
      if (source_tags[i]) {
        query_of_source_[*source_tags[i]] = i;
      }
    }
  }

  std::vector<CarriedTag> Run() {
    for (const Key& key : Keys()) {
      MatchBy(key);
    }
    for (std::size_t i = 0; i < target_.tags.size(); ++i) {
      if (query_of_target_[i]) {
        positions_[*query_of_target_[i]] = target_.tags[i].position;
      }
    }
    LeaveHalfPairs();
    const bool is_wrapped = !query_.text.empty() && Wrap();
    return Collect(is_wrapped);
  }

 private:
  struct Group {
    std::vector<std::size_t> source;
    std::vector<std::size_t> target;
  };

  void MatchBy(const Key& key) {
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < source_.tags.size(); ++i) {
      if (const std::string k = key(source_.tags[i]); !is_source_done_[i] && !k.empty()) {
        groups[k].source.push_back(i);
      }
    }
    for (std::size_t i = 0; i < target_.tags.size(); ++i) {
      if (const std::string k = key(target_.tags[i]); !is_target_done_[i] && !k.empty()) {
        groups[k].target.push_back(i);
      }
    }
    for (const auto& [name, group] : groups) {
      if (group.source.size() == group.target.size() && IsCertain(group)) {
        for (std::size_t i = 0; i < group.source.size(); ++i) {
          is_source_done_[group.source[i]] = true;
          is_target_done_[group.target[i]] = true;
          query_of_target_[group.target[i]] = query_of_source_[group.source[i]];
        }
      }
    }
  }

  // Whether it is the same which tag of the source is which of the target.
  bool IsCertain(const Group& group) const {
    const std::optional<std::size_t> first = query_of_source_[group.source.front()];
    return std::all_of(group.source.begin(), group.source.end(), [&](std::size_t i) {
      const std::optional<std::size_t> other = query_of_source_[i];
      return other == first ||
             (first && other && IsSameContent(query_.tags[*first], query_.tags[*other]));
    });
  }

  // The tag of the query that closes or opens the same pair; nothing if there is none.
  std::optional<std::size_t> OtherOfPair(std::size_t i) const {
    const Tag& tag = query_.tags[i];
    for (std::size_t j = 0; tag.pair != 0 && j < query_.tags.size(); ++j) {
      if (j != i && query_.tags[j].pair == tag.pair) {
        return j;
      }
    }
    return std::nullopt;
  }

  void LeaveHalfPairs() {
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      const std::optional<std::size_t> other = OtherOfPair(i);
      if (positions_[i] && other && (!positions_[*other] || IsCrossed(i, *other))) {
        positions_[i].reset();
        positions_[*other].reset();
      }
    }
  }

  bool IsCrossed(std::size_t i, std::size_t other) const {
    return (i < other) != (*positions_[i] <= *positions_[other]);
  }

  // Puts a pair that holds the whole query around the target.
  bool Wrap() {
    if (query_.tags.size() < 2 || positions_.front() || positions_.back()) {
      return false;
    }
    const Tag& open = query_.tags.front();
    const Tag& close = query_.tags.back();
    if (open.kind != TagKind::kOpen || close.kind != TagKind::kClose || open.position != 0 ||
        close.position != query_.text.size() || OtherOfPair(0) != query_.tags.size() - 1) {
      return false;
    }
    positions_.front() = 0;
    positions_.back() = static_cast<std::uint32_t>(target_.text.size());
    return true;
  }

  std::vector<CarriedTag> Collect(bool is_wrapped) const {
    std::vector<CarriedTag> carried;
    if (is_wrapped) {
      carried.push_back({0, 0});
    }
    for (std::size_t i = 0; i < target_.tags.size(); ++i) {
      if (query_of_target_[i] && positions_[*query_of_target_[i]]) {
        carried.push_back({*query_of_target_[i], target_.tags[i].position});
      }
    }
    if (is_wrapped) {
      carried.push_back({query_.tags.size() - 1, *positions_.back()});
    }
    return carried;
  }

  const Segment& query_;
  const Segment& source_;
  const Segment& target_;
  std::vector<std::optional<std::size_t>> query_of_source_;
  std::vector<bool> is_source_done_;
  std::vector<std::optional<std::size_t>> query_of_target_;
  std::vector<bool> is_target_done_;
  std::vector<std::optional<std::uint32_t>> positions_;  // In the target, by tag of the query.
};

}  // namespace

std::vector<CarriedTag> CarryTags(const Segment& query,
                                  const std::vector<std::optional<std::size_t>>& source_tags,
                                  const Segment& source, const Segment& target) {
  return TagCarrier(query, source_tags, source, target).Run();
}

}  // namespace sild::matching
