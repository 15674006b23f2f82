#!/usr/bin/env bash
# Runs every fuzz target of the given packages for FUZZTIME each. Targets are found
# in the sources, so that a new one is never forgotten, and each package is
# compiled once however many it has.
set -euo pipefail

fuzztime=${FUZZTIME:-5s}
cache=$(go env GOCACHE)/fuzz # where go test keeps what it found interesting
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT

# A package without test files gives an empty third column.
packages=$(go list -f '{{$dir := .Dir}}{{.ImportPath}} {{.Dir}}{{range .TestGoFiles}} {{$dir}}/{{.}}{{end}}{{range .XTestGoFiles}} {{$dir}}/{{.}}{{end}}' "${@:-./...}")

found=0
while read -r pkg dir files; do
	[ -n "$files" ] || continue
	# shellcheck disable=SC2086 # one word a file: Go packages have no spaces in their paths here
	targets=$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' $files | sort -u)
	[ -n "$targets" ] || continue
	go test -c -fuzz=Fuzz -o "$bin/fuzz.test" "$pkg"
	for target in $targets; do
		found=$((found + 1))
		printf '%s %s\n' "$pkg" "$target"
		(cd "$dir" && "$bin/fuzz.test" -test.run '^$' -test.fuzz "^$target\$" \
			-test.fuzztime "$fuzztime" -test.fuzzcachedir "$cache/$pkg")
	done
done <<<"$packages"

if [ "$found" = 0 ]; then
	echo "no fuzz target found" >&2
	exit 1
fi
echo "$found fuzz targets, $fuzztime each"
