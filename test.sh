#!/usr/bin/env bash
# Runs all tests against a freshly published binary. Installs the programs they talk to where it may, and names the
# tests that were skipped where it may not. The last line is "N passed, N failed"; the status is 0 when none failed.
# Arguments go to `dotnet test`, for example: ./test.sh --filter FullyQualifiedName~Lexer
set -uo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
export PATH="$PATH:/usr/sbin:/usr/local/sbin"

# The program a test starts, and the Debian package that has it.
peers=(haproxy:haproxy rsyslogd:rsyslog curl:curl socat:socat chromium:chromium hatop:hatop)

missing() {
  local peer
  for peer in "${peers[@]}"; do
    command -v "${peer%%:*}" >/dev/null || echo "${peer##*:}"
  done
}

mapfile -t packages < <(missing)
if ((${#packages[@]} > 0)); then
  echo "Installing ${packages[*]} ..."
  tools/install "${packages[@]}" || echo "Not installed: ${packages[*]}. Tests that need them are skipped, by name, below."
fi

passed=0
failed=0
skipped=0
finish() {
  local line="$passed passed, $failed failed"
  ((skipped > 0)) && line+=", $skipped skipped"
  echo "$line"
  ((failed == 0 && passed > 0))
  exit
}

if ! tools/publish; then
  echo "The binary could not be published."
  failed=1
  finish
fi

results="$root/artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"
export HAWSER="$root/artifacts/publish/Hawser/release_linux-x64/hawser"
export HAWSER_SKIPPED="$results/skipped"
: >"$HAWSER_SKIPPED"

# One number of the summary that a test run leaves: <Counters total="3" passed="2" failed="1" ... />
counter() {
  sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

for project in test/*/*.csproj; do
  name=$(basename "$project" .csproj)
  report="$results/$name.trx"
  log="$results/$name.log"
  echo "Testing $name ..."
  dotnet test "$project" --nologo -v quiet --results-directory "$results" --logger "trx;LogFileName=$name.trx" "$@" \
    >"$log" 2>&1
  status=$?
  project_passed=0
  project_failed=0
  if [[ -f $report ]]; then
    project_passed=$(counter "$report" passed)
    project_failed=$(counter "$report" failed)
    skipped=$((skipped + $(counter "$report" notExecuted)))
  elif ((status == 0)); then
    continue # A filter that nothing in this project matches.
  fi
  # Not built, crashed or aborted: no count says so.
  ((status != 0 && project_failed == 0)) && project_failed=1
  ((status != 0)) && cat "$log"
  passed=$((passed + project_passed))
  failed=$((failed + project_failed))
done

# A test without its peer ends at once and writes its name here; the runner has counted it as passed.
if [[ -s $HAWSER_SKIPPED ]]; then
  sort -u "$HAWSER_SKIPPED"
  absent=$(wc -l <"$HAWSER_SKIPPED")
  passed=$((passed - absent))
  skipped=$((skipped + absent))
fi

finish
