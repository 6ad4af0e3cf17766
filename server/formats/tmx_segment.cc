#include "server/formats/tmx_segment.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "server/formats/xml_writer.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// The elements whose content is code.
constexpr std::string_view kCode[] = {"bpt", "ept", "it", "ph", "ut"};

// White space at the ends of loose text.
constexpr std::string_view kSpace = " \t\n\r";

constexpr std::size_t kNoTag = static_cast<std::size_t>(-1);
constexpr std::int32_t kMaxNumber = 1'000'000'000;  // Leaves room to raise ids.

// A decimal number in `[0, kMaxNumber]`, else `fallback`.
std::int32_t NumberOr(std::optional<std::string_view> digits, std::int32_t fallback) {
  std::int32_t value = 0;
  if (!digits) {
    return fallback;
  }
  const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), value);
  const bool is_number = error == std::errc() && end == digits->data() + digits->size();
  return is_number && value >= 0 && value <= kMaxNumber ? value : fallback;
}

std::int32_t IdOf(const XmlElement& element, std::string_view attribute) {
  const std::int32_t id = NumberOr(element.Find(attribute), -2);
  return id == 0 ? kZeroId : std::max(id, 0);
}

std::string NameOf(const XmlElement& element) {
  return element.prefix.empty() ? std::string(element.name)
                                : fmt::format("{}:{}", element.prefix, element.name);
}

std::string TypeOf(const XmlElement& element, std::string_view fallback) {
  for (const std::string_view attribute : {"type", "ctype", "mtype"}) {
    if (const auto type = element.Find(attribute); type && !type->empty()) {
      return std::string(*type);
    }
  }
  return std::string(fallback);
}

// What joins an open to a close tag in XLIFF.
std::string XliffPair(const XmlElement& element) {
  for (const std::string_view attribute : {"rid", "startRef", "id"}) {
    if (const auto pair = element.Find(attribute)) {
      return std::string(*pair);
    }
  }
  return "";
}

// The start tag as it may have stood in the file, without its closing `>`.
std::string MarkupOf(const XmlElement& element) {
  std::string markup = "<" + NameOf(element);
  for (const XmlAttribute& attribute : element.attributes) {
    markup += ' ';
    if (!attribute.prefix.empty()) {
      markup.append(attribute.prefix) += ':';
    }
    markup.append(attribute.name) += "=\"";
    AppendXmlEscaped(attribute.value, XmlContext::kAttribute, markup);
    markup += '"';
  }
  return markup;
}

}  // namespace

void SegmentBuilder::OnStart(const XmlElement& element) {
  if (!open_.empty()) {
    open_.back().is_empty = false;
  }
  Open open;
  open.name = NameOf(element);
  const Content around = open_.empty() ? Content::kText : open_.back().content;
  if (around == Content::kNothing || element.name == "prop" || element.name == "note") {
    stray_ = stray_ || around != Content::kNothing;
    open.content = Content::kNothing;
  } else if (around == Content::kData) {
    open.content = Content::kData;
    open.is_nested = true;
    open.tag = open_.back().tag;
    AddData(open.tag, MarkupOf(element) + ">");
  } else if (!StartXliff(element, open)) {
    if (std::find(std::begin(kCode), std::end(kCode), element.name) != std::end(kCode)) {
      StartCode(element, open);
    } else {
      StartSpan(element, open);
    }
  }
  open_.push_back(std::move(open));
}

void SegmentBuilder::StartCode(const XmlElement& element, Open& open) {
  open.content = Content::kData;
  open.tag = segment_.tags.size();
  Tag tag;
  tag.id = IdOf(element, is_xliff_ ? "id" : "x");
  tag.type = TypeOf(element, element.name == "ut" ? "ut" : "");
  const std::string_view pos = element.Find("pos").value_or("");
  if (element.name == "bpt") {
    tag.kind = TagKind::kOpen;
  } else if (element.name == "ept") {
    tag.kind = TagKind::kClose;
  } else if (element.name == "it" && (pos == "begin" || pos == "end")) {
    tag.kind = pos == "begin" ? TagKind::kIsolatedOpen : TagKind::kIsolatedClose;
  }
  if (is_xliff_) {
    open.markup = MarkupOf(element);
    AddTag(std::move(tag), {XliffPair(element), false, true});
    return;
  }
  AddTag(std::move(tag), {std::string(element.Find("i").value_or("")),
                          element.Find("x").has_value(), element.Find("type").has_value()});
}

