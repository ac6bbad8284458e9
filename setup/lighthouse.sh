#!/bin/sh
# Lighthouse in .tools/bin, for the measurements only.
set -eu
cd "$(dirname "$0")/.."
version=12.8.2

[ "$(.tools/bin/lighthouse --version 2>/dev/null)" != "$version" ] || exit 0
setup/debian.sh node=nodejs npm=npm
echo "Installing Lighthouse $version into .tools/ (once)"
rm -rf .tools/lighthouse
mkdir -p .tools/lighthouse .tools/bin
# The date pins what Lighthouse itself depends on: newer rules would give other scores.
npm install --prefix .tools/lighthouse --ignore-scripts --no-audit --no-fund --loglevel=error \
    --before=2025-10-01 "lighthouse@$version"
ln -sf ../lighthouse/node_modules/.bin/lighthouse .tools/bin/lighthouse
