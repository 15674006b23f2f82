#!/usr/bin/env bash
# What a server that stands on another node costs: les/5 state proofs from one that has
# the chain in its own process beside one that asks a go-ethereum over JSON-RPC, how
# many requests that go-ethereum gets for each of theirs, and how much longer they take.
#
#   tools/attached-bench.sh [SECONDS [ROUNDS]]     10 3
#
# Cold: every request is for an account that nobody asked for before. Warm: for one of
# 200 that have all been asked for. Both servers are alive all the time and asked in
# turns. What is built and the chain are kept in a folder in the user's cache
# (ATTACHED_BENCH_DIR).
set -euo pipefail

seconds=${1:-10} rounds=${2:-3} accounts=20000
dir=${ATTACHED_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/attached-bench}
mkdir -p "$dir"
here=$(cd "$(dirname "$0")/.." && pwd)

echo "building" >&2
(cd "$here" && go build -o "$dir/candela" ./cmd/candela)
geth=$("$here/tools/geth.sh" 1.17.8)
cd "$dir"
[ -s genesis.json ] || ./candela bench genesis --accounts "$accounts" >genesis.json
if [ ! -d geth ]; then
	"$geth" --datadir geth.new init genesis.json 2>geth-init.log
	mv geth.new geth
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

# await FILE PATTERN: the first match in a growing file, within a minute
await() {
	for _ in $(seq 600); do
		if grep -om1 "$2" "$1" 2>/dev/null; then return; fi
		sleep 0.1
	done
	echo "no $2 in $1" >&2
	return 1
}

"$geth" --datadir geth --syncmode full --nodiscover --maxpeers 0 --port 0 --authrpc.port 18661 --ipcdisable \
	--http --http.port 18660 --http.api eth,net,web3,debug 2>geth.log &
pids+=($!)
await geth.log 'HTTP server started' >/dev/null

# Not the same data directory: go-ethereum locks its own.
./candela serve --datadir embedded --genesis genesis.json --addr 127.0.0.1 --port 0 --max-clients 1100 \
	--log.level error >embedded.out 2>embedded.log &
pids+=($!)
embedded_url=$(await embedded.out 'enode://[^ ]*')
./candela serve --datadir attached --node http://127.0.0.1:18660 --genesis genesis.json --addr 127.0.0.1 --port 0 --max-clients 1100 \
	--metrics.addr 127.0.0.1:18662 --log.level error >attached.out 2>attached.log &
pids+=($!)
attached_url=$(await attached.out 'enode://[^ ]*')

# upstream: how many requests the attached server has sent to its node so far
upstream() { curl -sf http://127.0.0.1:18662/metrics | awk '/^candela_node_requests_total/ { n += $2 } END { printf "%d", n }'; }

load() { # load URL CONNECTIONS SECONDS ACCOUNTS SEED
	./candela bench les --target "$1" --les 5 --requests proofs --connections "$2" --duration "$3s" --accounts "$4" \
		--seed "$5" --log.level error --json >result.json
}

printf '| clients | asked for | server | proofs/s | p50 ms | p99 ms | node requests a proof | errors | stops |\n|---|---|---|---|---|---|---|---|---|\n'
seed=$(date +%s) # cold also beside what an earlier run left in the node
for connections in 1 1000; do
	for what in cold warm; do
		# The benchmark draws from this many accounts; those that do not exist are proven absent.
		[ "$what" = cold ] && drawn=$((1 << 40)) || drawn=200
		for _ in $(seq "$rounds"); do
			for who in embedded attached; do
				url=${who}_url
				seed=$((seed + 1))
				[ "$what" = cold ] || load "${!url}" 1 3 "$drawn" "$seed"
				before=$(upstream)
				load "${!url}" "$connections" "$seconds" "$drawn" "$seed"
				after=$(upstream)
				node -e '
					const [what, who, asked] = process.argv.slice(1);
					const r = JSON.parse(require("fs").readFileSync("result.json"));
					const each = who === "attached" ? (asked / r.replies).toFixed(3) : "";
					console.log(`| ${r.connections} | ${what} | ${who} | ${r.requestsPerSecond.toFixed(0)} | ${r.p50Ms.toFixed(2)} | ${r.p99Ms.toFixed(2)} | ${each} | ${r.errors} | ${r.stops} |`);
				' "$what" "$who" $((after - before))
			done
		done
	done
done
