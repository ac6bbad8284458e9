#!/bin/sh
# Installs pinned node packages into a folder, once.
# Usage: node.sh FOLDER-WITH-package.json TARGET
set -eu
cd "$(dirname "$0")/.."
pins=$1 target=$2

! cmp -s "$pins/package-lock.json" "$target/pins" || exit 0
setup/debian.sh node=nodejs npm=npm
echo "Installing the packages of $pins into $target (once)"
rm -rf "$target"
mkdir -p "$target"
cp "$pins/package.json" "$pins/package-lock.json" "$target"
npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error
cp "$pins/package-lock.json" "$target/pins"