// `bx`, `ex` and `x` of XLIFF 1.2, `sc` and `ec` of 2.x: code whose data is its own markup.
bool SegmentBuilder::StartXliff(const XmlElement& element, Open& open) {
  const bool is_open = element.name == "bx" || (is_xliff_ && element.name == "sc");
  const bool is_close = element.name == "ex" || (is_xliff_ && element.name == "ec");
  if (!is_open && !is_close && element.name != "x") {
    return false;
  }
  open.content = Content::kData;
  open.tag = segment_.tags.size();
  Tag tag;
  tag.id = is_close ? 0 : IdOf(element, "id");
  tag.type = TypeOf(element, NameOf(element));
  tag.data = MarkupOf(element) + "/>";
  if (is_open || is_close) {
    tag.kind = is_open ? TagKind::kOpen : TagKind::kClose;
  }
  AddTag(std::move(tag), {"bx " + XliffPair(element), false, true});
  return true;
}

void SegmentBuilder::StartSpan(const XmlElement& element, Open& open) {
  open.is_span = true;
  open.is_foreign = element.name != "hi";
  open.tag = segment_.tags.size();
  Tag tag;
  tag.kind = TagKind::kOpen;
  tag.id = IdOf(element, open.is_foreign ? "id" : "x");
  tag.type = open.is_foreign ? TypeOf(element, open.name) : "hi";
  tag.data = open.is_foreign ? MarkupOf(element) + ">" : "";
  AddTag(std::move(tag), {fmt::format("span {}", ++span_count_)});
}

void SegmentBuilder::OnEnd() {
  if (open_.empty()) {
    return;
  }
  const Open open = std::move(open_.back());
  open_.pop_back();
  if (open.is_nested) {
    AddData(open.tag, "</" + open.name + ">");
  }
  if (!open.markup.empty() && open.tag < segment_.tags.size() &&
      segment_.tags[open.tag].data.empty()) {
    AddData(open.tag, open.markup + "/>");
  }
  if (!open.is_span || open.tag >= segment_.tags.size()) {
    return;
  }
  Tag& begin = segment_.tags[open.tag];
  if (open.is_foreign && open.is_empty) {
    begin.kind = TagKind::kPlaceholder;
    begin.data.insert(begin.data.size() - 1, 1, '/');
    return;
  }
  Tag end;
  end.kind = TagKind::kClose;
  end.data = open.is_foreign ? "</" + open.name + ">" : "";
  AddTag(std::move(end), {keys_[open.tag].pair});
}

void SegmentBuilder::OnText(std::string_view text) {
  if (!open_.empty()) {
    Open& open = open_.back();
    open.is_empty = false;
    if (open.content == Content::kData) {
      AddData(open.tag, text);
    }
    if (open.content != Content::kText) {
      return;
    }
  }
  // Four bytes are the most that a code point takes.
  too_long_ = too_long_ || segment_.text.size() + text.size() > 4 * limits_.segment_chars;
  if (!too_long_) {
    segment_.text.append(text);
  }
}

void SegmentBuilder::AddTag(Tag tag, Key key) {
  tag.position = static_cast<std::uint32_t>(segment_.text.size());
  data_bytes_ += tag.data.size() + tag.type.size() + key.pair.size();
  too_many_ = too_many_ || segment_.tags.size() >= limits_.tags_per_segment ||
              data_bytes_ > limits_.unit_bytes;
  if (!too_many_) {
    segment_.tags.push_back(std::move(tag));
    keys_.push_back(std::move(key));
  }
}

