#!/usr/bin/env bash
# Makes .venv with exactly the packages of requirements.lock. Needs Python 3.11 or newer; on Debian, as root, installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

apt_install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* with apt-get ..."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
    else
        say "Missing on this machine: $*"
        say "Install it as an administrator (sudo apt-get install $*) and run the same make task again."
        exit 1
    fi
}

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    apt_install python3 python3-venv
    python=python3
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Plenum needs Python 3.11 or newer."; exit 1; }
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv

[ -x .venv/bin/python ] || "$python" -m venv .venv
say "Installing the locked packages into .venv ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Compiling takes some seconds, once; what uses it then starts at once.
say "Compiling the backend for public data ..."
.venv/bin/python -c "from voting_core.fast import fast_group; fast_group()"
# The tests of the service run on a real PostgreSQL as well; the product itself does not need one.
if ! command -v initdb >/dev/null && ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt_install postgresql
    else
        say "Note: PostgreSQL is not installed. Everything works without it but its tests; install the package postgresql for those."
    fi
fi
say "Ready: .venv/bin/plenum"
