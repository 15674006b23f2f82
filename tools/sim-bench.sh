#!/usr/bin/env bash
# Plays the markets of docs/bench/sim.md, says what they come to, and renews the charts that the page shows.
#
#   tools/sim-bench.sh [SCENARIO...]     all but million, which takes minutes and some 10 GB
#
# SEED is 1 if not said. All files are kept in SIM_BENCH_DIR (a folder in the user's cache).
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
dir=${SIM_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/sim-bench}
page=$here/docs/bench/sim.md
[ $# -gt 0 ] || set -- small honest liars plenty free storms cheats

mkdir -p "$dir" "${page%.md}"
(cd "$here" && go build -o "$dir/candela" ./cmd/candela)
for scenario; do
	"$dir/candela" sim "$here/sim/scenarios/$scenario.yaml" --seed "${SEED:-1}" --out "$dir/$scenario" 2>"$dir/$scenario.log"
	for chart in $(grep -o "sim/$scenario-[a-z]*\.svg" "$page" | sort -u); do
		name=${chart##*-}
		cp "$dir/$scenario/$name" "${page%.md}/$scenario-$name"
	done
done
