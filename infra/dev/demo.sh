#!/usr/bin/env bash
# From a clone to a dashboard: builds the program, then lives through simulated weeks, one hourly run after the other,
# with an operator who does what the program recommends. Prints what happened; the last line is the page to open.
#
#   infra/dev/demo.sh                 five weeks with the default seed, in build/demo
#   infra/dev/demo.sh --weeks 2       fewer hours
#   infra/dev/demo.sh --seed 7        another market
#   infra/dev/demo.sh --into FOLDER   another place; what an earlier demo left there is removed
#
# With GRIDEXIT=PROGRAM in the environment nothing is built and that program is used.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export TZ=UTC

weeks=5
exchange=simulated
demo=$root/build/demo
while (($#)); do
  case $1 in
    --weeks) weeks=${2:?number of weeks}; shift 2 ;;
    --seed) exchange=simulated:${2:?seed}; shift 2 ;;
    --into) demo=$(realpath -m "${2:?folder}"); shift 2 ;;
    *) echo "demo.sh: unknown option $1 (known: --weeks, --seed, --into)" >&2; exit 2 ;;
  esac
done
if [[ ! $weeks =~ ^[1-9][0-9]?$ ]]; then
  echo "demo.sh: --weeks takes a number from 1 to 99, not $weeks" >&2
  exit 2
fi
if [[ -e $demo && ! -e $demo/data/HEAD ]]; then
  echo "demo.sh: $demo exists and is not a demo; choose another folder with --into" >&2
  exit 2
fi

symbol=ETH-USDT
# Chosen for its story: the five weeks end in an hour that asks for a decision.
first_hour=$(date -d 2024-03-07T13:00Z +%s)
hours=$((weeks * 7 * 24))
# What the last hourly run said.
state='' verdict='' action='' decision='' report=''
# What the operator has, and what the story still has to tell.
grid='' results='' last_state='' alarm_since=0 alarm_why='' gates_passed=0 gates_best=0 failed_since=0
warnings=0 false_alarms=0 exits=0 grids=0

show_progress() { [[ ! -t 2 ]] || printf '\r\033[Khour %d of %d' "$1" "$hours" >&2; }
hide_progress() { [[ ! -t 2 ]] || printf '\r\033[K' >&2; }
say() {
  hide_progress
  printf '%(%a %d %b %H:%M)T  %-22s  %s\n' "$now" "$1" "$2"
}

# A demo that hides errors shows nothing.
give_up() {
  hide_progress
  echo "demo.sh: gridexit $1 ended with $2; the end of $demo/log.json:" >&2
  tail -n 3 "$demo/log.json" >&2
  exit "$2"
}

# A command of the operator, answered in JSON.
operate() {
  answer=$("$gridexit" "$@" --repo "$demo/data" -o json --log-format json 2>>"$demo/log.json") || give_up "$1 ${2:-}" $?
}

# The first value of a key in the JSON of $1; empty when it is null or absent.
value_of() { [[ $1 =~ \"$2\":\ *\"?([^\",[:space:]]+) && ${BASH_REMATCH[1]} != null ]] && value=${BASH_REMATCH[1]} || value=''; }

stamp() { printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' "$now"; }

# The record of the present hour, as it was committed.
record() {
  local path
  printf -v path '%(%Y/%m/%d/%Y-%m-%d-%H)T' $((now - now % 3600))
  git -C "$demo/data" show "HEAD:metrics/$symbol/$path.yaml"
}

# Why the state changed, as the message of the hour's commit lists it: the first condition with its figure, then names.
# The newest commit may be another: a day's figures come after its last hour.
why() {
  local line first='' others='' count=0
  while read -r line; do
    [[ $line =~ ^-\ ([a-z_]+):\ (.*) ]] || continue
    count=$((count + 1))
    if ((count == 1)); then first="${BASH_REMATCH[1]//_/ }, ${BASH_REMATCH[2]%%, *}"; fi
    if ((count == 2 || count == 3)); then others+="; ${BASH_REMATCH[1]//_/ }"; fi
  done < <(git -C "$demo/data" log -1 --format=%b --grep="^$symbol ")
  ((count <= 3)) || others+="; $((count - 3)) more"
  reasons=$first$others
}

run_hour() {
  local outcome=0
  stamp
  report=$("$gridexit" run --at "$at" --exchange "$exchange" --repo "$demo/data" -o json --log-format json \
    2>>"$demo/log.json") || outcome=$?
  case $outcome in
    0) ;;
    4 | 5)
      action=''
      ((failed_since)) || failed_since=$now
      return ;;
    *) give_up "run --at $at" "$outcome" ;;
  esac
  if ((failed_since)); then
    say 'data are back' "no evaluation for $(((now - failed_since) / 3600)) h: the simulated exchange gave no candles"
    failed_since=0
  fi
  value_of "$report" state; state=$value
  value_of "$report" verdict; verdict=$value
  value_of "$report" action; action=$value
  value_of "$report" decision_id; decision=$value
}

# A warning is told once it is over, a higher state at once.
tell_state() {
  [[ $state != "$last_state" ]] || return 0
  case $state in
    WARNING)
      why
      warnings=$((warnings + 1)) alarm_since=$now alarm_why=$reasons ;;
    NORMAL)
      if ((alarm_since)); then
        false_alarms=$((false_alarms + 1))
        say "WARNING for $(((now - alarm_since) / 3600)) h, calm" "from $(date -d "@$alarm_since" +'%d %b %H:%M'): $alarm_why"
      fi
      alarm_since=0 ;;
    *)
      why
      if ((alarm_since)); then
        now=$alarm_since say WARNING "$alarm_why"
        alarm_since=0
      fi
      say "$state" "$reasons" ;;
  esac
  last_state=$state
}

