#!/usr/bin/env bash
# Makes the files of a release in target/package: the same bytes in any folder, at any time.
set -euo pipefail
cd "$(dirname "$0")/.."
source release/tools.sh

name=terraform-provider-logenabler
version=$(cargo pkgid --offline $name)
version=${version##*[@#]}
dist=target/package
build=$PWD/target/package-build

# Static, with musl: Terraform's own image is Alpine, and a pipeline may run on a Linux as old as it likes.
declare -A triples=([arm64]=aarch64-unknown-linux-musl [x86_64]=x86_64-unknown-linux-musl)
declare -A machines=([arm64]=arm64 [x86_64]=amd64)
architectures=(arm64 x86_64)

# No folder of this machine may get into a binary. aws-lc names its files in errors; it hides where they lie at -O3 only.
same_everywhere() {
    local sysroot commit flags home=${CARGO_HOME:-$HOME/.cargo}
    sysroot=$(rustc --print sysroot)
    commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
    flags=(
        "--remap-path-prefix=$PWD=."
        "--remap-path-prefix=$build=target"
        "--remap-path-prefix=$home=cargo"
        "--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit"
    )
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}")
    TARGET_CFLAGS="-g0 -ffile-prefix-map=$build=target -ffile-prefix-map=$home=cargo"
    export CARGO_ENCODED_RUSTFLAGS TARGET_CFLAGS
}

# BINARY ARCHITECTURE: with the profile that the tests test, so without cargo-lambda's own optimizations. The workspace
# as a whole, so that the second binary finds built what the first one needed. A date of its own would build C anew.
compile() {
    export CARGO_TARGET_DIR=$build CARGO_ZIGBUILD_CACHE_DIR=$build/zig
    export ZIG_GLOBAL_CACHE_DIR=$build/zig ZIG_LOCAL_CACHE_DIR=$build/zig
    SOURCE_DATE_EPOCH=1 tool lambda build --release --locked --workspace --disable-optimizations \
        --target "${triples[$2]}" --bin "$1" --lambda-dir "$build/lambda/$2"
}

# BINARY ARCHITECTURE ZIP [NAME]: cargo-lambda moves what it built, and calls it bootstrap.
pack() {
    python3 release/package.py zip "$build/lambda/$2/$1/bootstrap" "$dist/$3" "${@:4}"
}

# Of the date of the commit. Both processors have the same components. cargo-cyclonedx writes one beside each manifest.
bills_of_materials() {
    trap 'rm -f ./*/logenabler.cdx.json' EXIT
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} tool cyclonedx --quiet \
        --format json --spec-version 1.5 --target "${triples[x86_64]}" --override-filename logenabler.cdx
    python3 release/package.py sbom provider/logenabler.cdx.json "$dist/${name}_${version}.cdx.json"
    python3 release/package.py sbom lambda/logenabler.cdx.json "$dist/enabler_$version.cdx.json"
}

install_cargo_lambda
install_tool cyclonedx 0.5.9
if command -v rustup >/dev/null; then
    rustup --quiet target add "${triples[@]}"
fi
same_everywhere
rm -rf "$dist"
for architecture in "${architectures[@]}"; do
    compile enabler "$architecture"
    pack enabler "$architecture" "enabler_${version}_$architecture.zip"
done
for architecture in "${architectures[@]}"; do
    LOGENABLER_FUNCTIONS=$PWD/$dist compile $name "$architecture"
    pack $name "$architecture" "${name}_${version}_linux_${machines[$architecture]}.zip" "${name}_v$version"
done
bills_of_materials
python3 release/package.py index "$dist" "${name}_$version"

ls -l --block-size=K --time-style=+ "$dist"
cat <<'END'

Not signed: that is done where the key is, by `make publish`.

Not built here       what it needs
darwin_amd64, arm64  a Mac: the certificates of the system are read through Apple's frameworks, which zig does not have
windows_amd64        code: the provider listens on a Unix socket and for Unix signals (proto/src/serve)
freebsd_amd64        a FreeBSD machine: cargo-lambda builds for Linux only
END
