#!/usr/bin/env bash
# Builds a release of go-ethereum from the Go proxy, once, and prints where it is.
#
#   tools/geth.sh VERSION        tools/geth.sh 1.10.26
#
# The binary is kept in a folder in the user's cache, one for each version and Go
# release; CANDELA_GETH_DIR names another place. The first run downloads the sources
# through the ordinary Go proxy and compiles for one or two minutes on two cores; a
# second caller waits for it. Only the path goes to standard output.
set -euo pipefail

version=${1:?usage: tools/geth.sh VERSION, such as 1.10.26}
version=${version#v}
module=github.com/ethereum/go-ethereum

go=${GO:-go}
release=$("$go" env GOVERSION)
dir=${CANDELA_GETH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/candela/geth}/$version-${release// /-}
if [ -x "$dir/geth" ]; then
	echo "$dir/geth"
	exit
fi

mkdir -p "$dir"
exec 9>"$dir/lock"
flock 9
if [ ! -x "$dir/geth" ]; then
	# Until 1.13 geth had a memory profiler that links to the runtime's insides, which
	# the linker has to be told to allow.
	flags=()
	case $version in 1.[0-9].* | 1.1[0-3].*) flags=(-ldflags=-checklinkname=0) ;; esac
	echo "building go-ethereum $version with $release, which takes a minute or two" >&2
	rm -rf "$dir/new"
	# No work space and no module of ours: the release's own go.mod decides. A network
	# that swallows everything must not keep callers waiting for ever.
	if ! (cd "$dir" && GOWORK=off GOFLAGS='' GOBIN="$dir/new" timeout 9m "$go" install -trimpath "${flags[@]}" "$module/cmd/geth@v$version") >&2; then
		echo "go-ethereum $version could not be built: once, it needs $("$go" env GOPROXY)" >&2
		exit 1
	fi
	mv "$dir/new/geth" "$dir/geth"
	rmdir "$dir/new"
fi
echo "$dir/geth"
