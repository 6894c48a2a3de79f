#!/usr/bin/env bash
# Makes a bare Debian 12 ready to build and test: installs the packages that are missing and the pinned npm packages.
# When everything is there it does nothing and needs no network.
#
#   infra/dev/bootstrap.sh            what building and the test suite need
#   infra/dev/bootstrap.sh --build    what building alone needs (the container image)
#   infra/dev/bootstrap.sh --check    also the second compiler, clang-tidy, clang-format and lcov (check.sh)
#   infra/dev/bootstrap.sh --list     prints the packages of the chosen set, installs nothing
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# "package:command" is satisfied by the command too, wherever it comes from.
packages=(
  g++:g++ cmake:cmake ninja-build:ninja ccache:ccache pkg-config:pkg-config git:git ca-certificates
  libgit2-dev libyaml-dev nlohmann-json3-dev libcurl4-openssl-dev libspdlog-dev libfmt-dev libcli11-dev libssl-dev
  zlib1g-dev nodejs:node npm:npm)
test_packages=(
  libgtest-dev libgmock-dev libbenchmark-dev python3:python3 python3-yaml openssl:openssl chromium:chromium
  openssh-server)
check_packages=(clang:clang++ clang-tidy:clang-tidy clang-format:clang-format lcov:lcov)
npm_folders=(dashboards)

list_only=false
with_tests=true
for option in "$@"; do
  case $option in
    --build) with_tests=false ;;
    --check) test_packages+=("${check_packages[@]}") ;;
    --list) list_only=true ;;
    *) echo "bootstrap.sh: unknown option $option (known: --build, --check, --list)" >&2; exit 2 ;;
  esac
done
if $with_tests; then
  packages+=("${test_packages[@]}")
  npm_folders+=(tests/browser)
fi
if $list_only; then
  printf '%s\n' "${packages[@]%%:*}"
  exit 0
fi

missing_packages() {
  local installed entry
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "${packages[@]%%:*}" 2>/dev/null || true)"
  for entry in "${packages[@]}"; do
    [[ $installed == *" installed:${entry%%:*} "* ]] && continue
    [[ $entry == *:* ]] && command -v "${entry#*:}" >/dev/null && continue
    echo "${entry%%:*}"
  done
}

install_packages() {
  local sudo=()
  if ! command -v apt-get >/dev/null; then
    echo "bootstrap.sh: no apt-get here; install what corresponds to these Debian 12 packages: $*" >&2
    exit 1
  fi
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || { echo "bootstrap.sh: as root or with sudo: apt-get install $*" >&2; exit 1; }
    sudo=(sudo)
  fi
  echo "bootstrap: installing $*"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

mapfile -t missing < <(missing_packages)
if ((${#missing[@]})); then
  install_packages "${missing[@]}"
fi

for folder in "${npm_folders[@]}"; do
  lock=$root/$folder/package-lock.json
  [[ -f $lock ]] || continue
  # npm writes its own record last, so an interrupted installation is repeated.
  if [[ ! -f $root/$folder/node_modules/.package-lock.json ||
        $lock -nt $root/$folder/node_modules/.package-lock.json ]]; then
    echo "bootstrap: npm ci in $folder"
    npm ci --prefix "$root/$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
    touch "$root/$folder/node_modules/.package-lock.json"
  fi
done
