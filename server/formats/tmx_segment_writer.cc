#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "server/formats/tmx_segment.h"
#include "server/formats/xml_writer.h"

namespace sild::formats {
namespace {

// The open tag of each close tag that has one, by their indexes, and the other way round.
std::map<std::size_t, std::size_t> Partners(const std::vector<Tag>& tags) {
  std::map<std::int32_t, std::size_t> open;
  std::map<std::size_t, std::size_t> partners;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i].pair <= 0) {
      continue;
    }
    if (tags[i].kind == TagKind::kOpen) {
      open.emplace(tags[i].pair, i);
    } else if (tags[i].kind == TagKind::kClose && open.count(tags[i].pair) > 0) {
      const std::size_t partner = open[tags[i].pair];
      if (partners.emplace(partner, i).second) {
        partners[i] = partner;
      }
    }
  }
  return partners;
}

void AppendIdAndType(const Tag& tag, std::string& out) {
  if (tag.id > 0) {
    AppendXmlAttribute("x", fmt::format("{}", tag.id), out);
  }
  if (!tag.type.empty()) {
    AppendXmlAttribute("type", tag.type, out);
  }
}

void AppendContent(std::string_view name, const Tag& tag, std::string& out) {
  if (tag.data.empty()) {
    out.append("/>");
    return;
  }
  out += '>';
  AppendXmlEscaped(tag.data, XmlContext::kText, out);
  out.append("</").append(name).append(">");
}

// `open`: the tag that `tag` closes; null if it closes none.
void AppendClose(const Tag& tag, const Tag& open, std::string& out) {
  out.append("<ept");
  AppendXmlAttribute("i", fmt::format("{}", tag.pair), out);
  // TMX gives `ept` neither, and the reader takes those of `bpt`.
  if (tag.id != open.id) {
    AppendXmlAttribute("x", tag.id > 0 ? fmt::format("{}", tag.id) : "", out);
  }
  if (tag.type != open.type) {
    AppendXmlAttribute("type", tag.type, out);
  }
  AppendContent("ept", tag, out);
}

void AppendTag(const Tag& tag, bool is_paired, std::string& out) {
  if (tag.kind == TagKind::kPlaceholder) {
    out.append("<ph");
    AppendIdAndType(tag, out);
    AppendContent("ph", tag, out);
  } else if (tag.kind == TagKind::kOpen && is_paired) {
    out.append("<bpt");
    AppendXmlAttribute("i", fmt::format("{}", tag.pair), out);
    AppendIdAndType(tag, out);
    AppendContent("bpt", tag, out);
  } else {
    const bool opens = tag.kind == TagKind::kOpen || tag.kind == TagKind::kIsolatedOpen;
    out.append("<it");
    AppendXmlAttribute("pos", opens ? "begin" : "end", out);
    AppendIdAndType(tag, out);
    AppendContent("it", tag, out);
  }
}

}  // namespace

void AppendTmxSegment(const Segment& segment, std::string& out) {
  const std::map<std::size_t, std::size_t> partners = Partners(segment.tags);
  const std::string_view text = segment.text;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < segment.tags.size(); ++i) {
    const Tag& tag = segment.tags[i];
    const std::size_t position = std::min<std::size_t>(tag.position, text.size());
    if (position > begin) {
      AppendXmlEscaped(text.substr(begin, position - begin), XmlContext::kText, out);
      begin = position;
    }
    const auto partner = partners.find(i);
    if (tag.kind == TagKind::kClose && partner != partners.end()) {
      AppendClose(tag, segment.tags[partner->second], out);
    } else {
      AppendTag(tag, partner != partners.end(), out);
    }
  }
  AppendXmlEscaped(text.substr(begin), XmlContext::kText, out);
}

}  // namespace sild::formats
