#!/usr/bin/env python3
"""Records log lines of a real haproxy for RecordedLineTests.

usage: record.py PATH_OF_HAPROXY > haproxy-VERSION.txt

Every line carries all the values of its session in front of a tilde (as members z0 to z33 in an object), so that a test
can rebuild the session from the line. Loopback and ephemeral ports only.
"""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

VALUES = ("%ci %cp %fi %fp %bi %bp %si %sp %Th %Tw %Tc %Td %Tt %Tu %B %U %f %ft %b %s %ts "
          "%ac %fc %bc %sc %rc %sq %bq %lc %rt %pid %H %Ts %ms").split()

FORMATS = r"""
%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq
%{+Q}o %{-Q}ci - - [%T] "TCP " 000 %B "" "" %cp %ms %ft %b %s %Th %Tw %Tc %Tt %U %ts-- %ac %fc %bc %sc %rc %sq %bq "" "" 
%T|%Tl|%Ts|%t|%ms
a  b   c
trail 
%{+Q}o %ci %cp %f %b %ft %s %si %sp %bi %bp %fi %fp %H
%{+X}ci:%{+X}cp %{+X}Ts %{+X}rt %{+X}pid %{+X}B %{+X}lc %{+X}ms %{+X}Tt %{+X}ac
%{+X}fi:%{+X}fp %{+X}bi %{+X}bp %{+X}si %{+X}sp
%{+X}o %ci:%cp %fi:%fp %bi:%bp %si:%sp %Ts %rt %pid %lc
%{+Q}Tt %{+Q}B %{+Q}t %{+Q}T %{+Q}ts %{+Q}rc %{+Q}pid %{+Q,+X}pid %{+Q,+X}ci
100%%done %-x %.y %_z %t{ %[src]] %ci_ %ci.%cp
%[src] %[src_port] %[dst] %[dst_port]
%{+Q}[src] %{+X}[src_port] %{+Q}[src_port] %{+X}[src] %{+Q}[bool(true)] %{+Q}[fe_name]
%[str(a b)] %[str("a,b)")] %[str('a"b')]x %[str(a\\b)] %[str]| %[str()]|
%{+E}[str(a]b)] %{+E}[str('a"b\c')] %{+Q,+E}[str(a\\b)] %{+Q}[str(a\\b)] %{+Q}[str]
%[int(5)] %[int(-7)] %{+X}[int(255)] %[bool(true)] %[bool(0)] %[always_true] %[always_false]
%[ipv4(1.2.3.4)] %[ipv6(2001:db8::1)]
%sslv %sslc %{+Q}sslv %{+Q}sslc
%hr %hs x
a %hr %hs b
%hrl|%hsl|%{+Q}hr|
%ci%hr%cp
[%hr] [%hrl] [%hs] [%hsl]
%ST [%ID] %{+Q}ID %tsc %{+X}ID
%ci %{+Q}o %ci %{-Q}ci %{-Q}o %ci
%{+Q}o"%ci"x%f
%{+E}f %{+Q,+E}s %{+Q,-E}ci %{+Q -E}ci %{Q}ci %{}ci %{+Z}ci %{+M}hr %{+M}ID
%[fe_conn] %[be_conn] %[hostname] %[unique-id] %[be_name]/%[srv_name] %[fe_name]
%[bc_src]:%[bc_src_port] %[bc_dst]:%[bc_dst_port]
""".strip("\n").split("\n")

