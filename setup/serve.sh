#!/bin/bash
# Builds the site, serves it and builds it again after each change.
# Usage: serve.sh PORT
set -eu
cd "$(dirname "$0")/.."
port=$1

# Trunk would say so only after the build.
if (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "Port $port is taken; try: make serve PORT=$((port + 1))" >&2
    exit 1
fi
echo "After the build the site is at http://127.0.0.1:$port/ (Ctrl-C ends it)"

# Trunk's own scripts for reloading and error display are inline ones, which
# the page forbids. --no-spa: a static host has no fallback page either.
mkdir -p target dist
exec trunk serve --release --dist target/serve \
    --address 127.0.0.1 --port "$port" --disable-address-lookup true \
    --no-autoreload --no-error-reporting --no-spa \
    --ignore target --ignore dist --ignore .tools
