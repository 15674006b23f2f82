#!/usr/bin/env bash
# What paid clients notice of free ones that ask for more than there is: candela serve
# beside go-ethereum 1.10.26, whose priority clients get a balance by les_addBalance, on
# one genesis, under one load, one after the other on the same machine.
#
#   tools/overload-bench.sh [ACCOUNTS [SECONDS]]     100000 2, of each phase in each round
#
#   ROUNDS=12           rounds of free clients alone, paid ones alone, and all together
#   WARMUP=1500ms       before each measurement
#   LEARN=20s           at the beginning, all together
#   PAID=4 UNITS=10     paid clients, and what candela grants to each
#   FREE=200 CHEATERS=0 free clients, and how many of a thousand do not obey
#   LES=4               protocol; go-ethereum speaks 2 to 4
#   ARGS=               more for candela bench overload, such as --free-batch 8
#   SERVERS=            which ones: "candela geth"
#   METRICS=            where candela serves its metrics meanwhile, such as 127.0.0.1:6060
#
# The server has core 0 to itself and the load core 1; there the paid clients' process
# goes before the free ones' (SCHED_RR for root; others have nice 10 for the free ones and
# should not trust the latencies), so that the load does not measure itself. PIN= (empty) lets all use all cores. What is built and
# the chains are kept in OVERLOAD_BENCH_DIR (a folder in the user's cache).
set -euo pipefail

accounts=${1:-100000} seconds=${2:-2}
paid=${PAID:-4} units=${UNITS:-10} free=${FREE:-200} cheaters=${CHEATERS:-0} les=${LES:-4}
read -ra args <<<"${ARGS-}"
pin=${PIN-yes} seed=1
dir=${OVERLOAD_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/overload-bench}
mkdir -p "$dir"
here=$(cd "$(dirname "$0")/.." && pwd)
port=30676 geth_http=18676

echo "building" >&2
(cd "$here" && go build -o "$dir/candela" ./cmd/candela)

cd "$dir"
genesis=genesis-$accounts.json geth_data=geth-$accounts candela_data=candela-$accounts
[ -s "$genesis" ] || { ./candela bench genesis --accounts "$accounts" >"$genesis.new" && mv "$genesis.new" "$genesis"; }

pid=
stop() { # ends the server, at the latest after ten seconds
	[ -n "$pid" ] || return 0
	kill "$pid" 2>/dev/null || true
	for _ in $(seq 100); do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	kill -9 "$pid" 2>/dev/null || true
	wait "$pid" 2>/dev/null || true
	pid=
}
trap stop EXIT

# await FILE PATTERN: the first match in a growing file, within ten minutes
await() {
	for _ in $(seq 6000); do
		if grep -om1 "$2" "$1" 2>/dev/null; then return; fi
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	echo "no $2 in $1" >&2
	return 1
}

# A server that learns only later that it has one core has measured itself with two.
core=()
[ -z "$pin" ] || core=(taskset -c 0)

# Each starts a server, as $pid, and sets $url; then makes the clients paid ones.
start_candela() {
	rm -f candela.out
	local from=(--genesis "$genesis")
	[ ! -d "$candela_data" ] || from=()
	"${core[@]}" ./candela serve --datadir "$candela_data" "${from[@]}" --addr 127.0.0.1 --port $port \
		--max-clients $((paid + free + 100)) --cache 256 ${METRICS:+--metrics.addr "$METRICS"} >candela.out 2>candela.log &
	pid=$!
	url=$(await candela.out 'enode://[^ ]*')
	./candela bench ids --paid "$paid" --seed $seed | while read -r id; do
		./candela admin grant "$id" "$units" --datadir "$candela_data" >/dev/null
	done
}

start_geth() {
	local geth
	geth=$("$here/tools/geth.sh" 1.10.26)
	if [ ! -d "$geth_data" ]; then
		echo "go-ethereum takes in the genesis" >&2
		"$geth" --datadir "$geth_data.new" init "$genesis" 2>geth-init.log
		mv "$geth_data.new" "$geth_data"
	fi
	rm -f geth.log
	"${core[@]}" "$geth" --datadir "$geth_data" --cache 256 --networkid 20231 --syncmode full --nodiscover --nat none \
		--port $port --authrpc.port $((geth_http + 1)) --ipcdisable --http --http.port $geth_http --http.api les,eth \
		--maxpeers $((paid + free + 200)) \
		--light.serve 100 --light.nosyncserve --light.maxpeers $((paid + free + 100)) 2>geth.log &
	pid=$!
	url=$(await geth.log 'enode://[0-9a-f]*')@127.0.0.1:$port
	await geth.log 'HTTP server started' >/dev/null
	./candela bench ids --paid "$paid" --seed $seed | while read -r id; do
		ask les_addBalance "\"$id\",1000000000000000" >/dev/null
	done
}

