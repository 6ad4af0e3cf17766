#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sild::formats {

enum class XmlContext : std::uint8_t { kText, kAttribute };

// Appends `text` so that a parser gives the same text back: markup characters as entities, `\r`,
// and in attributes tabs and line ends, as references. What XML cannot carry becomes U+FFFD.
void AppendXmlEscaped(std::string_view text, XmlContext context, std::string& out);

// Appends ` name="value"`.
void AppendXmlAttribute(std::string_view name, std::string_view value, std::string& out);

}  // namespace sild::formats
