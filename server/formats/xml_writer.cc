#include "server/formats/xml_writer.h"

#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// What stands for `c` in `context`. Empty: itself.
std::string_view EscapeOf(char c, XmlContext context) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#13;";
    case '"':
      return context == XmlContext::kAttribute ? "&quot;" : "";
    case '\t':
      return context == XmlContext::kAttribute ? "&#9;" : "";
    case '\n':
      return context == XmlContext::kAttribute ? "&#10;" : "";
    default:
      return "";
  }
}

void AppendEscaped(std::string_view text, XmlContext context, std::string& out) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const std::string_view escape = EscapeOf(text[i], context); !escape.empty()) {
      out.append(text.substr(begin, i - begin)).append(escape);
      begin = i + 1;
    }
  }
  out.append(text.substr(begin));
}

}  // namespace

void AppendXmlEscaped(std::string_view text, XmlContext context, std::string& out) {
  while (const auto problem = text::FindTextProblem(text)) {
    AppendEscaped(text.substr(0, problem->byte_offset), context, out);
    out.append("\xEF\xBF\xBD");
    text.remove_prefix(problem->byte_offset + 1);
    while (!text.empty() && !text::IsCharStart(text[0])) {
      text.remove_prefix(1);
    }
  }
  AppendEscaped(text, context, out);
}

void AppendXmlAttribute(std::string_view name, std::string_view value, std::string& out) {
  out.append(" ").append(name).append("=\"");
  AppendXmlEscaped(value, XmlContext::kAttribute, out);
  out += '"';
}

}  // namespace sild::formats
