#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "server/formats/pairs.h"
#include "server/service/call_context.h"
#include "server/service/exception_index.h"
#include "server/service/recognizer_cache.h"
#include "server/storage/store.h"
#include "server/terms/check.h"
#include "server/terms/consistency.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::service {

// What checks work with. All must outlive them.
struct CheckResources {
  storage::Store& store;
  const terms::FormExpanders& expanders;
  RecognizerCache& recognizers;
};

// The check of one document, or of some pairs. Works with the glossaries and exceptions as they
// were at its beginning. Holds no more than what `ConsistencyCheck` needs, however many pairs there
// are.
class TermCheck {
 public:
  using Findings = google::protobuf::RepeatedPtrField<v1::TermFinding>;

  // What requests say alike of a check.
  struct Config {
    const google::protobuf::RepeatedPtrField<std::string>& glossaries;
    const std::string& source_language;
    const std::string& target_language;
    const std::string& document;
    bool include_used = false;
  };

  // Begins a check. Fails with `InvalidArgument` that names the field, or `NotFound`.
  static absl::StatusOr<std::unique_ptr<TermCheck>> Begin(const CheckResources& resources,
                                                          CallContext& call, const Config& config);

  // Checks the next pair and appends what is found.
  void Check(const Segment& source, const Segment& target, Findings* out);

  // The same of a pair of a file: findings have the texts and the place. It must have a target.
  void Check(const formats::ParsedPair& pair, Findings* out);

  // Appends what the document as a whole shows, once it has ended.
  void Finish(Findings* out);

  // What was found up to now.
  const v1::TermCounts& counts() const { return counts_; }

  const formats::PairLanguages& languages() const { return languages_; }

 private:
  // A pair in the forms that are needed.
  struct Pair;

  TermCheck() = default;
  ExceptionIndex::Place PlaceOf(std::string_view document_in_file, const Segment& source,
                                const Segment& target) const;
  void CheckPair(const Pair& pair, Findings* out);
  void KeepUse(const terms::TermUse& use, const Pair& pair);
  void Describe(const terms::Finding& finding, const Pair& pair, v1::TermFinding* out) const;
  void Count(const v1::TermFinding& finding);

  formats::PairLanguages languages_;
  std::string document_;
  bool include_used_ = false;
  std::shared_ptr<const terms::Recognizer> source_;  // Shared with the cache; null if there are no
  std::shared_ptr<const terms::Recognizer> target_;  // sources.
  std::unique_ptr<terms::TermChecker> checker_;
  ExceptionIndex exceptions_;
  terms::ConsistencyCheck consistency_;
  std::vector<v1::TermFinding> uses_;  // The places that `consistency_` may tell of.
  v1::TermCounts counts_;
};

}  // namespace sild::service