void SegmentBuilder::AddData(std::size_t tag, std::string_view data) {
  data_bytes_ += data.size();
  too_many_ = too_many_ || data_bytes_ > limits_.unit_bytes;
  if (!too_many_ && tag < segment_.tags.size()) {
    segment_.tags[tag].data.append(data);
  }
}

// Gives each open tag and the next close tag of the same key one pair number: the file's own if it
// is free, else the least free one. Tags without a partner become isolated.
void SegmentBuilder::JoinPairs() {
  std::vector<Tag>& tags = segment_.tags;
  std::map<std::string_view, std::vector<std::size_t>> waiting;
  std::vector<std::size_t> partner(tags.size(), kNoTag);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    auto& opens = waiting[keys_[i].pair];
    if (tags[i].kind == TagKind::kOpen) {
      opens.push_back(i);
    } else if (tags[i].kind == TagKind::kClose && !opens.empty()) {
      partner[opens.back()] = i;
      partner[i] = opens.back();
      opens.pop_back();
    }
  }
  std::set<std::int32_t> used;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::int32_t number = NumberOr(keys_[i].pair, 0);
    if (tags[i].kind == TagKind::kOpen && partner[i] != kNoTag && number > 0 &&
        used.insert(number).second) {
      tags[i].pair = number;
    }
  }
  std::int32_t next = 1;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i].kind == TagKind::kOpen && partner[i] != kNoTag) {
      while (tags[i].pair == 0 && !used.insert(next).second) {
        ++next;
      }
      tags[i].pair = tags[i].pair == 0 ? next : tags[i].pair;
      Tag& close = tags[partner[i]];
      close.pair = tags[i].pair;
      close.id = keys_[partner[i]].has_id ? close.id : tags[i].id;
      close.type = keys_[partner[i]].has_type ? close.type : tags[i].type;
    } else if (tags[i].kind == TagKind::kOpen) {
      tags[i].kind = TagKind::kIsolatedOpen;
    } else if (tags[i].kind == TagKind::kClose && partner[i] == kNoTag) {
      tags[i].kind = TagKind::kIsolatedClose;
    }
  }
}

Segment SegmentBuilder::Take() {
  JoinPairs();
  has_stray_ = std::exchange(stray_, false);
  problem_.clear();
  if (std::exchange(too_many_, false)) {
    problem_ = fmt::format("has more than {} tags, or more code than {} bytes",
                           limits_.tags_per_segment, limits_.unit_bytes);
  }
  if (std::exchange(too_long_, false) ||
      (segment_.text.size() > limits_.segment_chars &&
       text::CountChars(segment_.text) > limits_.segment_chars)) {
    problem_ = fmt::format("is longer than {} characters", limits_.segment_chars);
  }
  open_.clear();
  keys_.clear();
  data_bytes_ = 0;
  span_count_ = 0;
  return std::exchange(segment_, {});
}

void ShiftZeroIds(const std::vector<Segment*>& segments) {
  const auto is_zero = [](const Tag& tag) { return tag.id == kZeroId; };
  const bool any_zero = std::any_of(segments.begin(), segments.end(), [&](const Segment* segment) {
    return std::any_of(segment->tags.begin(), segment->tags.end(), is_zero);
  });
  if (!any_zero) {
    return;
  }
  for (Segment* const segment : segments) {
    for (Tag& tag : segment->tags) {
      tag.id = is_zero(tag) ? 1 : tag.id > 0 ? tag.id + 1 : 0;
    }
  }
}

void TrimSegment(Segment& segment) {
  std::string& text = segment.text;
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  text.erase(0, begin);
  text.erase(text.find_last_not_of(kSpace) + 1);
  for (Tag& tag : segment.tags) {
    const std::size_t position = tag.position < begin ? 0 : tag.position - begin;
    tag.position = static_cast<std::uint32_t>(std::min(position, text.size()));
  }
}

}  // namespace sild::formats
