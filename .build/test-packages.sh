# Sourced by ./test and ./bench: the Debian packages that they need beyond the .NET SDK, installed where missing.
# shellcheck shell=bash

# A line for each: the command that shows the package is there, and the package.
test_packages=(
  'redis-server redis-server'
  'systemd-analyze systemd'
  'chromium chromium'
  'prometheus prometheus'
)

install_test_packages() {
  local entry missing=()
  for entry in ${test_packages[@]+"${test_packages[@]}"}; do
    command -v "${entry%% *}" >/dev/null 2>&1 || missing+=("${entry##* }")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if [[ $(id -u) != 0 ]]; then as_root=(sudo -n); fi
  say "Installing ${missing[*]} ..."
  # A fresh machine has no lists of packages yet, and old lists name versions that the mirrors no longer have.
  ${as_root[@]+"${as_root[@]}"} apt-get update -qq </dev/null >&2 ||
    say "apt-get update failed; trying with the old lists."
  if ! ${as_root[@]+"${as_root[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2; then
    say "Could not install ${missing[*]}; what needs them will say so."
  fi
}
