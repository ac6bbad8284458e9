#!/bin/sh
# The vendors' own tools, in .tools/vendors/NAME: a Python environment for each list setup/vendors/NAME.txt, a node
# folder for each setup/vendors/NAME/package.json. Versions are pinned there.
set -eu
cd "$(dirname "$0")/.."

python() { # name
    pins=setup/vendors/$1.txt folder=.tools/vendors/$1
    ! cmp -s "$pins" "$folder/pins" || return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null || setup/debian.sh ensurepip=python3-venv
    echo "Installing $1 into .tools/vendors/ (once)"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins"
    cp "$pins" "$folder/pins"
}

mkdir -p .tools/vendors
for pins in setup/vendors/*.txt; do
    [ ! -f "$pins" ] || python "$(basename "$pins" .txt)"
done
for pins in setup/vendors/*/package.json; do
    pins=$(dirname "$pins")
    [ ! -d "$pins" ] || setup/node.sh "$pins" ".tools/vendors/$(basename "$pins")"
done