# ask METHOD PARAMS: of go-ethereum
ask() {
	local reply
	reply=$(curl -sS -H 'content-type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$1\",\"params\":[$2]}" http://127.0.0.1:$geth_http)
	case $reply in *'"error"'*) echo "$1: $reply" >&2 && return 1 ;; esac
	echo "$reply"
}

where=(--free-nice 10)
[ "$(id -u)" != 0 ] || where+=(--paid-realtime)
[ -z "$pin" ] || where+=(--cpu 1)
rm -f ./*.result.json
for who in ${SERVERS:-candela geth}; do
	"start_$who"
	sleep 3
	./candela bench overload --target "$url" --les "$les" --paid "$paid" --free "$free" --cheaters "$cheaters" --seed $seed \
		--accounts $((accounts < 20000 ? accounts : 20000)) --rounds "${ROUNDS:-12}" --duration "${seconds}s" --warm-up "${WARMUP:-1500ms}" --learn "${LEARN:-20s}" --pid "$pid" \
		"${where[@]}" "${args[@]}" --log.level warn --json >"$who.result.json"
	stop
done

node -e '
	const fs = require("fs");
	const results = process.argv.slice(1).map((who) => [who, JSON.parse(fs.readFileSync(`${who}.result.json`))]);
	const row = (name, f) => console.log(`| ${name} | ${results.map(([, r]) => f(r)).join(" | ")} |`);
	const n = (x, digits = 0) => x.toFixed(digits);
	const r = results[0][1];
	console.log(`${r.paidClients} paid and ${r.freeClients} free clients, ${r.cheaters} of these cheating, ${r.rounds.length} rounds, ${r.seconds} s each phase; ${r.where}\n`);
	row("", (_r, i) => results.find(([, x]) => x === _r)[0]);
	console.log(`|---|${results.map(() => "---|").join("")}`);
	row("paid alone: proofs/s", (r) => n(r.paidAlone.paid.itemsPerSecond));
	row("paid alone: p50 / p99 ms", (r) => `${n(r.paidAlone.paid.p50Ms, 2)} / ${n(r.paidAlone.paid.p99Ms, 2)}`);
	row("paid together: proofs/s", (r) => n(r.together.paid.itemsPerSecond));
	row("paid together: p50 / p99 ms", (r) => `${n(r.together.paid.p50Ms, 2)} / ${n(r.together.paid.p99Ms, 2)}`);
	row("paid: longest ms, alone / together", (r) => `${n(r.paidAlone.paid.longestMs, 1)} / ${n(r.together.paid.longestMs, 1)}`);
	const rounds = (r, f, digits) => { const all = r.rounds.map(f); return `${n(Math.min(...all), digits)} to ${n(Math.max(...all), digits)}`; };
	row("**paid p99, together / alone**", (r) => n(r.paidP99Ratio, 2));
	row("… of a round", (r) => rounds(r, (o) => o.paidP99Ratio, 2));
	row("**paid proofs, together / alone**", (r) => `${n(100 * r.paidThroughputRatio, 1)} %`);
	row("… of a round", (r) => `${rounds(r, (o) => 100 * o.paidThroughputRatio, 1)} %`);
	row("paid: cost served of promised, alone", (r) => `${n((100 * r.paidAlone.paid.costPerMs) / r.paidAlone.paid.promisedPerMs, 1)} %`);
	row("paid requests or connections harmed", (r) => r.paidHarmed);
	row("paid: stops, alone / together", (r) => `${r.paidAlone.paid.stops} / ${r.together.paid.stops}`);
	const free = (p) => p.free.itemsPerSecond + (p.cheaters?.itemsPerSecond ?? 0);
	row("free alone: proofs/s", (r) => n(free(r.freeAlone)));
	row("free together: proofs/s", (r) => n(free(r.together)));
	row("**free together, of what paid leave**", (r) => `${n(100 * r.freeKept, 1)} %`);
	row("… of a round", (r) => `${rounds(r, (o) => 100 * o.freeKept, 1)} %`);
	row("free alone in a round: proofs/s", (r) => rounds(r, (o) => free(o.freeAlone)));
	row("free demand, of what free ones are served alone", (r) => `${n(r.freeDemand, 1)} ×`);
	row("free: stops / lost / turned away, together", (r) => `${r.together.free.stops} / ${r.together.free.lost} / ${r.together.free.turnedAway}`);
	row("server processors: free alone / paid alone / together", (r) => [r.freeAlone, r.paidAlone, r.together].map((p) => n(p.serverCpu ?? 0, 2)).join(" / "));
	row("load processors, together: paid / free", (r) => `${n(r.together.paid.cpu, 2)} / ${n(r.together.free.cpu + (r.together.cheaters?.cpu ?? 0), 2)}`);
' ${SERVERS:-candela geth}
