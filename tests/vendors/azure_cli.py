"""Has the parser of the Azure CLI read every command of a file. Without an account each must end at the login."""

import shlex
import sys

from azure.cli.core import get_default_cli

cli = get_default_cli()
read = 0
for line in open("rules", encoding="ascii"):
    words = shlex.split(line, comments=True)
    if not words or words[0] != "az":
        continue
    try:
        cli.invoke(words[1:])
        complaint = str(cli.result.error)
    except SystemExit as exit:
        complaint = f"exit {exit.code}"
    if "az login" not in complaint:
        sys.exit(f"{complaint}: {line}")
    read += 1
print(read)
