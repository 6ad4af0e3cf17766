#pragma once

#include <utility>

// The command builds without the server, so it has these two of its own.

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.

// Sets `declaration` to the value of `expr`, or returns its error from the enclosing function.
#define SILD_TRY(declaration, expr) \
  SILD_TRY_IMPL(SILD_CONCAT(sild_result_, __LINE__), declaration, expr)

// Returns from the enclosing function if `expr`, an `absl::Status`, is an error.
#define SILD_CHECK_OK(expr)                             \
  do {                                                  \
    if (auto sild_status = (expr); !sild_status.ok()) { \
      return sild_status;                               \
    }                                                   \
  } while (false)

#define SILD_TRY_IMPL(result, declaration, expr) \
  auto result = (expr);                          \
  if (!result.ok()) {                            \
    return std::move(result).status();           \
  }                                              \
  declaration = *std::move(result)
#define SILD_CONCAT(a, b) SILD_CONCAT_IMPL(a, b)
#define SILD_CONCAT_IMPL(a, b) a##b

// NOLINTEND(bugprone-macro-parentheses)
