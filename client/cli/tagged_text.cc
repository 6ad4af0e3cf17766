#include "client/cli/tagged_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// The name of the element whose tag begins `text`; empty if no tag does.
std::string_view NameAt(std::string_view text) {
  text.remove_prefix(text.starts_with("</") ? 2 : 1);
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const auto is_part = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_';
  };
  if (text.empty() || !is_letter(text.front())) {
    return "";
  }
  const auto end = std::find_if_not(text.begin(), text.end(), is_part);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// The length of the tag that begins `text` with a `<`; 0 if it is none.
std::size_t TagLength(std::string_view text) {
  if (NameAt(text).empty()) {
    return 0;
  }
  char quote = '\0';
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '<' || c == '>') {
      return c == '>' ? at + 1 : 0;
    }
  }
  return 0;
}

bool StandsAlone(std::string_view code) {
  constexpr std::array<std::string_view, 5> kEmpty = {"br", "hr", "img", "input", "wbr"};
  return code.ends_with("/>") ||
         std::find(kEmpty.begin(), kEmpty.end(), NameAt(code)) != kEmpty.end();
}

std::int32_t Length(const std::string& text) {
  return static_cast<std::int32_t>(CountCodePoints(text));
}

// Joins the tag that was added last to the last one that it closes, if there is one.
void Pair(std::vector<int>& open, v1::Segment& segment) {
  v1::Tag& close = *segment.mutable_tags()->rbegin();
  for (auto at = open.rbegin(); at != open.rend(); ++at) {
    v1::Tag& tag = *segment.mutable_tags(*at);
    if (NameAt(tag.data()) == NameAt(close.data())) {
      tag.set_kind(v1::Tag::KIND_OPEN);
      tag.set_pair(*at + 1);
      close.set_kind(v1::Tag::KIND_CLOSE);
      close.set_pair(*at + 1);
      open.erase(std::next(at).base());
      return;
    }
  }
}

}  // namespace

std::string TagText(const v1::Tag& tag) {
  if (!tag.data().empty()) {
    return Visible(tag.data());
  }
  const std::string number = std::to_string(tag.pair() != 0 ? tag.pair() : tag.id());
  switch (tag.kind()) {
    case v1::Tag::KIND_OPEN:
    case v1::Tag::KIND_ISOLATED_OPEN:
      return "<" + number + ">";
    case v1::Tag::KIND_CLOSE:
    case v1::Tag::KIND_ISOLATED_CLOSE:
      return "</" + number + ">";
    default:
      return "<" + number + "/>";
  }
}

std::string SliceWithTags(const v1::Segment& segment, std::int32_t begin, std::int32_t end) {
  std::string shown;
  std::int32_t done = begin;
  for (const v1::Tag& tag : segment.tags()) {
    if (tag.position() < begin || tag.position() >= end) {
      continue;
    }
    shown += Visible(SliceCodePoints(segment.text(), done, tag.position())) + TagText(tag);
    done = tag.position();
  }
  return shown + Visible(SliceCodePoints(segment.text(), done, end));
}

std::string WithTags(const v1::Segment& segment) {
  return SliceWithTags(segment, 0, std::numeric_limits<std::int32_t>::max());
}

v1::Segment ParseTags(const std::string& text) {
  v1::Segment segment;
  std::vector<int> open;  // Indexes of tags without a partner so far.
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::size_t length = rest.front() == '<' ? TagLength(rest) : 0;
    if (length == 0) {
      segment.mutable_text()->push_back(text[at++]);
      continue;
    }
    const std::string_view code = rest.substr(0, length);
    v1::Tag& tag = *segment.add_tags();
    tag.set_data(std::string(code));
    tag.set_position(Length(segment.text()));
    if (code.starts_with("</")) {
      tag.set_kind(v1::Tag::KIND_ISOLATED_CLOSE);
      Pair(open, segment);
    } else if (StandsAlone(code)) {
      tag.set_kind(v1::Tag::KIND_PLACEHOLDER);
    } else {
      tag.set_kind(v1::Tag::KIND_ISOLATED_OPEN);
      open.push_back(segment.tags_size() - 1);
    }
    at += length;
  }
  return segment;
}

std::optional<v1::Segment> TakeTags(const std::string& text, const v1::Segment& stored) {
  v1::Segment segment;
  std::string_view rest = text;
  for (const v1::Tag& tag : stored.tags()) {
    const std::string code = TagText(tag);
    const std::size_t at = rest.find(code);
    if (at == kNone) {
      return std::nullopt;
    }
    segment.mutable_text()->append(rest.substr(0, at));
    v1::Tag& taken = *segment.add_tags();
    taken = tag;
    taken.set_position(Length(segment.text()));
    rest.remove_prefix(at + code.size());
  }
  segment.mutable_text()->append(rest);
  const bool is_certain = std::none_of(
      stored.tags().begin(), stored.tags().end(),
      [&](const v1::Tag& tag) { return segment.text().find(TagText(tag)) != std::string::npos; });
  return is_certain ? std::optional(segment) : std::nullopt;
}

}  // namespace sild::cli
