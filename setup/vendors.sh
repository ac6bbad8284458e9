#!/bin/sh
# The vendors' own tools, in .tools/vendors/NAME: a Python environment for each list setup/vendors/NAME.txt, a node
# folder for each setup/vendors/NAME/package.json. Versions are pinned there.
set -eu
cd "$(dirname "$0")/.."

# is_current PINS FOLDER: whether the folder was filled with these pins.
is_current() { cmp -s "$1" "$2/pins"; }

python() { # name
    pins=setup/vendors/$1.txt folder=.tools/vendors/$1
    ! is_current "$pins" "$folder" || return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null || setup/debian.sh ensurepip=python3-venv
    echo "Installing $1 into .tools/vendors/ (once)"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins"
    cp "$pins" "$folder/pins"
}

node() { # name
    pins=setup/vendors/$1/package-lock.json folder=.tools/vendors/$1
    ! is_current "$pins" "$folder" || return 0
    setup/debian.sh node=nodejs npm=npm
    echo "Installing $1 into .tools/vendors/ (once)"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "setup/vendors/$1/package.json" "setup/vendors/$1/package-lock.json" "$folder"
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
    cp "$pins" "$folder/pins"
}

mkdir -p .tools/vendors
for pins in setup/vendors/*.txt; do
    [ ! -f "$pins" ] || python "$(basename "$pins" .txt)"
done
for pins in setup/vendors/*/package.json; do
    [ ! -f "$pins" ] || node "$(basename "$(dirname "$pins")")"
done
