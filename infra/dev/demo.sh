#!/usr/bin/env bash
# From a clone to a dashboard: builds the program, then lives through simulated weeks, one hourly run after the other,
# with an operator who does what the program recommends. Prints what happened; the last line is the page to open.
#
#   infra/dev/demo.sh                 six weeks with the default seed, in build/demo
#   infra/dev/demo.sh --weeks 2       fewer hours
#   infra/dev/demo.sh --seed 7        another market
#   infra/dev/demo.sh --into FOLDER   another place; what an earlier demo left there is removed
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
export TZ=UTC

weeks=6
exchange=simulated
demo=$root/build/demo
while (($#)); do
  case $1 in
    --weeks) weeks=${2:?number of weeks}; shift 2 ;;
    --seed) exchange=simulated:${2:?seed}; shift 2 ;;
    --into) demo=${2:?folder}; shift 2 ;;
    *) echo "demo.sh: unknown option $1 (known: --weeks, --seed, --into)" >&2; exit 2 ;;
  esac
done
symbol=ETH-USDT
first_hour=$(date -d 2024-03-04T00:00Z +%s)
hours=$((weeks * 7 * 24))

infra/dev/bootstrap.sh
cmake --preset release >/dev/null
cmake --build --preset release --target gridexit --parallel "$(nproc)"
gridexit=$root/build/release/gridexit

if [[ -e $demo && ! -e $demo/data/HEAD ]]; then
  echo "demo.sh: $demo exists and is not a demo; choose another folder with --into" >&2
  exit 2
fi
rm -rf "$demo"
mkdir -p "$demo"
export MARKET_MAKER_REPOSITORY_BASE_PATH=$demo/data MARKET_MAKER_DASHBOARD_PATH=$demo/pages
common=(--repo "$demo/data" --log-format json)

say() { printf '%(%Y-%m-%d %H:%M)T  %s\n' "$now" "$*"; }

# A command of the operator; what fails is shown, because a demo that hides errors shows nothing.
tell() {
  "$gridexit" "$@" "${common[@]}" 2>>"$demo/log.json" && return
  local code=$?
  echo "demo.sh: gridexit $* ended with $code; the end of its log:" >&2
  tail -n 3 "$demo/log.json" >&2
  return $code
}

# The first text value of a key in the JSON of `report`; empty when there is none.
value_of() { [[ $report =~ \"$1\":\ *\"([^\"]*)\" ]] && value=${BASH_REMATCH[1]} || value=''; }

stamp() { printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' "$now"; }

evaluate_hour() {
  local outcome=0
  stamp
  report=$("$gridexit" run --at "$at" --exchange "$exchange" -o json "${common[@]}" 2>>"$demo/log.json") || outcome=$?
  case $outcome in
    0) ;;
    4 | 5) say "the market's data fail (exit $outcome); the program says so and tries again in an hour" ;;
    *)
      echo "demo.sh: the run of $at ended with $outcome; the end of its log:" >&2
      tail -n 3 "$demo/log.json" >&2
      exit "$outcome" ;;
  esac
  value_of action; action=$value
  value_of state; state=$value
  value_of verdict; verdict=$value
  value_of decision_id; decision=$value
}

# The grid that the operator happens to have: 7 % around the present price.
start_first_grid() {
  [[ $report =~ \"close\":\ *([0-9.]+) ]]
  read -r lower upper stop < <(awk -v c="${BASH_REMATCH[1]}" 'BEGIN { printf "%.2f %.2f %.2f\n", c*.93, c*1.07, c*.89 }')
  now=$((now + 600)); stamp
  tell grid start --symbol $symbol --lower "$lower" --upper "$upper" --cells 12 --stop-loss "$stop" --capital 800 \
    --at "$at" >/dev/null
  say "the operator starts a grid from $lower to $upper, stop-loss $stop"
}

stop_grid() {
  now=$((now + 1200)); stamp
  tell grid stop --reason "recommended: $state" --at "$at" >/dev/null
  say "the operator stops the grid"
  grid_runs=false
}

start_proposed_grid() {
  now=$((now + 1200)); stamp
  tell grid start --decision "$decision" --at "$at" >/dev/null
  say "the operator starts the proposed grid"
  grid_runs=true
}

tell init --symbol $symbol --exchange "$exchange" --remote "$demo/remote.git" --capital 1000 >/dev/null
echo "Simulated market ($exchange), $weeks weeks of hourly runs of $symbol. Nothing here is a real price."
echo
began=$SECONDS
now=$first_hour
evaluate_hour
start_first_grid
grid_runs=true
last_state='' last_action='' hours_since_stop_signal=0
for ((hour = 1; hour < hours; ++hour)); do
  now=$((first_hour + hour * 3600))
  evaluate_hour
  if [[ $state != "$last_state" || $action != "$last_action" ]]; then
    say "${state:-no grid}, $verdict: $action"
  fi
  last_state=$state last_action=$action
  case $action in
    STOP_GRID)
      # Latest acceptable: the operator takes three hours, as people do. Mandatory: at once.
      hours_since_stop_signal=$((hours_since_stop_signal + 1))
      if $grid_runs && { [[ $state == MANDATORY_EXIT ]] || ((hours_since_stop_signal >= 3)); }; then
        stop_grid
      fi ;;
    CREATE_*) $grid_runs || start_proposed_grid ;;
    *) hours_since_stop_signal=0 ;;
  esac
done

echo
commits=$(git -C "$demo/data" rev-list --count HEAD)
size=$(du -sh "$demo/data" | cut -f1)
echo "$hours hours in $((SECONDS - began)) s, $commits commits, $size; records: git -C $demo/data log"
if [[ $(git -C "$demo/data" rev-parse HEAD) == $(git -C "$demo/remote.git" rev-parse main) ]]; then
  echo "the remote has everything: $demo/remote.git"
else
  echo "the remote lags behind: $demo/remote.git" >&2
fi
index=$(find "$demo/pages" -name index.html -print -quit)
echo "the last decision in words: $gridexit explain --repo $demo/data --symbol $symbol"
echo "${index:?no page was written}"
