#pragma once

#include <absl/status/statusor.h>

#include "server/model/exception.h"
#include "sild/v1/glossary_service.pb.h"

// Exceptions between wire and domain, as `convert_unit.h` does units.
namespace sild::service {

// Takes neither name nor what is output only. The glossary of the concept goes into the name.
absl::StatusOr<Exception> FromProto(const v1::Exception& exception);
void ToProto(const Exception& exception, v1::Exception* out);

}  // namespace sild::service
