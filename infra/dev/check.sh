#!/usr/bin/env bash
# What takes longer than test.sh: formatting, the second compiler, the sanitizers, clang-tidy, fuzzing, repeated kill
# tests and benchmarks. Stops at the first step that fails.
#
#   infra/dev/check.sh                      all steps, 120 s for each fuzz target
#   infra/dev/check.sh --fuzz-seconds 20    shorter fuzzing
#   infra/dev/check.sh --only asan          one step: format clang asan tsan tidy same-bytes fuzz kill bench
#   infra/dev/check.sh --fix-format         formats the sources in place, nothing else
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
jobs=$(nproc)
steps=(format clang asan tsan tidy same-bytes fuzz kill bench)
fuzz_seconds=120

sources() { git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp'; }

build_and_test() {  # preset [ctest options]
  local preset=$1
  shift
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --parallel "$jobs"
  ctest --test-dir "build/$preset" --parallel "$jobs" --output-on-failure --no-tests=error "$@"
}

step_format() { sources | xargs clang-format --dry-run -Werror; }
step_clang() { build_and_test clang; }
step_asan() { build_and_test asan; }

# Threads exist in adapters and in the backtest's sweep only.
step_tsan() { build_and_test tsan -R '^(adapters_|backtest|pipeline)'; }

step_tidy() {
  cmake --preset clang >/dev/null
  python3 infra/dev/tidy.py build/clang "$jobs"
}

# A few hours of a simulated market, and of the real one where its candles are at hand.
evaluations() {  # program
  local program=$1 hour candles=${GRIDEXIT_SHARED:-../shared}/data
  for hour in 01T12 07T05 13T22 20T00; do
    "$program" evaluate --symbol ETH-USDT --exchange simulated --at "2024-03-$hour:00:00Z" -o json || return
    [[ ! -d $candles ]] ||
      "$program" evaluate --symbol ETH-USDT --exchange "archive:$candles" --at "2025-04-$hour:00:00Z" -o json || return
  done
}

# The same evaluations by both compilers, debug and release, must be the same bytes; and no hour of a month may depend
# on what comes after it.
step_same_bytes() {
  local preset first='' hash
  for preset in dev release clang clang-release; do
    cmake --preset $preset >/dev/null
    cmake --build --preset $preset --target gridexit --parallel "$jobs" >/dev/null
    # The commit that the program names is an input of its build, not a result.
    hash=$(evaluations "build/$preset/gridexit" | sed -E 's/"commit": ?"[^"]*"/"commit":""/' | sha256sum)
    echo "$preset ${hash%% *}"
    [[ -z $first || $first == "$hash" ]] || { echo "check.sh: $preset gives other bytes" >&2; return 1; }
    first=$hash
  done
  GRIDEXIT="$root/build/release/gridexit" GRIDEXIT_E2E_STRIDE=1 python3 -B tests/e2e/same_bytes_test.py || (($? == 77))
}

# One line per target; what it found to be interesting is thrown away, what it found to be wrong is kept.
fuzz_one() {  # program seconds
  local name corpus log outcome=0 before
  name=$(basename "$1")
  log=build/fuzz/$name.log
  corpus=$(mktemp -d)
  find tests/fuzz -path "*/corpus/${name#fuzz_}/*" -type f -exec cp -t "$corpus" {} +
  before=$(find "$corpus" -type f | wc -l)
  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "$1" -max_total_time="$2" -rss_limit_mb=2048 -timeout=10 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/$name-" "$corpus" >"$log" 2>&1 || outcome=$?
  printf '%-18s %5d s %11d executions, corpus %d -> %d\n' "$name" "$2" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$before" "$(find "$corpus" -type f | wc -l)"
  rm -r "$corpus"
  ((outcome == 0)) || { tail -n 40 "$log" >&2; return 255; }
}

step_fuzz() {
  cmake --preset fuzz >/dev/null
  cmake --build --preset fuzz --target tests/fuzz/all --parallel "$jobs" >/dev/null
  local targets
  mapfile -t targets < <(find build/fuzz/tests/fuzz -type f -executable -name 'fuzz_*' | sort)
  ((${#targets[@]})) || { echo "check.sh: no fuzz targets were built" >&2; return 1; }
  export -f fuzz_one
  printf '%s\n' "${targets[@]}" |
    xargs --max-procs="$jobs" -I{} bash -euo pipefail -c 'fuzz_one "$@"' fuzz {} "$fuzz_seconds"
}

step_kill() {
  cmake --preset dev >/dev/null
  cmake --build --preset dev --parallel "$jobs" >/dev/null
  ctest --test-dir build/dev -R '[Kk]ill' -E '^e2e\.' --repeat until-fail:5 --output-on-failure --no-tests=error
  cmake --preset release >/dev/null
  cmake --build --preset release --target gridexit --parallel "$jobs" >/dev/null
  GRIDEXIT="$root/build/release/gridexit" GRIDEXIT_KILLS=500 python3 -B tests/e2e/kill_test.py
}

step_bench() { infra/dev/bench.sh; }

while (($#)); do
  case $1 in
    --fuzz-seconds) fuzz_seconds=${2:?seconds}; shift 2 ;;
    --only) steps=("${2:?step}"); shift 2 ;;
    --fix-format) sources | xargs clang-format -i; exit ;;
    *) echo "check.sh: unknown option $1 (see the head of this file)" >&2; exit 2 ;;
  esac
done

infra/dev/bootstrap.sh --check
for step in "${steps[@]}"; do
  run=step_${step//-/_}
  declare -F "$run" >/dev/null || { echo "check.sh: unknown step $step" >&2; exit 2; }
  echo "== $step"
  $run
done
echo "check: ${steps[*]}: all passed"
