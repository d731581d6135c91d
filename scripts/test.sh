#!/usr/bin/env bash
# Runs go test, with the race detector where there is a C compiler for it.
set -eu
race=-race
if ! command -v "$(go env CC)" >/dev/null; then
	echo "no C compiler ($(go env CC)): testing without the race detector" >&2
	race=
fi
# shellcheck disable=SC2086 # an empty $race must vanish
exec go test $race "$@"
