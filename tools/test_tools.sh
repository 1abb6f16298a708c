#!/usr/bin/env bash
# Installs what the tests drive: Chromium and Chinese letters for the pages, PostgreSQL for the store, strace for slow disks, curl
# for the guide to a session by hand, and the one library that the browser's driver wants and a bare Debian has not. On Debian, as root;
# otherwise says what to install. Nothing is skipped: a test whose program is missing fails and says so.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

missing=()
command -v chromium >/dev/null || missing+=(chromium)
compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
command -v strace >/dev/null || missing+=(strace)
command -v curl >/dev/null || missing+=(curl)
compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]} with apt-get, for the tests ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    say "The tests need programs that are missing on this machine: ${missing[*]}"
    say "Install them as an administrator (sudo apt-get install ${missing[*]}) and run the same make task again."
    exit 1
fi
