#include <algorithm>
#include <map>
#include <utility>

#include <absl/functional/function_ref.h>
#include <fmt/format.h>

#include "server/formats/dates.h"
#include "server/formats/tmx.h"
#include "server/formats/tmx_fields.h"
#include "server/formats/tmx_join.h"
#include "server/formats/tmx_segment.h"
#include "server/formats/xml_writer.h"

namespace sild::formats {
namespace {

// Units that wait for the other parts of their `tu`; more than these are written on their own.
constexpr std::size_t kMaxWaiting = 10'000;

constexpr std::string_view kUnitIndent = "  ";
constexpr std::string_view kVariantIndent = "    ";

std::int64_t Microseconds(Timestamp time) {
  return (time - std::chrono::floor<std::chrono::seconds>(time)).count();
}

void AppendProperty(std::string_view type, std::string_view value, std::string_view indent,
                    std::string& out) {
  out.append(indent).append("<prop");
  AppendXmlAttribute("type", type, out);
  out += '>';
  AppendXmlEscaped(value, XmlContext::kText, out);
  out.append("</prop>\n");
}

void AppendDate(std::string_view name, const std::optional<Timestamp>& time, std::string& out) {
  if (time) {
    AppendXmlAttribute(name, FormatTmxDate(*time), out);
  }
}

void AppendPerson(std::string_view name, const std::optional<std::string_view>& person,
                  std::string& out) {
  if (person) {
    AppendXmlAttribute(name, *person, out);
  }
}

// Whether the attribute of a `tu` that a property came from, or would be, is a field.
bool IsFieldOfUnit(const Property& property, const TranslationUnit& unit) {
  return property.type == "usagecount" ||
         (property.type == "lastusagedate" &&
          (unit.last_use_time.has_value() || ParseUseDate(property.value).has_value()));
}

// How many of the first properties are written as attributes, which is where the reader puts those.
std::size_t AttributeCount(const std::vector<Property>& properties,
                           absl::FunctionRef<bool(const Property&)> is_other) {
  auto next = kPropertyAttributes.begin();
  std::size_t count = 0;
  for (const Property& property : properties) {
    next = std::find(next, kPropertyAttributes.end(), property.type);
    if (next == kPropertyAttributes.end() || is_other(property)) {
      break;
    }
    ++next;
    ++count;
  }
  return count;
}

std::size_t AttributeCount(const TranslationUnit& unit) {
  return AttributeCount(
      unit.properties, [&unit](const Property& property) { return IsFieldOfUnit(property, unit); });
}

// Writes what stands before the `tuv` of a `tu` and the `seg` of a `tuv`, but for the attributes.
void AppendFields(const std::vector<std::string>& notes, const std::vector<Property>& properties,
                  std::size_t attribute_count, std::string_view indent, std::string& out) {
  for (const std::string& note : notes) {
    out.append(indent).append("<note>");
    AppendXmlEscaped(note, XmlContext::kText, out);
    out.append("</note>\n");
  }
  for (std::size_t i = attribute_count; i < properties.size(); ++i) {
    const auto& [type, value] = properties[i];
    AppendProperty(IsOwnProperty(type) ? std::string(own::kPrefix) + type : type, value, indent,
                   out);
  }
}

void AppendMicroseconds(const std::optional<Timestamp>& create_time,
                        const std::optional<Timestamp>& update_time, std::string_view indent,
                        std::string& out) {
  const std::int64_t create = create_time ? Microseconds(*create_time) : 0;
  const std::int64_t update = update_time ? Microseconds(*update_time) : 0;
  if (create != 0 || update != 0) {
    AppendProperty(own::kMicroseconds, fmt::format("{} {}", create, update), indent, out);
  }
}

void AppendHash(std::string_view type, const std::optional<std::uint64_t>& hash,
                const std::optional<std::uint64_t>& derived, std::string_view indent,
                std::string& out) {
  if (hash != derived) {
    AppendProperty(type, hash ? fmt::format("{:016x}", *hash) : "", indent, out);
  }
}

class TmxWriter : public UnitWriter {
 public:
  explicit TmxWriter(WriteOptions options) : options_(std::move(options)) {}

  void Begin(std::string& out) override;
  void Write(const TranslationUnit& unit, std::string& out) override;
  void Finish(std::string& out) override;

 private:
  using Parts = std::vector<std::optional<TranslationUnit>>;

