#!/usr/bin/env bash
# Installs what is missing, builds Sild, starts `sildd`, loads the glossaries and the sample memory, and shows
# a look-up and the terms of a sentence. Can be run again and again: what runs or is loaded stays.
# Set SILD_DATA and SILD_SERVER to use another directory or address.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export SILD_DATA=${SILD_DATA:-$PWD/sild-data}
export SILD_SERVER=${SILD_SERVER:-127.0.0.1:7450}
pid_file=$SILD_DATA/sildd.pid
log=$SILD_DATA/sildd.log

.ci/install
cmake --preset release >/dev/null
cmake --build --preset release --target sildd sild
PATH=$PWD/build/release/bin:$PATH

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
run() { say "$@"; "$@"; }

if sild status >/dev/null 2>&1; then
  echo "sildd runs already on $SILD_SERVER."
else
  mkdir -p "$SILD_DATA"
  nohup sildd --data "$SILD_DATA" --listen "$SILD_SERVER" >>"$log" 2>&1 </dev/null &
  echo $! >"$pid_file"
  for _ in $(seq 100); do
    sild status >/dev/null 2>&1 && break
    if ! kill -0 "$(cat "$pid_file")" 2>/dev/null; then
      echo "sildd did not start; the end of $log:" >&2
      tail -n 5 "$log" >&2
      exit 1
    fi
    sleep 0.1
  done
fi
run sild status

sild memory show op-ed >/dev/null 2>&1 || run sild memory create op-ed --display-name "Op-eds (sample)" --source en
run sild memory import op-ed glossaries/sample/op-ed.tmx
sild glossary show world >/dev/null 2>&1 || run sild glossary create world --display-name "World affairs"
run sild glossary import world glossaries/*.tbx

run sild lookup -m op-ed --from en --to et --explain "NATO needs a permanent base in each of the Baltic states."
run sild lookup -m op-ed --from en --to lt "This article was first published on 3 June 2023."
run sild lookup -m op-ed --from ru --to en "Восточное партнёрство никогда не задумывалось как замена гарантиям безопасности."
run sild terms -g world --from en --to et --to lt --to ru "The Eastern Partnership, the CSTO and the European Union all talk of hybrid warfare and spheres of influence."

cat <<EOF

sildd goes on running on $SILD_SERVER, with its data in $SILD_DATA and its log in $log.
Try it:   export PATH=$PWD/build/release/bin:\$PATH
          sild --help
Stop it:  kill \$(cat $pid_file)
EOF
