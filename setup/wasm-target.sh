#!/bin/sh
# A compiler that can build for wasm32-unknown-unknown: rustup's own, or
# Debian's where rustup has none to give (WASM_TOOLCHAIN=debian forces it).
set -eu
cd "$(dirname "$0")/.."
target=wasm32-unknown-unknown
# It stands before the ordinary cargo on the PATH that the Makefile sets.
shim=.tools/bin/cargo

has_target() {
    # Not the folder: a download that broke off leaves an empty one.
    ls "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target/lib"/libstd-*.rlib >/dev/null 2>&1
}

if [ "${WASM_TOOLCHAIN:-rustup}" != debian ]; then
    if has_target; then
        rm -f "$shim"
        exit
    fi
    [ ! -x "$shim" ] || exit 0
    rustup target add "$target" && has_target && exit
    echo "rustup gave no $target: falling back to Debian's compiler" >&2
fi

rm -f "$shim"
# The absolute paths: a rustup compiler on the PATH does not count here.
# rustfmt is for the machine without any rustup.
setup/debian.sh wasm-ld-22=lld-22 rustfmt=rustfmt-web \
    /usr/bin/rustc='rustc-web rust-web-src' \
    /usr/bin/cargo=cargo-web /usr/bin/cargo-clippy=rust-web-clippy
ordinary=$(command -v cargo)

# Debian ships no compiled standard library for this target, so cargo builds
# it; only for this target, or host builds would be made anew as well.
mkdir -p .tools/bin
cat >"$shim" <<EOF
#!/bin/sh
case " \$* " in
*$target*)
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
    export RUSTC=/usr/bin/rustc PATH="/usr/bin:\$PATH"
    exec /usr/bin/cargo "\$@"
    ;;
esac
exec "$ordinary" "\$@"
EOF
chmod +x "$shim"
