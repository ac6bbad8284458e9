#!/bin/sh
# Installs Debian packages whose command is not there yet.
# Usage: debian.sh COMMAND=PACKAGE...
set -eu

missing=
for need; do
    command -v "${need%%=*}" >/dev/null || missing="$missing ${need#*=}"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install what Debian calls:$missing" >&2
    exit 1
fi
echo "Installing Debian packages:$missing"
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
case $missing in
*firewalld*)
    # Its package would start it, here and at every boot: it stays off, so that the firewall of this machine does not
    # change. To use it: systemctl unmask firewalld.
    as_root mkdir -p /etc/systemd/system
    as_root ln -sf /dev/null /etc/systemd/system/firewalld.service
    ;;
esac
as_root apt-get update -q
# --no-remove: Debian's compilers conflict with Debian's own rustup package,
# and a set-up has no business removing what somebody installed.
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-remove --no-install-recommends $missing
