#!/usr/bin/env bash
# Installs what is missing, builds Sild, starts `sildd`, loads the glossaries and the sample memory, and shows
# a look-up and the terms of a sentence. Can be run again and again: what runs or is loaded stays.
# Set SILD_DATA and SILD_SERVER to use another directory or address.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export SILD_DATA=${SILD_DATA:-$PWD/sild-data}
export SILD_SERVER=${SILD_SERVER:-127.0.0.1:7450}
log=$SILD_DATA/sildd.log

.ci/writable build
.ci/install
cmake --preset release >/dev/null
cmake --build --preset release --target sildd sild
PATH=$PWD/build/release/bin:$PATH

bold='' plain=''
[ -t 1 ] && bold=$'\033[1m' plain=$'\033[0m'
say() { printf '\n%s$ %s%s\n' "$bold" "$*" "$plain"; }
run() { say "$@"; "$@"; }
answers() { sild status --timeout 5 >/dev/null 2>&1; }

# The process id of the sildd that this script started with our address and data, if it runs.
server_pid() {
  local comm arguments
  for comm in $(grep -lx sildd /proc/[0-9]*/comm 2>/dev/null); do
    arguments=$(tr '\0' ' ' <"${comm%comm}cmdline" 2>/dev/null)
    [[ $arguments == *" --data $SILD_DATA --listen $SILD_SERVER " ]] && basename "${comm%/comm}"
  done
  return 0
}

# Starts sildd and returns when it answers, however long it takes to open its data.
start() {
  .ci/writable "$SILD_DATA"
  nohup sildd --data "$SILD_DATA" --listen "$SILD_SERVER" >>"$log" 2>&1 </dev/null &
  until answers; do
    if ! kill -0 $! 2>/dev/null; then
      echo "sildd did not start on $SILD_SERVER with its data in $SILD_DATA; the end of $log:" >&2
      tail -n 1 "$log" >&2
      echo "Set SILD_SERVER or SILD_DATA to use another address or directory." >&2
      exit 1
    fi
    sleep 0.1
  done
}

if answers; then
  echo "sildd runs already on $SILD_SERVER."
else
  start
fi
pid=$(server_pid)
run sild status

sild memory show op-ed >/dev/null 2>&1 || run sild memory create op-ed --display-name "Op-eds (sample)" --source en
run sild memory import op-ed glossaries/sample/op-ed.tmx
sild glossary show world >/dev/null 2>&1 || run sild glossary create world --display-name "World affairs"
run sild glossary import world glossaries/*.tbx

run sild lookup -m op-ed --from en --to et --explain "NATO needs a permanent base in each of the Baltic states."
run sild lookup -m op-ed --from en --to lt "This article was first published on 3 June 2023."
run sild lookup -m op-ed --from ru --to en "Восточное партнёрство никогда не задумывалось как замена гарантиям безопасности."
run sild terms -g world --from en --to et --to lt --to ru "The Eastern Partnership, the CSTO and the European Union all talk of hybrid warfare and of a sphere of influence."
run sild terms -g world --from lt --to en "Rytų partnerystės viršūnių susitikime Lukašenkos nebuvo."
run sild check -g world --from en --to lt --format tsv --fail-on never - <<<$'Belarus left the Eastern Partnership.\tGudija paliko partnerystę.'

printf '\nTry it:   export PATH=%q:$PATH\n          sild --help\n' "$PWD/build/release/bin"
if [ -z "$pid" ]; then
  echo "sildd on $SILD_SERVER was not started by this script with its data in $SILD_DATA: stop it as it was started."
else
  echo "sildd goes on running on $SILD_SERVER, with its data in $SILD_DATA and its log in $log."
  echo "Stop it:  kill $pid"
  if [[ $(readlink "/proc/$pid/exe") == *' (deleted)' ]]; then
    echo "It is older than what was built now: stop it and run this again to use the new one."
  fi
fi
