"""Reads the IPv4 lists of a text with the package cisco-acl: python read_lists.py PLATFORM FILE."""

import logging
import sys

from cisco_acl import Acl


class Refuse(logging.Handler):
    """The package leaves a line out that it does not know, and only warns of it."""

    def emit(self, record):
        sys.exit(record.getMessage())


def lists(path):
    """The lists for IPv4, each as its lines."""
    found = []
    current = []
    for line in open(path, encoding="ascii"):
        if line.startswith("ip access-list "):
            current = [line]
            found.append(current)
        elif line.startswith(" "):
            current.append(line)
        else:
            current = []
    return found


logging.getLogger().addHandler(Refuse())
platform, path = sys.argv[1:]
for lines in lists(path):
    known = Acl("".join(lines), platform=platform)
    if len(known.items) != len(lines) - 1:
        sys.exit(f"{len(lines) - 1} lines are read as {len(known.items)}")
    print(known.name)
