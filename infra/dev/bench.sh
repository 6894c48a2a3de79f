#!/usr/bin/env bash
# Builds the program as it ships and the benchmarks, and prints one table: every budget with its figure and the command
# that measured it. Nothing here fails because of a time. Takes about five minutes.
#
#   infra/dev/bench.sh                 with real candles of $GRIDEXIT_SHARED (default ../shared), else simulated
#   infra/dev/bench.sh --simulated     with simulated candles in any case
#   infra/dev/bench.sh --into FOLDER   the repositories there (default: build/bench/work, so that the disk counts)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
options=("$@")
while (($#)); do
  case $1 in
    --simulated) shift ;;
    --into) shift 2 || { echo "bench.sh: --into takes a folder" >&2; exit 2; } ;;
    *) echo "bench.sh: unknown option $1 (known: --simulated, --into)" >&2; exit 2 ;;
  esac
done
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DGRIDEXIT_BENCH=ON >/dev/null
cmake --build build/bench --parallel "$(nproc)" --target gridexit tests/bench/all >/dev/null
exec python3 -B tests/bench/table.py --build build/bench --into build/bench/work "${options[@]}"
