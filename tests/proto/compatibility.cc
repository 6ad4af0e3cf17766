#include "tests/proto/compatibility.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace sild::test {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::ServiceDescriptorProto;
using Findings = std::vector<std::string>;

template <typename List>
auto Find(const List& list, const std::string& name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name() == name; });
  return found == list.end() ? nullptr : &*found;
}

template <typename Message>
bool IsReserved(const Message& message, int number, const std::string& name, int exclusive_end) {
  const auto& names = message.reserved_name();
  const auto& ranges = message.reserved_range();
  return std::find(names.begin(), names.end(), name) != names.end() &&
         std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
           return number >= range.start() && number < range.end() + exclusive_end;
         });
}

void CompareField(const std::string& message, const FieldDescriptorProto& old,
                  const FieldDescriptorProto& now, Findings& findings) {
  if (old.number() != now.number() || old.type() != now.type() ||
      old.type_name() != now.type_name() || old.label() != now.label() ||
      old.json_name() != now.json_name() || old.proto3_optional() != now.proto3_optional() ||
      old.has_oneof_index() != now.has_oneof_index()) {
    findings.push_back(
        fmt::format("{}.{} has another number, type or name in JSON", message, old.name()));
  }
}

void CompareEnum(const std::string& scope, const EnumDescriptorProto& old,
                 const EnumDescriptorProto* now, Findings& findings) {
  const std::string name = scope + "." + old.name();
  if (now == nullptr) {
    findings.push_back(fmt::format("enum {} is gone", name));
    return;
  }
  for (const auto& value : old.value()) {
    const auto* found = Find(now->value(), value.name());
    if (found == nullptr && !IsReserved(*now, value.number(), value.name(), 1)) {
      findings.push_back(fmt::format("{} of {} is gone and not reserved", value.name(), name));
    } else if (found != nullptr && found->number() != value.number()) {
      findings.push_back(fmt::format("{} of {} has another number", value.name(), name));
    }
  }
}

void CompareMessage(const std::string& scope, const DescriptorProto& old,
                    const DescriptorProto* now, Findings& findings) {
  const std::string name = scope + "." + old.name();
  if (now == nullptr) {
    findings.push_back(fmt::format("message {} is gone", name));
    return;
  }
  for (const FieldDescriptorProto& field : old.field()) {
    const auto* found = Find(now->field(), field.name());
    if (found != nullptr) {
      CompareField(name, field, *found, findings);
    } else if (!IsReserved(*now, field.number(), field.name(), 0)) {
      findings.push_back(fmt::format("{}.{} is gone and not reserved", name, field.name()));
    }
  }
  for (const DescriptorProto& nested : old.nested_type()) {
    CompareMessage(name, nested, Find(now->nested_type(), nested.name()), findings);
  }
  for (const EnumDescriptorProto& nested : old.enum_type()) {
    CompareEnum(name, nested, Find(now->enum_type(), nested.name()), findings);
  }
}

void CompareService(const std::string& scope, const ServiceDescriptorProto& old,
                    const ServiceDescriptorProto* now, Findings& findings) {
  const std::string name = scope + "." + old.name();
  if (now == nullptr) {
    findings.push_back(fmt::format("service {} is gone", name));
    return;
  }
  for (const auto& method : old.method()) {
    const auto* found = Find(now->method(), method.name());
    if (found == nullptr) {
      findings.push_back(fmt::format("method {}.{} is gone", name, method.name()));
    } else if (found->input_type() != method.input_type() ||
               found->output_type() != method.output_type() ||
               found->client_streaming() != method.client_streaming() ||
               found->server_streaming() != method.server_streaming()) {
      findings.push_back(
          fmt::format("method {}.{} takes or gives something else", name, method.name()));
    }
  }
}

// All files of a package as one, because moving a message to another file breaks nobody on the
// wire.
FileDescriptorProto Merge(const FileDescriptorSet& set) {
  FileDescriptorProto all;
  for (const FileDescriptorProto& file : set.file()) {
    if (file.package() == "sild.v1") {
      all.mutable_message_type()->MergeFrom(file.message_type());
      all.mutable_enum_type()->MergeFrom(file.enum_type());
      all.mutable_service()->MergeFrom(file.service());
    }
  }
  return all;
}

}  // namespace

Findings Incompatibilities(const FileDescriptorSet& released, const FileDescriptorSet& now) {
  const FileDescriptorProto old_api = Merge(released);
  const FileDescriptorProto new_api = Merge(now);
  Findings findings;
  for (const DescriptorProto& message : old_api.message_type()) {
    CompareMessage("sild.v1", message, Find(new_api.message_type(), message.name()), findings);
  }
  for (const EnumDescriptorProto& enumeration : old_api.enum_type()) {
    CompareEnum("sild.v1", enumeration, Find(new_api.enum_type(), enumeration.name()), findings);
  }
  for (const ServiceDescriptorProto& service : old_api.service()) {
    CompareService("sild.v1", service, Find(new_api.service(), service.name()), findings);
  }
  return findings;
}

}  // namespace sild::test
