#!/usr/bin/env bash
# Checks the dependencies against deny.toml. Usage: deny.sh [advisories], whose database lies on GitHub.
set -euo pipefail
cd "$(dirname "$0")/.."
source release/tools.sh

install_tool deny 0.20.2
tool deny --locked --workspace check bans licenses sources "$@"
