"""Has the AWS CLI check the parameters of every call in a file, without making one."""

import contextlib
import io
import os
import sys

os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1")

from awscli.clidriver import create_clidriver


def check(calls):
    driver = create_clidriver()
    for words in calls:
        with contextlib.redirect_stdout(io.StringIO()):
            failed = driver.main([*words, "--generate-cli-skeleton", "output"])
        if failed:
            sys.exit(f"refused: {words}")


calls = [call.split("\0") for call in open("calls", encoding="ascii").read().split("\0\0")[:-1]]
for command in sorted({tuple(words[:2]) for words in calls}):
    # A driver goes on expecting the parameters of a command, so each command has one of its own.
    check(words for words in calls if tuple(words[:2]) == command)
print(len(calls))
