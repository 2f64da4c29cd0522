# Sourced by prepare.sh: which Orleans to build on. ORLEANS_PACKAGES=true|false decides; else orleans.props does, which
# the first build writes after asking the package feed once.
# shellcheck shell=bash

orleans_argument=
probe_timeout_s=60

# What the build is told beyond orleans.props, as a word that changes when the answer does.
orleans_choice() { printf '%s' "${ORLEANS_PACKAGES:-auto}"; }

choose_given_orleans() {
  case ${ORLEANS_PACKAGES:-} in
    '') ;;
    true | false)
      orleans_argument=-p:OrleansPackages=$ORLEANS_PACKAGES
      # MSBuild reads the environment as properties.
      export OrleansPackagesReason="ORLEANS_PACKAGES=$ORLEANS_PACKAGES says so"
      ;;
    *)
      say "ORLEANS_PACKAGES is '$ORLEANS_PACKAGES': it must be true (official packages) or false (embedded engine)."
      exit 2
      ;;
  esac
}

# Asks the feed unless the answer is given or known. Never fails: without an answer this build uses the embedded engine,
# and the next one asks again.
choose_orleans() {
  if [[ -n ${ORLEANS_PACKAGES:-} || -f orleans.props ]]; then return 0; fi

  say "Asking the package feed once whether it has the official Orleans packages ..."
  mkdir -p artifacts
  local folder; folder=$(mktemp -d artifacts/orleans-probe.XXXXXX)
  write_probe_project "$folder"
  local status=0
  DOTNET_CLI_USE_MSBUILD_SERVER=0 timeout -k 5 "$probe_timeout_s" \
    dotnet restore "$folder/Probe.csproj" -v q --nologo -m:1 -nodeReuse:false \
    </dev/null >"$folder/log" 2>&1 || status=$?

  if [[ $status == 0 ]]; then
    remember_orleans true "the package feed has them"
  elif [[ $status == 124 || $status == 137 ]]; then
    export OrleansPackagesReason="the package feed did not answer within $probe_timeout_s s"
  elif grep -q 'error NU' "$folder/log" && ! grep -q 'error NU13' "$folder/log"; then
    remember_orleans false "$(reason_for_no "$folder/log")"
  else
    export OrleansPackagesReason="the package feed could not be asked"
  fi
  rm -rf "$folder"
}

# A project of its own, in a folder of the repository so that its NuGet configuration counts, outside of our props.
write_probe_project() {
  local package
  printf '<Project />\n' | tee "$1/Directory.Build.props" >"$1/Directory.Build.targets"
  printf '<Project><Import Project="../../Directory.Packages.props" /></Project>\n' >"$1/Directory.Packages.props"
  {
    printf '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><OutputType>Library</OutputType>'
    printf '<TargetFramework>%s</TargetFramework><OrleansPackages>true</OrleansPackages>' "$framework"
    printf '<TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit>'
    printf '<WarningsNotAsErrors>NU1603</WarningsNotAsErrors>'
    printf '</PropertyGroup><ItemGroup>'
    sed -n 's/.*PackageVersion Include="\(Microsoft\.Orleans\.[A-Za-z.]*\|StackExchange\.Redis\)".*/\1/p' \
      Directory.Packages.props |
      while read -r package; do printf '<PackageReference Include="%s" />' "$package"; done
    printf '</ItemGroup></Project>\n'
  } >"$1/Probe.csproj"
}

# The packages that are missing, in words; only their names leave the log, never an address.
reason_for_no() {
  local missing
  missing=$(sed -n 's/.*error NU110[0-9]: Unable to find package \([A-Za-z0-9.]*[A-Za-z0-9]\).*/\1/p' "$1" | sort -u)
  if [[ -z $missing ]]; then
    printf 'the versions in the package feed do not fit together'
    return 0
  fi
  local count; count=$(wc -l <<<"$missing")
  printf 'the package feed lacks %s' "$(head -n 2 <<<"$missing" | paste -sd ' ' | sed 's/ /, /')"
  if ((count > 2)); then printf ' and %s more' "$((count - 2))"; fi
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
