#!/usr/bin/env bash
# Runs the tests that need a real Samba Active Directory domain. The tests make
# and stop their own throw-away domains on loopback addresses; this script puts
# Debian's packages there first. Where that cannot be, it says what is missing
# and fails.
set -eu
cd "$(dirname "$0")/.."

packages="samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind
	ldb-tools krb5-user ldap-utils python3-samba smbclient"

fail() {
	echo "make test-samba: $*" >&2
	exit 1
}

[ "$(uname -s)" = Linux ] || fail "needs Linux: Samba's domain controller is started on this machine"
[ "$(id -u)" = 0 ] || fail "needs root: Samba's ports 389 and 636 cannot be moved. Run it in a container or with sudo."

missing=
for package in $packages; do
	status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$status" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
	command -v apt-get >/dev/null || fail "missing packages, and no apt-get to install them:$missing"
	echo "make test-samba: installing$missing"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q </dev/null || fail "apt-get update failed; missing packages:$missing"
	# shellcheck disable=SC2086 # a list of words
	apt-get install -q -y --no-install-recommends $missing </dev/null || fail "could not install:$missing"
fi

# Only the tests that need it: everything else ran in make test.
files=$(grep -rlE '^//go:build .*\bsamba\b' --include='*_test.go' . | xargs -r grep -LE '^//go:build .*!samba\b')
[ -n "$files" ] || fail "no test has the build tag samba"
packages=$(echo "$files" | xargs -n 1 dirname | sort -u)
# shellcheck disable=SC2086 # a list of words
tests=$(sed -nE 's/^func (Test[A-Za-z0-9_]+)\(.*/\1/p' $files | grep -vx TestMain | sort -u | paste -sd '|')
# shellcheck disable=SC2086 # a list of words
exec ./scripts/test.sh -tags samba -count=1 -timeout 10m -run "^($tests)\$" $packages
