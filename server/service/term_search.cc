#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/glossary_concepts.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/page_token.h"
#include "server/service/store_access.h"
#include "server/text/collation.h"
#include "server/text/normalize.h"
#include "server/text/utf8.h"

// Listing and searching terms, of `GlossaryService`.
namespace sild::service {
namespace {

constexpr std::string_view kAllGlossaries = "glossaries/-";

// The glossaries that a `parent` means.
absl::StatusOr<std::vector<GlossaryName>> GlossariesOf(const storage::View& view,
                                                       const std::string& parent) {
  std::vector<GlossaryName> names;
  if (parent != kAllGlossaries) {
    absl::StatusOr<GlossaryName> name = GlossaryName::Parse(parent);
    SILD_CHECK_OK(Named("parent", name.status()));
    names.push_back(*std::move(name));
    return names;
  }
  for (std::string after;;) {
    SILD_TRY(const std::vector<Glossary> page, view.ListGlossaries(after, kMaxPageSize));
    for (const Glossary& glossary : page) {
      names.push_back(glossary.name);
    }
    if (page.size() < static_cast<std::size_t>(kMaxPageSize)) {
      return names;
    }
    after = names.back().glossary;
  }
}

// What a search lets through besides its text.
struct SearchFilter {
  std::string language_key;   // Empty: any.
  std::string subject_field;  // Case set aside. Empty: any.
  std::vector<int> statuses;
  std::vector<int> process_statuses;
};

template <typename Values>
std::vector<int> NumbersOf(const Values& values) {
  return {values.begin(), values.end()};
}

bool Contains(const std::vector<int>& numbers, int number) {
  return numbers.empty() || std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

absl::StatusOr<SearchFilter> ParseFilter(const v1::SearchTermsRequest& request) {
  SearchFilter filter;
  SILD_TRY(const LanguageTag language, OptionalLanguage(request.language_code(), "language_code"));
  filter.language_key = language.empty() ? "" : text::LanguageKeyOf(language).value;
  SILD_CHECK_OK(text::CheckText(request.subject_field(), "subject_field", kMaxFieldChars));
  filter.subject_field = text::FoldCase(text::Nfc(request.subject_field()));
  for (const int status : request.statuses()) {
    if (!v1::Term::Status_IsValid(status) || status == v1::Term::STATUS_UNSPECIFIED) {
      return FieldError("statuses", fmt::format("{} is no status that a term can have", status));
    }
  }
  for (const int status : request.process_statuses()) {
    if (!v1::Term::ProcessStatus_IsValid(status) ||
        status == v1::Term::PROCESS_STATUS_UNSPECIFIED) {
      return FieldError("process_statuses",
                        fmt::format("{} is no process status that a term can have", status));
    }
  }
  filter.statuses = NumbersOf(request.statuses());
  filter.process_statuses = NumbersOf(request.process_statuses());
  return filter;
}

bool Passes(const terms::TermDirectory& directory, const SearchFilter& filter,
            const terms::DirectoryTerm& term) {
  return (filter.language_key.empty() ||
          directory.languages()[term.language].value == filter.language_key) &&
         Contains(filter.statuses, static_cast<int>(term.term->status)) &&
         Contains(filter.process_statuses, static_cast<int>(term.term->process_status)) &&
         (filter.subject_field.empty() ||
          text::FoldCase(text::Nfc(term.entry->subject_field)) == filter.subject_field);
}

// Fewer letters are no form of a word that is worth the expansion of all that begin with them.
constexpr std::size_t kMinFormChars = 2;

// What `directory` has for `query`, in any form, best first. Once `is_cancelled` returns true, what
// it gives is worth nothing.
std::vector<terms::TermMatch> Find(const terms::TermDirectory& directory,
                                   const terms::FormExpanders& expanders, std::string_view text,
                                   const SearchFilter& filter,
                                   const std::function<bool()>& is_cancelled) {
  terms::TermQuery query;
  query.text = text;
  query.is_wanted = [&](const terms::DirectoryTerm& term) {
    return !is_cancelled() && Passes(directory, filter, term);
  };
  const bool may_be_form = text::CountChars(terms::FoldTerm(text)) >= kMinFormChars;
  for (const text::LanguageKey& language : directory.languages()) {
    if (may_be_form && (filter.language_key.empty() || filter.language_key == language.value)) {
      const auto found = directory.FindForm(language, text, expanders.For(language), is_cancelled);
      query.with_form.insert(found.begin(), found.end());
    }
  }
  return directory.Search(query);
}

// Fills a page with the matches from `match` on, and its token if there are more.
void FillPage(const v1::SearchTermsRequest& request,
              std::vector<terms::TermMatch>::const_iterator match,
              std::vector<terms::TermMatch>::const_iterator end, int page_size,
              v1::SearchTermsResponse* response) {
  std::size_t bytes = 0;
  for (; match != end; ++match) {
    v1::Concept entry;
    ToProto(*match->term->entry, &entry);
    bytes += entry.ByteSizeLong();
    const bool is_full = !response->concepts().empty() && bytes > kMaxPageBytes;
    if (response->concepts_size() == page_size || is_full) {
      response->set_next_page_token(PageTokenAfter(request, std::prev(match)->rank));
      return;
    }
    *response->add_concepts() = std::move(entry);
    v1::SearchTermsResponse::Match* const why = response->add_matches();
    why->set_kind(static_cast<v1::SearchTermsResponse::Match::Kind>(match->kind));
    why->set_language_code(match->term->section->language.str());
    ToProto(*match->term->term, why->mutable_term());
  }
}

}  // namespace

absl::Status GlossaryService::ListTerms(CallContext& call, const v1::ListTermsRequest& request,
                                        v1::ListTermsResponse* response) {
  SILD_TRY(const LanguageTag language, Language(request.language_code(), "language_code"));
  SILD_CHECK_OK(text::CheckText(request.prefix(), "prefix", kMaxTermChars));
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_key, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const auto glossaries, GlossariesOf(*view, request.parent()));
  SILD_TRY(const auto sorted, directories_.GetSorted(*view, glossaries, language,
                                                     [&call] { return call.cancelled.load(); }));
  const auto is_before = [](const terms::TermDirectory::Sorted& entry, const std::string& key) {
    return entry.key < key;
  };
  const auto end = sorted->terms.end();
  auto entry = sorted->terms.begin();
  std::string upper;  // Empty: none.
  if (!request.prefix().empty()) {
    const auto bounds = text::Collation(language).PrefixBounds(request.prefix());
    entry = std::lower_bound(entry, end, bounds.lower, is_before);
    upper = bounds.upper;
  }
  if (!last_key.empty()) {
    entry = std::max(entry, std::lower_bound(sorted->terms.begin(), end, last_key, is_before));
    entry += entry != end && entry->key == last_key ? 1 : 0;
  }
  std::size_t bytes = 0;
  for (; entry != end && (upper.empty() || entry->key < upper); ++entry) {
    v1::ListTermsResponse::Entry next;
    next.set_concept_name(entry->term->entry->name.str());
    next.set_language_code(entry->term->section->language.str());
    ToProto(*entry->term->term, next.mutable_term());
    for (const LanguageSection& section : entry->term->entry->sections) {
      if (request.include_translations() && &section != entry->term->section) {
        ToProto(section, next.add_translations());
      }
    }
    bytes += next.ByteSizeLong();
    const bool is_full = !response->entries().empty() && bytes > kMaxPageBytes;
    if (response->entries_size() == page_size || is_full) {
      response->set_next_page_token(PageTokenAfter(request, std::prev(entry)->key));
      break;
    }
    *response->add_entries() = std::move(next);
  }
  return absl::OkStatus();
}

absl::Status GlossaryService::SearchTerms(CallContext& call, const v1::SearchTermsRequest& request,
                                          v1::SearchTermsResponse* response) {
  SILD_TRY(const std::vector<GlossaryName> glossaries, ParseGlossaries(request.glossaries()));
  SILD_CHECK_OK(text::CheckText(request.query(), "query", kMaxTermChars));
  SILD_TRY(const SearchFilter filter, ParseFilter(request));
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_rank, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  const auto is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(const auto directory, directories_.Get(*view, glossaries, is_cancelled));
  const std::vector<terms::TermMatch> matches =
      Find(*directory, expanders_, request.query(), filter, is_cancelled);
  if (call.cancelled) {
    return absl::CancelledError("the client went away");
  }
  const auto first = std::find_if(matches.begin(), matches.end(), [&](const auto& match) {
    return last_rank.empty() || match.rank > last_rank;
  });
  FillPage(request, first, matches.end(), page_size, response);
  return absl::OkStatus();
}

}  // namespace sild::service
