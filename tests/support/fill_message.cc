#include "tests/support/fill_message.h"

#include <google/protobuf/descriptor.h>

namespace sild::test {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void SetOne(Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(&message, &field, "s");
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      reflection.SetInt32(&message, &field, 1);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection.SetInt64(&message, &field, 1);
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      reflection.SetUInt64(&message, &field, 1);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      reflection.SetDouble(&message, &field, 1.0);
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&message, &field, true);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection.SetEnum(&message, &field, field.enum_type()->value(1));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
        // Whole microseconds, which is what is kept.
        Message& time = *reflection.MutableMessage(&message, &field);
        time.GetReflection()->SetInt64(&time, time.GetDescriptor()->FindFieldByName("seconds"),
                                       1'643'414'400);
        time.GetReflection()->SetInt32(&time, time.GetDescriptor()->FindFieldByName("nanos"),
                                       5'000);
      } else {
        FillMessage(*reflection.MutableMessage(&message, &field));
      }
      break;
    default:
      break;
  }
}

void AddTwo(Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < 2; ++i) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection.AddString(&message, &field, i == 0 ? "a" : "b");
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message& element = *reflection.AddMessage(&message, &field);
      FillMessage(element);
      if (field.is_map() && i == 1) {
        element.GetReflection()->SetString(&element,
                                           element.GetDescriptor()->FindFieldByName("key"), "t");
      }
    }
  }
}

}  // namespace

void FillMessage(Message& message) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.is_repeated()) {
      AddTwo(message, field);
    } else {
      SetOne(message, field);
    }
  }
}

}  // namespace sild::test
