#!/usr/bin/env python3
"""Fills in what two releases of HAProxy make of the cases beside this file.

usage: record.py HAPROXY-2.6 HAPROXY-3.5 [FILE...]

The first two words of each line are overwritten; a key after them is kept.
"""
import os
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))


def fill(template, text):
    lines = []
    for line in template.rstrip("\n").split("\n"):
        parts = text.split(" // ") if line.strip() == "@" else [text]
        lines += [line.replace("@", part) for part in (parts if "@" in line else [""])]
    return "\n".join(lines) + "\n"


def judge(binary, configuration):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "test.cfg")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration)
        run = subprocess.run([binary, "-c", "-f", path], cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    # Status 2: right, but nothing to listen on.
    if run.returncode not in (0, 2):
        return "refuse"
    return "warn" if b"[WARNING]" in run.stdout else "ok"


def main(old, new, names):
    for name in names or sorted(name for name in os.listdir(FOLDER) if name.endswith(".txt")):
        path = os.path.join(FOLDER, name)
        with open(path, encoding="utf-8") as file:
            template, _, body = file.read().partition("\n-----\n")
        with open(path, "w", encoding="utf-8") as file:
            file.write(template + "\n-----\n")
            for line in body.splitlines():
                head, _, text = line.partition("| ")
                keys = [word for word in head.split() if word.startswith("~")]
                configuration = fill(template, text)
                verdicts = [judge(old, configuration), judge(new, configuration)]
                file.write(" ".join(verdicts + keys) + " | " + text + "\n")


main(sys.argv[1], sys.argv[2], sys.argv[3:])
