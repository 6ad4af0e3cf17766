#include "server/formats/xml_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>
#include <libxml/parser.h>

#include "server/formats/text_file_reader.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

constexpr int kMaxDepth = 64;

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// libxml2 as a push parser whose events go to an `XmlHandler`, with the places and repairs that the
// cleaner put down beside its text.
class SaxParser {
 public:
  SaxParser(XmlHandler& handler, Cleaner& cleaner) : handler_(handler), cleaner_(cleaner) {
    static const bool initialized = (xmlInitParser(), true);  // Once, for threads.
    static_cast<void>(initialized);
    xmlSAXHandler sax = {};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = &Start;
    sax.endElementNs = &End;
    sax.characters = &Text;
    sax.ignorableWhitespace = &Text;
    sax.serror = &Error;
    context_ = xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr);
    if (context_ != nullptr) {
      // NOENT only for `&amp;` in attributes, which libxml2 keeps as `&#38;` without it; the
      // cleaner lets no entity through.
      xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_NOENT);
    }
  }
  ~SaxParser() { xmlFreeParserCtxt(context_); }
  SaxParser(const SaxParser&) = delete;
  SaxParser(SaxParser&&) = delete;
  SaxParser& operator=(const SaxParser&) = delete;
  SaxParser& operator=(SaxParser&&) = delete;

  absl::Status Parse(std::string_view text, bool is_end) {
    if (context_ == nullptr) {
      return absl::ResourceExhaustedError("no memory to parse the file");
    }
    is_end_ = is_end;
    do {
      const std::string_view piece = text.substr(0, 1 << 20);
      text.remove_prefix(piece.size());
      const int result = xmlParseChunk(context_, piece.data(), static_cast<int>(piece.size()),
                                       is_end && text.empty() ? 1 : 0);
      SILD_CHECK_OK(status_);
      if (result != XML_ERR_OK && context_->wellFormed == 0) {
        return absl::InvalidArgumentError("the file is not well-formed XML");
      }
    } while (!text.empty());
    return absl::OkStatus();
  }

 private:
  static SaxParser& Of(void* self) { return *static_cast<SaxParser*>(self); }

  // NOLINTNEXTLINE(readability-function-size): libxml2 gives these parameters.
  static void Start(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                    int /*namespace_count*/, const xmlChar** /*namespaces*/, int attribute_count,
                    int /*defaulted_count*/, const xmlChar** attributes) {
    SaxParser& parser = Of(self);
    XmlElement& element = parser.element_;
    element.prefix = View(prefix);
    element.name = View(name);
    element.name_space = View(uri);
    if (const auto colon = element.name.find(':'); colon != std::string_view::npos) {
      element.prefix = element.name.substr(0, colon);  // Of a namespace that is not declared.
      element.name.remove_prefix(colon + 1);
    }
    element.attributes.clear();
    for (int i = 0; i < attribute_count; ++i, attributes += 5) {
      const auto* const begin = reinterpret_cast<const char*>(attributes[3]);
      const auto* const end = reinterpret_cast<const char*>(attributes[4]);
      element.attributes.push_back({View(attributes[1]),
                                    View(attributes[0]),
                                    {begin, static_cast<std::size_t>(end - begin)}});
    }
    parser.StartElement();
  }

  void StartElement() {
    auto& places = cleaner_.start_tags();
    if (!places.empty()) {
      element_.place = places.front();
      places.pop_front();
    }
    GiveRepairs();
    if (++depth_ > kMaxDepth) {
      Stop(absl::InvalidArgumentError(
          fmt::format("line {}: elements are nested deeper than 64; this is no translation file",
                      element_.place.line)));
      return;
    }
    Stop(handler_.OnStart(element_));
  }

  static void End(void* self, const xmlChar* name, const xmlChar* /*prefix*/,
                  const xmlChar* /*uri*/) {
    SaxParser& parser = Of(self);
    auto& ends = parser.cleaner_.element_ends();
    const std::int64_t end = ends.empty() ? 0 : ends.front();
    if (!ends.empty()) {
      ends.pop_front();
    }
    parser.GiveRepairs();
    --parser.depth_;
    std::string_view local = View(name);
    local.remove_prefix(local.find(':') == std::string_view::npos ? 0 : local.find(':') + 1);
    parser.Stop(parser.handler_.OnEnd(local, end));
  }

  static void Text(void* self, const xmlChar* text, int size) {
    SaxParser& parser = Of(self);
    if (parser.status_.ok()) {
      parser.handler_.OnText({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    }
  }

  static void Error(void* self, xmlErrorPtr error) {
    SaxParser& parser = Of(self);
    if (error == nullptr || !parser.status_.ok()) {
      return;
    }
    std::string what(absl::StripAsciiWhitespace(error->message == nullptr ? "" : error->message));
    if (error->level == XML_ERR_FATAL && parser.is_end_ && error->code == XML_ERR_DOCUMENT_END) {
      parser.status_ = absl::InvalidArgumentError(
          parser.tags_ == 0
              ? std::string("line 1: the file is empty")
              : fmt::format("line {}: the file ends before its last element does; all before was "
                            "read: get the whole file and import it again",
                            error->line));
    } else if (error->level == XML_ERR_FATAL) {
      parser.status_ = absl::InvalidArgumentError(fmt::format(
          "line {}: the file is not well-formed XML ({}); all before was read: repair it there, or "
          "export it again",
          error->line, what.substr(0, 200)));
    } else if (error->code != XML_WAR_NS_URI && error->code != XML_WAR_NS_URI_RELATIVE) {
      parser.handler_.OnNotice(fmt::format("line {}: {}", error->line, what.substr(0, 200)));
    }
  }

  // Gives what was repaired before the tag at hand.
  void GiveRepairs() {
    auto& repairs = cleaner_.repairs();
    for (; !repairs.empty() && repairs.front().tags <= tags_; repairs.pop_front()) {
      handler_.OnRepair(repairs.front());
    }
    ++tags_;
  }

  void Stop(const absl::Status& status) {
    if (!status.ok() && status_.ok()) {
      status_ = status;
      xmlStopParser(context_);
    }
  }

  XmlHandler& handler_;
  Cleaner& cleaner_;
  xmlParserCtxtPtr context_ = nullptr;
  XmlElement element_;
  std::int64_t tags_ = 0;  // Start tags and ends of elements so far.
  int depth_ = 0;
  bool is_end_ = false;
  absl::Status status_;
};

class XmlReader : public TextFileReader {
 public:
  XmlReader(const ReadOptions& options, std::unique_ptr<XmlHandler> handler)
      : TextFileReader(options,
                       [this](std::string message) { handler_->OnNotice(std::move(message)); }),
        handler_(std::move(handler)),
        parser_(*handler_, cleaner_) {}

  std::int64_t last_unit_end_bytes() const override { return handler_->last_unit_end_bytes(); }

 private:
  absl::Status OnText(std::string_view text) override {
    cleaned_.clear();
    absl::Status cleaned = cleaner_.Feed(text, cleaned_);
    SILD_CHECK_OK(parser_.Parse(cleaned_, false));
    return cleaned;
  }

  absl::Status OnLastText(std::string_view text) override {
    cleaned_.clear();
    SILD_CHECK_OK(cleaner_.Feed(text, cleaned_));
    absl::Status cleaned = cleaner_.Finish(cleaned_);
    SILD_CHECK_OK(parser_.Parse(cleaned_, cleaned.ok()));
    return cleaned;
  }

  std::unique_ptr<XmlHandler> handler_;
  Cleaner cleaner_;
  SaxParser parser_;
  std::string cleaned_;
};

}  // namespace

