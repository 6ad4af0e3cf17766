#include "server/model/revision.h"

#include <fmt/format.h>

namespace sild {

std::string EtagOf(Revision revision) { return fmt::format("\"{:x}\"", revision.value); }

}  // namespace sild
