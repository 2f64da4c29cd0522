# Sourced by prepare.sh: which Orleans to build on. ORLEANS_PACKAGES=true|false decides; else orleans.props does, which
# the first command writes after it asked the package feed once.
# shellcheck shell=bash

probe_timeout_s=60
probe_silence_s=5

# Sets 'orleans' (official or embedded) and 'orleans_argument' (for MSBuild), and says why in 'OrleansPackagesReason':
# MSBuild reads the environment as properties, and the service names the reason in its first line.
choose_orleans() {
  local answer
  case ${ORLEANS_PACKAGES:-} in
    '')
      if [[ ! -f orleans.props ]]; then ask_feed; fi
      answer=$(remembered OrleansPackages)
      OrleansPackagesReason=$(remembered OrleansPackagesReason)
      ;;
    true | false)
      answer=$ORLEANS_PACKAGES
      OrleansPackagesReason="ORLEANS_PACKAGES=$ORLEANS_PACKAGES says so"
      ;;
    *)
      say "ORLEANS_PACKAGES is '$ORLEANS_PACKAGES': it must be true (official packages) or false (embedded engine)."
      exit 2
      ;;
  esac

  export OrleansPackagesReason=${OrleansPackagesReason:-orleans.props says so}
  orleans=embedded
  if [[ $answer == true ]]; then orleans=official; fi
  orleans_argument=-p:OrleansPackages=${answer:-false}
}

# What the build is told beyond orleans.props, as a word that changes when the answer does.
orleans_choice() { printf '%s' "${ORLEANS_PACKAGES:-auto}"; }

# Which one it is, and why.
describe_orleans() {
  local name='the embedded engine'
  if [[ $orleans == official ]]; then name='the official Orleans packages'; fi
  printf '%s (%s)' "$name" "$OrleansPackagesReason"
}

# A property in orleans.props.
remembered() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" orleans.props; }

# Restores what a build on the official packages restores, with the user's NuGet configuration. Never fails: whatever
# comes of it is an answer, and is remembered.
ask_feed() {
  mkdir -p artifacts
  local log status=0; log=$(mktemp artifacts/orleans-probe.XXXXXX)
  say_later "Asking the package feed for the official Orleans packages, once and for $probe_timeout_s s at most ..."
  DOTNET_CLI_USE_MSBUILD_SERVER=0 timeout -k 5 "$probe_timeout_s" \
    dotnet restore .build/OrleansProbe.csproj -p:OrleansPackages=true -v q --nologo -m:1 -nodeReuse:false \
    </dev/null >"$log" 2>&1 || status=$?
  say_no_more

  if [[ $status == 0 ]]; then
    remember_orleans true "the package feed has them"
  elif [[ $status == 124 || $status == 137 ]]; then
    remember_orleans false "the package feed did not answer within $probe_timeout_s s; $ask_again"
  else
    remember_orleans false "$(reason_for_no "$log")"
  fi
  rm -f "$log"
}

ask_again='delete orleans.props to ask it again'

# A feed that answers at once needs no word.
say_later() {
  (sleep "$probe_silence_s" >/dev/null 2>&1 && say "$1") &
  say_later_pid=$!
}

say_no_more() {
  kill "$say_later_pid" 2>/dev/null || true
  wait "$say_later_pid" 2>/dev/null || true
}

# The packages that are missing, in words; only their names leave the log, never an address.
reason_for_no() {
  local missing
  missing=$(sed -n 's/.*error NU110[0-9]: Unable to find package \([A-Za-z0-9.]*[A-Za-z0-9]\).*/\1/p' "$1" | sort -u)
  if [[ -n $missing ]]; then
    local count; count=$(wc -l <<<"$missing")
    printf 'the package feed lacks %s' "$(head -n 2 <<<"$missing" | paste -sd ' ' | sed 's/ /, /')"
    if ((count > 2)); then printf ' and %s more' "$((count - 2))"; fi
  elif grep -q 'error NU1[012456]' "$1"; then
    printf 'the versions in the package feed do not fit together'
  else
    printf 'the package feed could not be asked; %s' "$ask_again"
  fi
}

# A machine on which nothing could be built because it was offline gets another chance.
forget_unanswered_feed() {
  if [[ -f orleans.props ]] && grep -q "$ask_again" orleans.props; then rm -f orleans.props; fi
}

remember_orleans() {
  local written; written=$(mktemp orleans.props.XXXXXX)
  cat >"$written" <<EOF
<Project>
  <!-- Written once by ./run, ./test or ./bench; delete it to ask the package feed again. -->
  <PropertyGroup>
    <OrleansPackages>$1</OrleansPackages>
    <OrleansPackagesReason>$2</OrleansPackagesReason>
  </PropertyGroup>
</Project>
EOF
  mv -f "$written" orleans.props
}