tell_gates() {
  local passed
  passed=$(record | grep -c '{name: .* count: 3, values' || true)
  # The first gate comes and goes in any calm night; that is told once for each wait.
  if ((passed > gates_passed && (passed > 1 || gates_best == 0))); then
    say "$passed of 3 gates passed" "$verdict"
  elif ((passed < gates_passed && gates_passed > 1)); then
    say "$passed of 3 gates passed" "$verdict; a gate closed again"
  fi
  gates_passed=$passed
  ((passed <= gates_best)) || gates_best=$passed
}

# What the operator does, 20 minutes after the hour.
start_grid() {
  now=$((now + 1200)); stamp
  operate grid start --symbol $symbol "$@" --at "$at"
  value_of "$answer" grid_id; grid=$value
  grids=$((grids + 1)) last_state=NORMAL gates_passed=0 gates_best=0
  operate grid show "$grid"
  value_of "$answer" lower; local lower=$value
  value_of "$answer" upper; local upper=$value
  value_of "$answer" stop_loss
  say 'operator: grid start' "$grid from $lower to $upper, stop-loss $value"
}

# The first grid is one that the operator happens to have: 9 % around the present price.
start_first_grid() {
  value_of "$report" close
  local bounds
  bounds=$(awk -v c="$value" 'BEGIN { printf "--lower %.2f --upper %.2f --stop-loss %.2f", c*.91, c*1.09, c*.87 }')
  # shellcheck disable=SC2086  # three options and their values
  start_grid $bounds --cells 14 --capital 800
}

stop_grid() {
  local result
  result=$(record | awk '$1 == "pnl:" { printf "%+.2f USDT", $2 }')
  now=$((now + 1200)); stamp
  operate grid stop --reason "recommended: $state" --at "$at"
  say 'operator: grid stop' "$grid at $result (estimated from simulated candles)"
  results+="  $grid $result"
  exits=$((exits + 1)) grid='' last_state='' alarm_since=0
}

start_proposed_grid() {
  say "$action" "$decision, valid for 4 h"
  start_grid --decision "$decision"
}

check_repository() {
  local findings
  if findings=$(git -C "$1" fsck --strict --no-progress 2>&1) && [[ ! $findings =~ error|missing|corrupt ]]; then
    checked='git fsck --strict: clean'
  else
    checked="git fsck --strict: $findings"
  fi
}

tell_end() {
  local commits head pnl turn=''
  [[ $action != STOP_GRID && $action != CREATE_* ]] || turn='. Your turn.'
  commits=$(git -C "$demo/data" rev-list --count HEAD)
  head=$(git -C "$demo/data" rev-parse HEAD)
  echo
  if [[ -n $grid ]]; then
    pnl=$(record | awk '$1 == "pnl:" { printf "%+.2f USDT", $2 }')
    echo "now       $grid runs: ${state:-not evaluated}${pnl:+ at $pnl}; recommended: ${action:-nothing}$turn"
  else
    echo "now       no grid runs; recommended: ${action:-nothing}$turn"
  fi
  echo "results   $grids grids of at most 800 USDT; stopped:${results:-  none} (estimated, simulated)"
  echo "signals   warnings $warnings, of them false alarms $false_alarms; exits $exits"
  check_repository "$demo/data"
  echo "records   $commits commits in $demo/data ($(du -sh "$demo/data" | cut -f1)); $checked"
  if [[ $head == "$(git -C "$demo/remote.git" rev-parse main)" ]]; then
    echo "remote    $demo/remote.git has all of them"
  else
    echo "remote    $demo/remote.git LAGS BEHIND"
  fi
  echo "time      $hours hourly runs in $((SECONDS - began)) s"
  echo
  echo "why the last decision was taken:  ${gridexit#"$PWD"/} explain --repo ${demo#"$PWD"/}/data --symbol $symbol"
  echo "SIMULATED market, invented prices. The page to open:"
  echo "$demo/pages/dashboards/index.html"
}

cd "$root"
gridexit=${GRIDEXIT:-$root/build/release/gridexit}
if [[ -z ${GRIDEXIT:-} ]]; then
  infra/dev/bootstrap.sh --build
  cmake --preset release >/dev/null
  cmake --build --preset release --target gridexit --parallel "$(nproc)"
fi
rm -rf "$demo"
mkdir -p "$demo"
export MARKET_MAKER_DASHBOARD_PATH=$demo/pages
began=$SECONDS
operate init --symbol $symbol --exchange "$exchange" --remote "$demo/remote.git" --capital 1000
cat <<EOF

SIMULATED MARKET ($exchange): no price, grid or result below is real.
$symbol, $weeks weeks, one run of gridexit an hour; the operator follows what it recommends.

EOF
for ((hour = 0; hour < hours; ++hour)); do
  show_progress "$hour"
  # Each push leaves a pack; a server packs them together by itself, a bare folder does not.
  ((hour % 168)) || git -C "$demo/remote.git" repack -adq
  now=$((first_hour + hour * 3600))
  run_hour
  # The last hour's answer is left to whoever opens the page.
  ((hour < hours - 1)) && operator=there || operator=gone
  if ((hour == 0)); then
    start_first_grid
  elif [[ -n $action && -n $grid ]]; then
    tell_state
    [[ $action$operator != STOP_GRIDthere ]] || stop_grid
  elif [[ -n $action ]]; then
    tell_gates
    [[ $action$operator != CREATE_*there ]] || start_proposed_grid
  fi
done
hide_progress
tell_end
