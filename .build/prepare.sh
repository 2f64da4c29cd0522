# Sourced by ./run, ./test, ./bench and .ci/run, from the root of the repository: what all of them need first.
# shellcheck shell=bash

configuration=Release
framework=net10.0

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '%s\n' "$*" >&2; }

# Stops with a clear line unless the SDK that global.json asks for is there.
require_sdk() {
  if ! command -v dotnet >/dev/null 2>&1; then
    say "CoffeePayment needs the .NET 10 SDK, but there is no 'dotnet' on the PATH:" \
      "https://dotnet.microsoft.com/download"
    exit 1
  fi
  if ! dotnet --version >/dev/null 2>&1; then
    say "CoffeePayment needs the .NET 10 SDK; there is: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | xargs)"
    exit 1
  fi
}

# Builds the whole solution, or only what ./run needs ('Silo'), if a source is newer than the last build.
build_if_needed() {
  local target=$1
  choose_orleans
  locate_build
  # The engine is a part of the solution, but of nothing that runs on the official packages.
  if [[ $orleans == official && $target == *.sln ]]; then target=Tests; fi
  if ! needs_build "$target"; then return 0; fi

  say "Building $target on $(describe_orleans) ..."
  # Made now, so that the folders that hold them do not look changed by this build.
  local project
  for project in */*.csproj; do mkdir -p "${project%/*}/bin" "${project%/*}/obj"; done
  mkdir -p artifacts
  local stamp; stamp=$(mktemp artifacts/building.XXXXXX)
  printf '%s %s\n' "$(orleans_choice)" "$target" >"$stamp"
  rm -f "$build_stamp"
  if ! dotnet build "$target" -c "$configuration" -v q --nologo -clp:NoSummary "$orleans_argument" \
    </dev/null >"$stamp.log" 2>&1; then
    awk '!seen[$0]++' "$stamp.log" >&2
    rm -f "$stamp" "$stamp.log"
    forget_unanswered_feed
    say "The build failed."
    exit 1
  fi
  rm -f "$stamp.log"
  mv -f "$stamp" "$build_stamp"
}

# Each Orleans has folders of its own, as Directory.Build.props says.
locate_build() {
  local bin=bin
  if [[ $orleans == official ]]; then bin=bin/official; fi
  output=$bin/$configuration/$framework
  silo_dll=Silo/$output/CoffeePayment.Silo.dll
  build_stamp=artifacts/built-$orleans
}

# The stamp says what was built, and its time is when that build began. Directories are compared too: theirs is the only
# time that a deleted file changes.
needs_build() {
  [[ -f $silo_dll && -f $build_stamp ]] || return 0
  local choice built
  read -r choice built <"$build_stamp"
  [[ $choice == "$(orleans_choice)" && ( $built == "$1" || $built != Silo ) ]] || return 0

  local sources=() path
  for path in */*.csproj; do
    [[ $1 == Silo && ( $path == Tests/* || $path == Bench/* ) ]] || sources+=("$(dirname "$path")")
  done
  for path in Directory.* global.json orleans.props BannedSymbols.txt .editorconfig *.sln; do
    [[ -e $path ]] && sources+=("$path")
  done
  [[ -n $(find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -newer "$build_stamp" -print -quit) ]]
}

# shellcheck source=.build/orleans-probe.sh
source .build/orleans-probe.sh
