#!/usr/bin/env bash
# Writes golden screens and docs/keys.md anew: every package whose tests know
# the flag -update gets it.
set -eu
cd "$(dirname "$0")/.."
packages=$(grep -rlE 'flag\.Bool\("update"' --include='*.go' . | xargs -r -n 1 dirname | sort -u)
if [ -z "$packages" ]; then
	echo "make golden: no test knows the flag -update" >&2
	exit 1
fi
# shellcheck disable=SC2086 # a list of words
go test -count=1 $packages -update
git --no-pager diff --stat -- '*/testdata/*' docs/keys.md
