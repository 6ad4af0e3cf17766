#include "server/service/update_mask.h"

#include <vector>

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/field_mask_util.h>

#include "server/service/field_error.h"

namespace sild::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

FieldMask Expand(const Message& from, const FieldMask& mask) {
  FieldMask result;
  if (mask.paths().empty()) {
    std::vector<const FieldDescriptor*> set;
    from.GetReflection()->ListFields(from, &set);
    for (const FieldDescriptor* field : set) {
      result.add_paths(field->name());
    }
  } else if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    for (int i = 0; i < from.GetDescriptor()->field_count(); ++i) {
      result.add_paths(from.GetDescriptor()->field(i)->name());
    }
  } else {
    result = mask;
  }
  return result;
}

}  // namespace

absl::Status ApplyUpdateMask(const Message& from, const FieldMask& mask, Message* to) {
  const FieldMask expanded = Expand(from, mask);
  for (const std::string& path : expanded.paths()) {
    if (!FieldMaskUtil::GetFieldDescriptors(from.GetDescriptor(), path, nullptr)) {
      return FieldError("update_mask",
                        fmt::format("\"{}\" names no field that can be replaced as a whole; "
                                    "send snake_case names such as \"labels\"",
                                    path));
    }
  }
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(from, expanded, options, to);
  return absl::OkStatus();
}

}  // namespace sild::service
