#!/bin/sh
# A compiler that can build for wasm32-unknown-unknown, with the sources of the
# standard library: the site builds its own, smaller one. Debian's compiler
# where rustup has none to give (WASM_TOOLCHAIN=debian forces it).
set -eu
cd "$(dirname "$0")/.."
target=wasm32-unknown-unknown
# It stands before the ordinary cargo on the PATH that the Makefile sets.
shim=.tools/bin/cargo

sysroot() { rustc --print sysroot 2>/dev/null; }

has_rustup_parts() {
    # Not the folders: a download that broke off leaves empty ones.
    ls "$(sysroot)/lib/rustlib/$target/lib"/libstd-*.rlib >/dev/null 2>&1 &&
        [ -f "$(sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}

compiler=
if [ "${WASM_TOOLCHAIN:-rustup}" != debian ]; then
    if has_rustup_parts; then
        compiler=rustup
    elif grep -q "^# debian$" "$shim" 2>/dev/null; then
        exit 0
    elif rustup target add "$target" && rustup component add rust-src && has_rustup_parts; then
        compiler=rustup
    else
        echo "rustup gave no $target: falling back to Debian's compiler" >&2
    fi
fi

mkdir -p .tools/bin
rm -f "$shim"
ordinary=$(command -v cargo || echo /usr/bin/cargo)
if [ "$compiler" = rustup ]; then
    choose=
    cargo=$ordinary
    # Debug builds and checks have rustup's own standard library.
    when="*\" --release \"*$target* | *$target*\" --release \"*"
else
    # The absolute paths: a rustup compiler on the PATH does not count here.
    # rustfmt is for the machine without any rustup.
    setup/debian.sh wasm-ld-22=lld-22 rustfmt=rustfmt-web \
        /usr/bin/rustc='rustc-web rust-web-src' \
        /usr/bin/cargo=cargo-web /usr/bin/cargo-clippy=rust-web-clippy
    # shellcheck disable=SC2016
    choose='export RUSTC=/usr/bin/rustc PATH="/usr/bin:$PATH" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22'
    cargo=/usr/bin/cargo
    when="*$target*"
fi

# Builds for the host keep their standard library. ARCHITECTURE.md tells what
# each flag saves; the remapped paths keep the names of this machine out of the
# site.
cat >"$shim" <<EOF
#!/bin/sh
# ${compiler:-debian}
case " \$* " in
$when)
    $choose
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
    # The program is split after it is linked, by its names and relocations.
    export CARGO_PROFILE_RELEASE_STRIP=false
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort \\
-Zlocation-detail=none -Zfmt-debug=none --remap-path-prefix=$PWD=/site \\
--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=${RUSTUP_HOME:-$HOME/.rustup}=/rustup"
    exec "$cargo" "\$@"
    ;;
esac
exec "$ordinary" "\$@"
EOF
chmod +x "$shim"