std::optional<std::string_view> XmlElement::Find(std::string_view attribute) const {
  for (const XmlAttribute& a : attributes) {
    if (a.name == attribute && a.prefix != "xml") {
      return a.value;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlElement::Language() const {
  for (const XmlAttribute& a : attributes) {
    if (a.name == "lang" && a.prefix == "xml") {
      return a.value;
    }
  }
  return Find("lang");
}

std::string Describe(const Repair& repair) {
  switch (repair.kind) {
    case RepairKind::kIllegalCharacter:
      return fmt::format("characters that XML cannot carry were replaced or removed: {}",
                         repair.count);
    case RepairKind::kInvalidBytes:
      return fmt::format(
          "bytes that are no characters in the file's encoding: {}; correct the encoding "
          "declaration or save the file as UTF-8",
          repair.count);
    case RepairKind::kHtmlEntity:
      return fmt::format("HTML entities were decoded: {}, the first &{};", repair.count,
                         repair.detail);
    case RepairKind::kUnknownEntity:
      return fmt::format("unknown entities were kept as text: {}, the first &{};", repair.count,
                         repair.detail);
    case RepairKind::kBareMarkup:
      return fmt::format("& or < that begin no markup were taken as text: {}", repair.count);
  }
  return "";
}

std::unique_ptr<FileReader> NewXmlReader(const ReadOptions& options,
                                         std::unique_ptr<XmlHandler> handler) {
  return std::make_unique<XmlReader>(options, std::move(handler));
}

}  // namespace sild::formats
