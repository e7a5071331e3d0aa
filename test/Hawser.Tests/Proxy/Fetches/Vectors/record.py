#!/usr/bin/env python3
"""Fills in what a real haproxy says about messages, for RecordedFetchTests.

usage: record.py PATH_OF_HAPROXY FILE...

A file has groups: a line "[request]" or "[response]", then "$ EXPRESSION" or "? CONDITION" lines, then "> MESSAGE" lines
with the escapes of Python. Below each message comes one line per expression, which this writes again: for an expression
whether an ACL finds it (1 or 0), a colon, and its bytes (numbers as 8, addresses as theirs); for a condition 1 or 0. No
value and no bytes are both "-".
Loopback and ephemeral ports only.
"""
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

DEFAULTS = """
userlist u
 group g1 users a,b
 group g2
 user a insecure-password pa
 user b password $1$saltsalt$7EaoU6qwZBd0smnWcNtgD/
 user c insecure-password pc groups g2
 user n
defaults
 mode http
 timeout client 2s
 timeout server 2s
 timeout connect 2s
 option httpclose
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_ready(port):
    return subprocess.run(["ss", "-ltnH", f"sport = :{port}"], capture_output=True).stdout != b""


def ask(haproxy, kind, expressions, messages):
    log = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    log.bind(("127.0.0.1", 0))
    log.settimeout(10)
    port = free_port()
    current = [b""]
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(16)

    def serve():
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            peer.recv(65536)
            peer.sendall(current[0])
            time.sleep(.15)
            peer.close()

    threading.Thread(target=serve, daemon=True).start()
    is_response = kind == "response"
    text = DEFAULTS + f"listen f\n bind 127.0.0.1:{port}\n log 127.0.0.1:{log.getsockname()[1]} len 65000 local0\n"
    if is_response:
        text += f" server s 127.0.0.1:{server.getsockname()[1]}\n"
    values = []
    for number, (mark, expression) in enumerate(expressions):
        condition = expression if mark == "?" else "{ %s -m found }" % expression
        text += f" http-{kind} set-var(txn.f{number}) bool(true) if {condition}\n"
        values.append(f"%[var(txn.f{number})]")
        if mark == "$" and not expression.startswith("http_auth_group"):
            text += f" http-{kind} set-var(txn.v{number}) {expression}\n"
            values[-1] += f":%[var(txn.v{number}),hex]"
    text += ' log-format "BEGIN' + "|".join(values) + 'END"\n'
    with tempfile.NamedTemporaryFile("w", suffix=".cfg", delete=False) as file:
        file.write(text)
    process = subprocess.Popen([haproxy, "-db", "-f", file.name], stderr=subprocess.PIPE)
    answers = []
    try:
        while not is_ready(port):
            if process.poll() is not None:
                sys.exit(process.stderr.read().decode())
            time.sleep(.05)
        for message in messages:
            current[0] = message
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.settimeout(5)
                client.sendall(b"GET /p?q HTTP/1.1\r\nhost: h\r\n\r\n" if is_response else message)
                client.recv(65536)
            line = log.recv(65536).decode("latin1")
            answers.append([decode(value) for value in re.search("BEGIN(.*)END", line, re.S)[1].split("|")])
    finally:
        process.terminate()
        process.wait()
        server.close()
        os.unlink(file.name)
    return answers


def decode(value):
    found, colon, text = value.partition(":")
    found = found.replace("-", "0")
    if not colon:
        return found
    return found + ":" + (escape(bytes.fromhex(text).decode("latin1")) if text != "-" else "-")


def escape(text):
    return text.encode("latin1").decode("latin1").encode("unicode_escape").decode("ascii")


def main(haproxy, path):
    groups = []
    for line in open(path).read().split("\n"):
        if line.startswith("["):
            groups.append((line[1:-1], [], []))
        elif line[:2] in ("$ ", "? "):
            groups[-1][1].append((line[0], line[2:]))
        elif line.startswith("> "):
            groups[-1][2].append(line[2:])
    with open(path, "w") as file:
        for kind, expressions, messages in groups:
            answers = ask(haproxy, kind, expressions, [m.encode("latin1").decode("unicode_escape").encode("latin1") for m in messages])
            file.write(f"[{kind}]\n")
            for mark, expression in expressions:
                file.write(f"{mark} {expression}\n")
            for message, values in zip(messages, answers):
                file.write(f"> {message}\n")
                for value in values:
                    file.write(f"{value}\n")


for name in sys.argv[2:]:
    main(sys.argv[1], name)
