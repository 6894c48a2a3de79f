#!/usr/bin/env bash
# From a clone to a tested build: what every change must pass, and all that CI runs.
#
#   infra/dev/test.sh               builds the dev preset and runs the whole suite
#   infra/dev/test.sh --coverage    the same instrumented; prints line coverage, in total and of the domain core
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

preset=dev
case ${1-} in
  '') ;;
  --coverage) preset=coverage ;;
  *) echo "test.sh: unknown option $1 (known: --coverage)" >&2; exit 2 ;;
esac

if [[ $preset == coverage ]]; then
  infra/dev/bootstrap.sh --check
else
  infra/dev/bootstrap.sh
fi
cmake --preset $preset >/dev/null
cmake --build --preset $preset --parallel "$(nproc)"
if [[ $preset == coverage ]]; then
  find build/coverage -name '*.gcda' -delete
fi
ctest --test-dir build/$preset --parallel "$(nproc)" --output-on-failure --no-tests=error
[[ $preset == coverage ]] || exit 0

core_modules=(base domain integrity metrics regime exit_state gates simulation position decision evaluation kpi
              backtest audit)
core=()
for module in "${core_modules[@]}"; do
  core+=("$root/src/$module/*" "$root/include/gridexit/$module/*")
done
cd build/coverage
capture=(lcov --quiet --capture --directory . --base-directory "$root" --no-external)
# With a baseline, so that a file that no test reaches counts as not covered.
"${capture[@]}" --initial --output-file baseline.info 2>lcov.log
"${capture[@]}" --output-file executed.info 2>>lcov.log
lcov --quiet --add-tracefile baseline.info --add-tracefile executed.info --output-file everything.info
lcov --quiet --extract everything.info "$root/src/*" "$root/include/*" --output-file product.info
lcov --quiet --extract product.info "${core[@]}" --output-file core.info
line_coverage() { lcov --summary "$1" 2>&1 | sed -n 's/^ *lines\.*: *//p'; }
echo "line coverage, total:       $(line_coverage product.info)"
echo "line coverage, domain core: $(line_coverage core.info)"
