#!/bin/sh
# The cargo programs of the build, in .tools/bin and in exact versions.
# Usage: tools.sh PROGRAM...
set -eu
cd "$(dirname "$0")/.."

# Compiling takes minutes and each run seconds: not worth optimising.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0
export CARGO_PROFILE_RELEASE_LTO=off
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
export CARGO_TARGET_DIR="$PWD/.tools/target"

install() { # program version crate [option...]
    program=$1 version=$2 crate=$3
    shift 3
    [ "$(".tools/bin/$program" --version 2>/dev/null)" != "$program $version" ] || return 0
    echo "Compiling $crate $version into .tools/ (once, some minutes)"
    cargo install "$crate" --version "=$version" --bin "$program" --root .tools --force "$@"
}

for program; do
    case $program in
    trunk) install trunk 0.21.14 trunk --no-default-features --locked ;;
    cargo-deny) install cargo-deny 0.20.2 cargo-deny --locked ;;
    cargo-fuzz) install cargo-fuzz 0.13.2 cargo-fuzz --locked ;;
    wasm-bindgen)
        # It refuses modules made by any other version than its own.
        version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)
        # Not --locked: its lock names crates so new that a mirror may lack them.
        install wasm-bindgen "$version" wasm-bindgen-cli
        ;;
    *)
        echo "tools.sh: unknown program $program" >&2
        exit 2
        ;;
    esac
done
rm -rf "$CARGO_TARGET_DIR"
