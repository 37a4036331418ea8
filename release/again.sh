#!/usr/bin/env bash
# Proves that target/package can be built again: from the same sources in another folder, to the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=target/package-again
rm -rf "$copy"
mkdir -p "$copy/target"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- |
    tar --extract --directory "$copy"
ln -s "$PWD/target/package-tools" "$copy/target/package-tools"
echo "Building again in $copy ..."
if ! "$copy/release/package.sh" >"$copy/log" 2>&1; then
    tail -n 20 "$copy/log" >&2
    exit 1
fi
diff --recursive target/package "$copy/target/package"
rm -rf "$copy"
echo "The second build has the same bytes."
