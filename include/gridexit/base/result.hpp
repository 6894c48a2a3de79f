#pragma once
// Result<T>: a value or an Error, with std::expected's member names (that type is C++23 and not in
// clang 14), so that replacing it later is one alias. No exception crosses a module border.

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "gridexit/base/error.hpp"

namespace gridexit {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// The value; calling it on a failure is a bug of the caller.
  T& value() & {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(has_value());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// The failure; calling it on a value is a bug of the caller.
  const Error& error() const& {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    assert(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }

  T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

 private:
  std::variant<T, Error> state_;
};

/// A call that has nothing to return but may fail.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  const Error& error() const& {
    assert(error_.has_value());
    return *error_;
  }
  Error&& error() && {
    assert(error_.has_value());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace gridexit

#define GX_CONCAT_(a, b) a##b
#define GX_CONCAT(a, b) GX_CONCAT_(a, b)
/// GX_TRY(auto x, call()): declares x with the call's value, or returns the call's error from this
/// function.
#define GX_TRY(declaration, ...)                                                                   \
  auto GX_CONCAT(gx_result_, __LINE__) = (__VA_ARGS__);                                            \
  if (!GX_CONCAT(gx_result_, __LINE__)) return std::move(GX_CONCAT(gx_result_, __LINE__)).error(); \
  declaration = std::move(GX_CONCAT(gx_result_, __LINE__)).value()
/// GX_CHECK(call()): returns the error of a call without a value from this function.
#define GX_CHECK(...) \
  if (auto gx_status = (__VA_ARGS__); !gx_status) return std::move(gx_status).error()
