# Sourced by the others: the tools of a release, of these versions, in target/package-tools.
# shellcheck shell=bash

tools=$PWD/target/package-tools

# The tool of cargo called NAME, such as `deny`, wherever else another version of it may lie.
tool() {
    PATH="$tools/bin:$PATH" "$tools/bin/cargo-$1" "$@"
}

# NAME VERSION
has_tool() {
    [ -x "$tools/bin/cargo-$1" ] && [[ "$(tool "$1" --version) " == *" $2 "* ]]
}

# cargo-lambda cross compiles with zig as the C compiler and linker; both come from PyPI.
install_cargo_lambda() {
    has_tool lambda 1.9.2 && return
    echo "Preparing cargo-lambda in target/package-tools ..."
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check cargo-lambda==1.9.2 ziglang==0.17.1
}

# NAME VERSION: a tool from crates.io; the first time takes minutes.
install_tool() {
    has_tool "$1" "$2" && return
    echo "Building cargo-$1 $2 in target/package-tools ..."
    cargo install --quiet --locked --root "$tools" "cargo-$1@$2"
}
