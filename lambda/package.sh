#!/usr/bin/env bash
# Builds the function for both of Lambda's processors with cargo-lambda, which brings a linker for them (zig) from PyPI.
# The provider's next build carries both zips.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=target/package-tools
if [ ! -x "$tools/bin/cargo-lambda" ]; then
    echo "Preparing cargo-lambda in $tools ..."
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check cargo-lambda==1.9.2 ziglang==0.17.0
fi
export PATH="$PWD/$tools/bin:$PATH"
if command -v rustup >/dev/null; then
    rustup target add aarch64-unknown-linux-gnu x86_64-unknown-linux-gnu
fi

for architecture in arm64 x86_64; do
    folder=target/lambda-build/$architecture
    cargo lambda build --release --locked --package logenabler-lambda --bin enabler "--${architecture/_/-}" --lambda-dir "$folder"
    python3 lambda/package.py "$folder/enabler/bootstrap" "target/lambda/enabler-$architecture/bootstrap.zip"
    echo "target/lambda/enabler-$architecture/bootstrap.zip is ready."
done
