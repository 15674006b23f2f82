#!/usr/bin/env bash
# What candela serve books for its clients, over the processor time that it uses, while
# candela bench les asks for all that it can get. The aim is 1: paid clients are promised
# processor time that is counted this way.
#
#   tools/booked-bench.sh [ACCOUNTS [SECONDS]]     100000 15
#
# With PROCS=1 (the default) the server has core 0 to itself and the load has core 1; with
# PROCS=2 both use all cores, so the load is a neighbour that takes processor time away.
# What is built and the chain are kept in BOOKED_BENCH_DIR (a folder in the user's cache).
set -euo pipefail

accounts=${1:-100000} seconds=${2:-15} procs=${PROCS:-1}
dir=${BOOKED_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/booked-bench}
mkdir -p "$dir"
here=$(cd "$(dirname "$0")/.." && pwd)

echo "building" >&2
(cd "$here" && go build -o "$dir/candela" ./cmd/candela)
cd "$dir"
[ -s "genesis-$accounts.json" ] || ./candela bench genesis --accounts "$accounts" >"genesis-$accounts.json"
from=()
[ -d "data-$accounts" ] || from=(--genesis "genesis-$accounts.json")

server=(env GOMAXPROCS="$procs") load=()
[ "$procs" != 1 ] || server+=(taskset -c 0) load=(taskset -c 1)
"${server[@]}" ./candela serve --datadir "data-$accounts" "${from[@]}" --addr 127.0.0.1 --port 0 \
	--max-clients 30 --metrics.addr 127.0.0.1:0 >serve.out 2>serve.log &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true' EXIT
for _ in $(seq 600); do
	grep -q enode:// serve.out && grep -q /metrics serve.log && break
	sleep 0.1
done
url=$(grep -o 'enode://[^ ]*' serve.out)
metrics=$(grep -o 'http://[^ ]*/metrics' serve.log)
sleep 2

# sum NAME: of a metric, over all its labels
sum() { curl -sf "$metrics" | awk -v name="$1" '$1 == name || index($1, name "{") == 1 {n += $NF} END {print n + 0}'; }

printf '| requests | items in each | requests/s | CPU µs/request | booked µs/request | booked/CPU |\n|---|---|---|---|---|---|\n'
for kind_batch in "proofs 1" "proofs 16" "proofs 64" "headers 1"; do
	read -r kind batch <<<"$kind_batch"
	# The first seconds are for learning, and do not count.
	"${load[@]}" ./candela bench les --target "$url" --les 4 --requests "$kind" --batch "$batch" --connections 16 \
		--pipeline 2 --duration "$((2 * seconds))s" --json --log.level error >load.json &
	load_pid=$!
	sleep "$seconds"
	requests=$(sum candela_server_requests_total) booked=$(sum candela_server_booked_seconds_total) cpu=$(sum process_cpu_seconds_total)
	sleep "$((seconds - 2))"
	requests2=$(sum candela_server_requests_total) booked2=$(sum candela_server_booked_seconds_total) cpu2=$(sum process_cpu_seconds_total)
	wait "$load_pid"
	awk -v kind="$kind" -v batch="$batch" -v n="$requests" -v n2="$requests2" -v b="$booked" -v b2="$booked2" \
		-v c="$cpu" -v c2="$cpu2" -v s="$((seconds - 2))" 'BEGIN {
		n = n2 - n; b = b2 - b; c = c2 - c
		printf "| %s | %d | %d | %.1f | %.1f | %.2f |\n", kind, batch, n / s, c / n * 1e6, b / n * 1e6, b / c
	}'
done
