#!/usr/bin/env bash
# Proofs per second over les/4: candela serve beside go-ethereum 1.10.26, on one
# genesis, under one load, taking turns on the same machine.
#
#   tools/les-bench.sh [ACCOUNTS [SECONDS [ROUNDS]]]     1000000 15 3
#
# Each server has core 0 to itself while it is asked and the load has core 1, so
# that what is measured is the server and not how it shares a core with the load;
# PIN= (empty) lets both use all cores. What is built and the chains are kept in
# LES_BENCH_DIR (a folder in the user's cache). The first run builds go-ethereum
# from the Go proxy, and its million accounts take minutes and 6 GB of memory.
set -euo pipefail

accounts=${1:-1000000} seconds=${2:-15} rounds=${3:-3}
pin=${PIN-yes}
dir=${LES_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/les-bench}
mkdir -p "$dir"
here=$(cd "$(dirname "$0")/.." && pwd)

echo "building" >&2
(cd "$here" && go build -o "$dir/candela" ./cmd/candela)
geth=$("$here/tools/geth.sh" 1.10.26)

cd "$dir"
genesis=genesis-$accounts.json geth_data=geth-$accounts candela_data=candela-$accounts
[ -s "$genesis" ] || ./candela bench genesis --accounts "$accounts" >"$genesis"
if [ ! -d "$geth_data" ]; then
	echo "go-ethereum takes in the genesis" >&2
	"$geth" --datadir "$geth_data.new" init "$genesis" 2>geth-init.log
	mv "$geth_data.new" "$geth_data"
fi

pids=()
stop() { # ends what was started here, at the latest after ten seconds
	for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done
	for _ in $(seq 100); do
		kill -0 "${pids[@]}" 2>/dev/null || return 0
		sleep 0.1
	done
	kill -9 "${pids[@]}" 2>/dev/null || true
}
trap stop EXIT

# await FILE PATTERN: the first match in a growing file, within ten minutes
await() {
	for _ in $(seq 6000); do
		if grep -om1 "$2" "$1" 2>/dev/null; then return; fi
		sleep 0.1
	done
	echo "no $2 in $1" >&2
	return 1
}

rm -f candela.out geth.log
from=()
[ -d "$candela_data" ] || from=(--genesis "$genesis")
./candela serve --datadir "$candela_data" "${from[@]}" --addr 127.0.0.1 --port 30666 \
	--max-clients 300 --cache 1024 >candela.out 2>candela.log &
pids+=($!) candela_pid=$!
"$geth" --datadir "$geth_data" --cache 1024 --networkid 20231 --syncmode full --nodiscover --nat none \
	--port 30667 --authrpc.port 18551 --ipcdisable --maxpeers 400 \
	--light.serve 100 --light.nosyncserve --light.maxpeers 300 2>geth.log &
pids+=($!) geth_pid=$!
candela_url=$(await candela.out 'enode://[^ ]*')
geth_url=$(await geth.log 'enode://[0-9a-f]*')@127.0.0.1:30667
sleep 3

on() { if [ -n "$pin" ]; then taskset -c "$1" "${@:2}"; else "${@:2}"; fi; }
if [ -n "$pin" ]; then
	taskset -acp 0 "$candela_pid" >/dev/null
	taskset -acp 0 "$geth_pid" >/dev/null
fi

# ticks PID: processor time used so far, in hundredths of a second
ticks() { awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$1/stat"; }

printf '| connections | server | proofs/s | p50 ms | p99 ms | server CPU µs/proof | errors | stops |\n|---|---|---|---|---|---|---|---|\n'
for connections in 8 64 200; do
	for _ in $(seq "$rounds"); do
		for who in candela geth; do
			url=${who}_url pid=${who}_pid
			before=$(ticks "${!pid}")
			on 1 ./candela bench les --target "${!url}" --requests proofs --les 4 --log.level error \
				--connections "$connections" --duration "${seconds}s" --json >result.json
			after=$(ticks "${!pid}")
			node -e '
				const [who, ticks] = process.argv.slice(1);
				const r = JSON.parse(require("fs").readFileSync("result.json"));
				const cpu = (ticks * 1e4) / (r.requestsPerSecond * r.seconds);
				console.log(`| ${r.connections} | ${who} | ${r.requestsPerSecond.toFixed(0)} | ${r.p50Ms.toFixed(2)} | ${r.p99Ms.toFixed(2)} | ${cpu.toFixed(1)} | ${r.errors} | ${r.stops} |`);
			' "$who" $((after - before))
		done
	done
done
