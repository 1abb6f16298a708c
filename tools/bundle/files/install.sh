#!/bin/sh
# 离线安装 · Installs Plenum from this stick, without a network.
#   sh install.sh [DIR]      DIR: /opt/plenum for root, otherwise ~/plenum
# Every version has a folder of its own in DIR/versions; DIR/current points to the one that is used. Running a newer
# stick's install.sh is the upgrade; data directories of sessions are never touched.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ "$(id -u)" = 0 ]; then target=${1:-/opt/plenum}; else target=${1:-$HOME/plenum}; fi
version=$(cat "$here/VERSION")
wanted=$(cat "$here/PYTHON")

stop() { printf '✗ %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*"; }

say "1/5 核对文件 checking the files of the stick"
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) || stop "U 盘上的文件有改动或损坏 files of the stick were changed or are damaged"

say "2/5 Python $wanted"
python=
for candidate in "python$wanted" python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        [ "$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$wanted" ]; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || stop "需要 Python $wanted（见 debian-packages.txt）Python $wanted is needed; see debian-packages.txt"
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop "需要 python3-venv（见 debian-packages.txt）python3-venv is needed"

folder=$target/versions/$version
say "3/5 安装到 installing into $folder"
mkdir -p "$target/versions"
if [ -f "$folder/complete" ]; then
    say "    已经装过这一版 this version is installed already"
else
    rm -rf "$folder"
    "$python" -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --no-index --find-links "$here/wheels" --require-hashes --only-binary :all: --requirement "$here/requirements.txt"
    touch "$folder/complete"
fi

say "4/5 用新程序核验旧记录 verifying records of earlier versions with the new program"
for record in "$here"/check/*/record.zip; do
    fingerprint=$(cat "$(dirname "$record")/fingerprint.txt")
    "$folder/bin/python" -m tally verify "$record" --fingerprint "$fingerprint" >"$folder/verified.log" 2>&1 ||
        { cat "$folder/verified.log" >&2; stop "新程序不认旧记录，不予启用 the new program does not accept an old record; it is not put to use"; }
done

say "5/5 检查本机 looking at this machine"
"$folder/bin/plenum" doctor --data "$target" || say "以上各项请先处理 mend what is marked above before a session"

ln -sfn "versions/$version" "$target/current.new"
mv -T "$target/current.new" "$target/current"
say "✓ $target/current/bin/plenum"
say "退回旧版 to go back: ln -sfn versions/OLD $target/current"