# Refused by 2.6.
FORMATS_3 = r"""
%(a)ci %(b){+Q}ci %(c:str)[src] %(a-b_9)ci %()ci %(:str)cp %(d)%x %(e)(f)x
%{+json}o %(a)ci %(b)cp %(c)B %(d)f text %ci %(e)[src] %(f)[src_port] %(g)[fe_conn] %(h)ts
%{+json}o %(a)t %(b)Ts %(c)ID %(d)hr %(e)sslv %(f)[str] %(g)[bool(true)] %(h:str)B %(i:sint)ci %(j:bool)B %(k:bool)[int(2)] %(l:str)[int(2)] %(m:sint)[bool(true)] %(n:bool)[bool(false)]
%{+json}o %(a)ms %(b)Th %(c)Tw %(d)Tt %(e)rc %(f)lc %(g)ac %(h)U %(i)tsc %(j)T %(k)ST %(l)CC %(m)HM %(n)Tr
%{+json}o %(a){+X}ci %(b){+X}cp %(c){+X}rt %(d){+X}ms %(e){+X}pid %(f){+X}Ts
%{+json}o %(a)[str('x"y\z')] %(b){+Q}ci %(c){+E}[str(a]b)] %(a)o %(d)s
%{+json}o %(a)bi %(b)bp %(c)si %(d)sp %(e)s %(f)[srv_name] %(g)[bc_src] %(h)[bc_src_port]
x %{+json}o %(a)ci y %(b)cp z
%(q){+json}s %(q){+json}cp %{+json}ci %ci %{+json}hr %{+json}ID
%{+json}o text only %ci
%r %HM %HP %HPO %HQ %HU %HV %CC %CS %{+Q}r %{+Q}CC
%Ta/%TR/%Tr/%Tq/%Ti
%OG %{+Q}OG
%[txn.sess_term_state] %[txn.conn_retries] %[txn.redispatched] %[txn.id32] %[pid] %[bc_be_queue] %[bc_srv_queue] %[act_conn]
%[accept_date] %[accept_date(s)]
%[fc.timer.total] %[bc.timer.connect] %[fc.timer.handshake] %[req.timer.queue] %[res.timer.data] %[txn.timer.user]
%[req.bytes_in]/%[res.bytes_in] %[bytes_in]/%[bytes_out]
""".strip("\n").split("\n")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def serve():
    """Answers twice what it gets; never answers a '?', resets at a '!'."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(200)

    def talk(peer):
        try:
            while data := peer.recv(4096):
                if data.startswith(b"?"):
                    continue
                if data.startswith(b"!"):
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    break
                peer.sendall(data * 2)
        except OSError:
            pass
        peer.close()

    def accept():
        while True:
            peer, _ = listener.accept()
            threading.Thread(target=talk, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def with_values(line):
    if "+json}o" in line:
        return line + "".join(f" %(z{i}){value[1:]}" for i, value in enumerate(VALUES))
    return "|".join(VALUES) + "~" + line


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def scenarios(directory, server, dead):
    """Name, bind address, options, server line, what the client does."""
    four = "127.0.0.1:{port}"
    up = f"server s1 127.0.0.1:{server}"
    return [
        ("echo", four, "", up, "hello"),
        ("ipv6", "[::1]:{port}", "", up, "hello"),
        ("unix", directory + "/{port}", "", up, "hello"),
        ("asap", four, "option logasap", up, "hello"),
        ("refused", four, "retries 1", f"server s1 127.0.0.1:{dead}", "hello"),
        ("redispatch", four, "retries 1\n  option redispatch 1\n  balance first",
         f"server s1 127.0.0.1:{dead}\n  server s2 127.0.0.1:{server}", "hello"),
        ("noserver", four, "", "", "hello"),
        ("reset", four, "", up, "!"),
        ("silent", four, "", up, "?"),
    ]


def client(kind, address, message):
    family = socket.AF_UNIX if kind == "unix" else socket.AF_INET6 if kind == "ipv6" else socket.AF_INET
    s = socket.socket(family)
    s.settimeout(3)
    s.connect(address)
    try:
        s.sendall(message.encode())
        s.recv(4096)
    except OSError:
        pass
    s.close()


def record(program, zone, chosen, formats):
    log = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    log.bind(("127.0.0.1", 0))
    log.settimeout(3)
    directory = tempfile.mkdtemp()
    proxies = []
    text = f"""global
  log 127.0.0.1:{log.getsockname()[1]} len 65535 format raw local0
defaults
  log global
  timeout connect 300ms
  timeout client 600ms
  timeout server 60ms
"""
    everything = scenarios(directory, serve(), free_port())
    for name, bind, options, servers, message in everything:
        if name not in chosen:
            continue
        for line in formats:
            port = free_port()
            where = bind.format(port=port)
            text += f"""listen {name}{len(proxies)}
  bind {where}
  {options}
  log-format {quoted(with_values(line))}
  {servers}
"""
            address = where if name == "unix" else ("::1" if name == "ipv6" else "127.0.0.1", port)
            proxies.append((name, address, message, line))
    config = directory + "/haproxy.cfg"
    with open(config, "w") as f:
        f.write(text)
    process = subprocess.Popen([program, "-db", "-f", config], env={**os.environ, "TZ": zone},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    time.sleep(1)
    if process.poll() is not None:
        sys.exit(process.stdout.read().decode())
    for name, address, message, line in proxies:
        client(name, address, message)
        try:
            got = log.recv(70000).decode()
        except TimeoutError:
            sys.exit(f"no line for {name} {line}")
        print(f"zone   {zone}\nformat {line}\nline   {got}", end="")
    process.send_signal(signal.SIGTERM)
    process.wait()


def main():
    program = sys.argv[1]
    version = subprocess.run([program, "-v"], capture_output=True, text=True).stdout.split("\n")[0]
    print("# " + " ".join(version.split()[:3]))
    formats = FORMATS + ([] if "version 2." in version else FORMATS_3)
    record(program, "Europe/Berlin", ["echo"], formats)
    some = [f for f in formats if any(x in f for x in ("%ci", "%bi", "%si", "bc_", "%B", "%Ta", "%rc", "srv_name", "txn."))]
    record(program, "America/St_Johns", ["refused", "redispatch", "noserver", "reset", "silent", "asap"], some)
    addresses = [f for f in some if "+X" not in f]
    record(program, "UTC", ["unix"], addresses)
    record(program, "UTC", ["ipv6"], some)


main()
