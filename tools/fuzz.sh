#!/usr/bin/env bash
# Runs every fuzz target of the given packages for FUZZTIME each. Targets are found
# in the sources, so that a new one is never forgotten, and each package is
# compiled once however many it has.
set -euo pipefail

fuzztime=${FUZZTIME:-5s}
cache=$(go env GOCACHE)/fuzz # where go test keeps what it found interesting
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT

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
		(cd "$dir" && "$bin/fuzz.test" -test.run '^$' -test.fuzz "^$target\$" \
			-test.fuzztime "$fuzztime" -test.fuzzminimizetime 1s \
			-test.fuzzcachedir "$cache/$pkg")
	done
done <<<"$packages"

if [ "$found" = 0 ]; then
	echo "no fuzz target found" >&2
	exit 1
fi
echo "$found fuzz targets, $fuzztime each"
