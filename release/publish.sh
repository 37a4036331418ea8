#!/usr/bin/env bash
# Signs what `make package` made, and publishes it where Terraform's registry looks for it: a release on GitHub.
#
# TAG       the tag, v and the version; what was built has to be of this version
# GPG_KEY   the private key, armored; the registry knows the public one. GPG_PASSPHRASE where it has one.
# DRY_RUN   1: sign, but upload nothing
set -euo pipefail
cd "$(dirname "$0")/.."

: "${TAG:?is missing: say which tag to publish, such as TAG=v0.1.0}"
: "${GPG_KEY:?is missing: it holds the private key that signs}"
dist=target/package
sums=$dist/terraform-provider-logenabler_${TAG#v}_SHA256SUMS
if [ ! -f "$sums" ]; then
    echo "$sums is missing: run make package at $TAG, whose version in Cargo.toml has to be ${TAG#v}." >&2
    exit 1
fi
(cd "$dist" && sha256sum --check --strict --quiet "${sums##*/}")

GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
gpg --batch --quiet --import <<<"$GPG_KEY"
gpg --batch --yes --pinentry-mode loopback --passphrase-fd 0 --output "$sums.sig" --detach-sign "$sums" \
    <<<"${GPG_PASSPHRASE:-}"
gpg --batch --quiet --verify "$sums.sig" "$sums"

if [ "${DRY_RUN:-}" = 1 ]; then
    echo "$sums.sig is there; nothing was uploaded."
else
    gh release create "$TAG" --verify-tag --title "$TAG" --notes "See CHANGELOG.md." "$dist"/*
fi
