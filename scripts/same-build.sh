#!/usr/bin/env bash
# Builds the program again, from a copy in another directory and with an empty
# cache, and compares the two. With "short" what is compiled already is taken.
set -eu
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'chmod -R u+w "$copy"; rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$copy"
mkdir "$copy/cache"
build() { CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$1" .; }
# The commit is noted in a build of a checkout only: both go without it.
build "$copy/one"
[ "${1:-}" = short ] || export GOCACHE="$copy/cache"
(cd "$copy" && build "$copy/two")
cmp "$copy/one" "$copy/two"
printf 'two builds are the same: %s\n' "$(sha256sum <"$copy/two" | cut -d ' ' -f 1)"
