#!/usr/bin/env bash
# Runs every fuzz target of the given packages for FUZZTIME each. Targets are found
# in the sources, so that a new one is never forgotten, and each package is
# compiled once however many it has.
set -euo pipefail

fuzztime=${FUZZTIME:-5s}
cache=$(go env GOCACHE)/fuzz # where go test keeps what it found interesting
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT

# fuzz TARGET PACKAGE: runs one target. The fuzzing engine now and then reports the end
# of its own time as a failure, "context deadline exceeded" without an input that
# fails; then the target has its time again, twice at most.
fuzz() {
	local try
	for try in 1 2 3; do
		if "$bin/fuzz.test" -test.run '^$' -test.fuzz "^$1\$" \
			-test.fuzztime "$fuzztime" -test.fuzzminimizetime 1s \
			-test.fuzzcachedir "$cache/$2" 2>&1 | tee "$bin/said"; then
			return 0
		fi
		if ! grep -q '^ *context deadline exceeded$' "$bin/said" || grep -q 'Failing input written' "$bin/said"; then
			return 1
		fi
		echo "$1 ended with its time, try $try" >&2
	done
	return 1
}

packages=$(go list -f '{{.ImportPath}}|{{.Dir}}|{{join .TestGoFiles " "}} {{join .XTestGoFiles " "}}' "${@:-./...}")

found=0
while IFS='|' read -r pkg dir files; do
	[ "$files" != " " ] || continue # no tests, and sed would read its input
	# shellcheck disable=SC2086 # a word for each file: Go's file names have no spaces
	targets=$(cd "$dir" && sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' $files | sort -u)
	[ -n "$targets" ] || continue
	go test -c -fuzz=Fuzz -o "$bin/fuzz.test" "$pkg"
	for target in $targets; do
		found=$((found + 1))
		printf '%s %s\n' "$pkg" "$target"
		(cd "$dir" && fuzz "$target" "$pkg") </dev/null
	done
done <<<"$packages"

if [ "$found" = 0 ]; then
	echo "no fuzz target found" >&2
	exit 1
fi
echo "$found fuzz targets, $fuzztime each"