  void WriteUnit(const TranslationUnit& unit, bool is_joined, std::string& out) const;
  void WriteAttributes(const TranslationUnit& unit, const UnitTimes& times, std::string& out) const;
  void WriteOwnProperties(const TranslationUnit& unit, const TranslationUnit& derived,
                          const UnitTimes& times, bool is_joined, std::string& out) const;
  void WriteVariant(const Variant& variant, const Variant& derived, std::string& out) const;
  void WriteParts(const Parts& parts, std::string& out) const;

  const WriteOptions options_;
  std::map<std::string, Parts> waiting_;
  std::size_t waiting_count_ = 0;
};

std::string SourceName(const LanguageTag& language) {
  return language.empty() ? "*all*" : language.str();
}

void TmxWriter::Begin(std::string& out) {
  out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header");
  AppendXmlAttribute("creationtool", "Sild", out);
  AppendXmlAttribute("creationtoolversion", options_.version, out);
  AppendXmlAttribute("segtype", "sentence", out);
  AppendXmlAttribute("o-tmf", "Sild", out);
  AppendXmlAttribute("adminlang", "en", out);
  AppendXmlAttribute("srclang", SourceName(options_.source_language), out);
  AppendXmlAttribute("datatype", "plaintext", out);
  out.append("/>\n<body>\n");
}

void TmxWriter::Write(const TranslationUnit& unit, std::string& out) {
  const std::optional<SplitPart> part = SplitPartOf(unit);
  if (!part || (waiting_count_ >= kMaxWaiting && waiting_.count(part->key) == 0)) {
    WriteUnit(unit, false, out);
    return;
  }
  Parts& parts = waiting_.try_emplace(part->key, part->parts).first->second;
  if (parts.size() != part->parts || parts[part->part]) {
    WriteUnit(unit, false, out);
    return;
  }
  parts[part->part] = unit;
  ++waiting_count_;
  if (std::all_of(parts.begin(), parts.end(), [](const auto& p) { return p.has_value(); })) {
    waiting_count_ -= parts.size();
    WriteParts(parts, out);
    waiting_.erase(part->key);
  }
}

void TmxWriter::Finish(std::string& out) {
  for (const auto& [key, parts] : waiting_) {
    WriteParts(parts, out);
  }
  waiting_.clear();
  out.append("</body>\n</tmx>\n");
}

void TmxWriter::WriteParts(const Parts& parts, std::string& out) const {
  std::vector<TranslationUnit> units;
  for (const auto& part : parts) {
    if (part) {
      units.push_back(*part);
    }
  }
  if (units.size() == parts.size()) {
    if (const std::optional<TranslationUnit> joined = JoinUnits(units)) {
      WriteUnit(*joined, true, out);
      return;
    }
  }
  for (const TranslationUnit& unit : units) {
    WriteUnit(unit, false, out);
  }
}

// What must be written of the unit's people and times so that they are read back: all that is set,
// and what is not set but would be taken from the variants.
UnitTimes TimesToWrite(const TranslationUnit& unit, const TranslationUnit& derived) {
  UnitTimes times;
  const auto choose = [](const auto& value, const auto& derived_value, auto& chosen) {
    if (value != derived_value || value != std::decay_t<decltype(value)>()) {
      chosen = value;
    }
  };
  choose(unit.create_time, derived.create_time, times.create_time);
  choose(unit.update_time, derived.update_time, times.update_time);
  choose(unit.creator, derived.creator, times.creator);
  choose(unit.updater, derived.updater, times.updater);
  return times;
}

void TmxWriter::WriteUnit(const TranslationUnit& unit, bool is_joined, std::string& out) const {
  const UnitLimits limits;
  TranslationUnit derived = WithoutDerived(unit);
  DeriveFields(limits, {}, derived);
  const UnitTimes times = is_joined ? JoinedTimes(unit) : TimesToWrite(unit, derived);
  derived = WithoutDerived(unit);
  DeriveFields(limits, times, derived);

  out.append("<tu");
  WriteAttributes(unit, times, out);
  out.append(">\n");
  AppendFields(unit.notes, unit.properties, AttributeCount(unit), "  ", out);
  WriteOwnProperties(unit, derived, times, is_joined, out);
  for (std::size_t i = 0; i < unit.variants.size(); ++i) {
    WriteVariant(unit.variants[i], derived.variants[i], out);
  }
  out.append("</tu>\n");
}

void TmxWriter::WriteAttributes(const TranslationUnit& unit, const UnitTimes& times,
                                std::string& out) const {
  const std::size_t attribute_count = AttributeCount(unit);
  const bool has_tuid = attribute_count > 0 && unit.properties[0].type == "tuid";
  if (!has_tuid && !unit.name.unit.empty()) {
    AppendXmlAttribute("tuid", unit.name.unit, out);
  }
  for (std::size_t i = 0; i < attribute_count; ++i) {
    AppendXmlAttribute(unit.properties[i].type, unit.properties[i].value, out);
  }
  if (unit.source_language != options_.source_language) {
    AppendXmlAttribute("srclang", SourceName(unit.source_language), out);
  }
  if (unit.segment_type != SegmentType::kSentence) {
    AppendXmlAttribute("segtype", NameOf(unit.segment_type), out);
  }
  AppendDate("creationdate", times.create_time, out);
  AppendPerson("creationid", times.creator, out);
  AppendDate("changedate", times.update_time, out);
  AppendPerson("changeid", times.updater, out);
  if (unit.usage_count != 0) {
    AppendXmlAttribute("usagecount", fmt::format("{}", unit.usage_count), out);
  }
  AppendDate("lastusagedate", unit.last_use_time, out);
}

void TmxWriter::WriteOwnProperties(const TranslationUnit& unit, const TranslationUnit& derived,
                                   const UnitTimes& times, bool is_joined, std::string& out) const {
  const bool has_tuid = !unit.properties.empty() && unit.properties[0].type == "tuid";
  if (has_tuid && !is_joined &&
      (!unit.name.unit.empty() || IsResourceId(unit.properties[0].value))) {
    AppendProperty(own::kId, unit.name.unit, kUnitIndent, out);
  }
  if (unit.document != derived.document) {
    AppendProperty(own::kDocument, unit.document, kUnitIndent, out);
  }
  if (unit.context_id != derived.context_id) {
    AppendProperty(own::kContextId, unit.context_id, kUnitIndent, out);
  }
  for (const auto& [key, value] : unit.labels) {
    AppendProperty(own::kLabel, fmt::format("{}={}", key, value), kUnitIndent, out);
  }
  AppendMicroseconds(times.create_time, times.update_time, kUnitIndent, out);
}

void TmxWriter::WriteVariant(const Variant& variant, const Variant& derived,
                             std::string& out) const {
  out.append("  <tuv");
  AppendXmlAttribute("xml:lang", variant.language.str(), out);
  const std::size_t attribute_count = AttributeCount(
      variant.properties, [](const Property& property) { return property.type == "tuid"; });
  for (std::size_t i = 0; i < attribute_count; ++i) {
    AppendXmlAttribute(variant.properties[i].type, variant.properties[i].value, out);
  }
  const auto person = [](const std::string& name) {
    return name.empty() ? std::nullopt : std::optional<std::string_view>(name);
  };
  AppendDate("creationdate", variant.create_time, out);
  AppendPerson("creationid", person(variant.creator), out);
  AppendDate("changedate", variant.update_time, out);
  AppendPerson("changeid", person(variant.updater), out);
  out.append(">\n");
  AppendFields(variant.notes, variant.properties, attribute_count, kVariantIndent, out);
  if (variant.status != derived.status) {
    AppendProperty(own::kStatus, NameOf(variant.status), kVariantIndent, out);
  }
  if (variant.origin != derived.origin) {
    AppendProperty(own::kOrigin, NameOf(variant.origin), kVariantIndent, out);
  }
  AppendHash(own::kPrevious, variant.neighbors.previous_hash, derived.neighbors.previous_hash,
             kVariantIndent, out);
  AppendHash(own::kNext, variant.neighbors.next_hash, derived.neighbors.next_hash, kVariantIndent,
             out);
  AppendMicroseconds(variant.create_time, variant.update_time, kVariantIndent, out);
  out.append(kVariantIndent).append("<seg>");
  AppendTmxSegment(variant.segment, out);
  out.append("</seg>\n  </tuv>\n");
}

}  // namespace

std::unique_ptr<UnitWriter> NewTmxWriter(WriteOptions options) {
  return std::make_unique<TmxWriter>(std::move(options));
}

}  // namespace sild::formats
