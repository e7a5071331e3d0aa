#!/usr/bin/env python3
"""CPU per look-up in lists of patterns, Hawser beside HAProxy; proxies on core 0, wrk on core 1.

    HAWSER=BINARY bench/lookups.py METHOD:PATTERNS:RULES:{d|r} ...
        METHOD  str ip beg end sub dom reg map, or regx: expressions without a piece of text
        d       each request has a key of its own; r: all have the same
    HAWSER=BINARY bench/lookups.py tcp ROUNDS
        connections through mode tcp to nginx, with twenty rules and without
"""
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HAPROXY = os.environ.get('HAPROXY', '/usr/sbin/haproxy')
HAWSER = os.environ['HAWSER']
FOLDER = tempfile.mkdtemp(prefix='lookups-')

CRITERIA = {method: f'hdr(x-k) -m {method}' for method in ('str', 'beg', 'end', 'sub', 'dom', 'reg')}
CRITERIA |= {'ip': 'hdr(x-k),ipmask(32) -m ip', 'regx': 'hdr(x-k) -m reg'}

# What wrk sends: none of it is in a list.
KEYS = {
    'str': '"www"..n..".example.com"',
    'map': '"www"..n..".example.com"',
    'ip': '"200."..(n%256).."."..(math.floor(n/256)%256)..".9"',
    'beg': '"/xame"..n.."/and/the/rest/of/a/path"',
    'end': '"www.static.n"..n..".example"',
    'sub': '"/some/path/xame"..n.."/page.html?x=1"',
    'dom': '"www.static.n"..n..".example.com"',
    'reg': '"/some/path/xame"..n.."/page1"',
    'regx': '"/some/path/xame"..n.."/page1"',
}

TCP_RULES = '''
 tcp-request connection reject if {{ src 10.0.0.0/8 172.16.0.0/12 }}
 tcp-request connection reject if {{ src -f {list} }}
 tcp-request connection set-var(sess.a) src,ipmask(24)
 tcp-request connection set-var(sess.p) src_port
 tcp-request connection reject if {{ dst_port 22 23 }}
 tcp-request connection accept if {{ src 192.168.1.1 }}
 tcp-request session reject if {{ fe_sess_rate gt 1000000 }}
 tcp-request session set-var(sess.f) fe_name
 tcp-request session set-var(sess.g) fe_id
 tcp-request inspect-delay 5s
 tcp-request content reject if {{ req.payload(0,4) -m str EVIL }}
 tcp-request content reject if {{ req.payload(0,30) -m sub attack }}
 tcp-request content set-var(txn.m) req.payload(0,3)
 tcp-request content set-var(txn.k) var(txn.m),lower,concat(/,sess.f)
 tcp-request content reject if {{ var(txn.k) -m beg post del }}
 tcp-request content reject if {{ var(sess.p) -m int lt 100 }}
 tcp-request content reject if {{ req.payload(0,30) -m reg ^[A-Z]+\\ /forbidden }}
 tcp-request content set-var(txn.h) var(txn.m),crc32
 tcp-request content reject if {{ var(txn.k) -m end zzz yyy xxx }}
 tcp-request content accept if {{ req.len gt 0 }}
'''


def pattern(method, number):
    name = f'name{number * 7919 % 10000019:07d}'
    return {
        'str': f'{name}.example.com',
        'map': f'{name}.example.com backend{number % 100}',
        'ip': f'{10 + (number >> 16 & 15)}.{number >> 8 & 255}.{number & 255}.0/24',
        'beg': f'/{name}/',
        'end': f'.{name}.example',
        'sub': name,
        'dom': name,
        'reg': f'^/some/[a-z]+/{name}/page[0-9]+$',
        'regx': f'^/[a-z]+/[a-z]+/n[a-z]+[0-9]*{number % 10}{number // 10 % 10}[0-9]+/.{{{number % 50}}}$',
    }[method]


def write(name, text):
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        with open(path, 'w') as file:
            file.write(text)
    return path


def pattern_list(method, count):
    return write(f'{method}.{count}', ''.join(pattern(method, number) + '\n' for number in range(count)))


class Proxy:
    """One process, from its start until its port answers."""

    def __init__(self, binary, name, configuration, port):
        self.port = port
        path = write(name, configuration)
        self.process = subprocess.Popen(
            ['taskset', '-c', '0', binary, '-db', '-f', path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                socket.create_connection(('127.0.0.1', port)).close()
                break
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit(f'{binary} does not take {path}')
                time.sleep(0.01)
        self.load_seconds = self.cpu_seconds()
        with open(f'/proc/{self.process.pid}/status') as status:
            self.resident_mib = int(re.search(r'VmRSS:\s+(\d+)', status.read())[1]) // 1024

    def cpu_seconds(self):
        total = 0
        for task in os.listdir(f'/proc/{self.process.pid}/task'):
            with open(f'/proc/{self.process.pid}/task/{task}/schedstat') as statistics_file:
                total += int(statistics_file.read().split()[0])
        return total / 1e9

    def microseconds_per_request(self, seconds, *arguments):
        before = self.cpu_seconds()
        text = subprocess.run(
            ['taskset', '-c', '1', 'wrk', '-t1', '-c16', f'-d{seconds}s', '--timeout', '60s', *arguments,
             f'http://127.0.0.1:{self.port}/'], capture_output=True, text=True).stdout
        return (self.cpu_seconds() - before) / max(1, int(re.search(r'(\d+) requests in', text)[1])) * 1e6

    def stop(self):
        self.process.terminate()
        self.process.wait()


def in_turns(proxies, rounds, seconds, *arguments):
    samples = {name: [] for name in proxies}
    for turn in range(rounds + 1):
        for name, proxy in proxies.items():
            sample = proxy.microseconds_per_request(seconds, *arguments)
            if turn > 0:
                samples[name].append(sample)
    for proxy in proxies.values():
        proxy.stop()
    return samples


def http(port, rules):
    return (f'global\n maxconn 200\ndefaults\n mode http\n timeout client 60s\nfrontend f\n bind 127.0.0.1:{port}\n{rules}'
            ' http-request return status 200 content-type text/plain string hello\n')


def look_up(method, count, rules, is_distinct):
    path = pattern_list(method, count)
    condition = f'hdr(x-k),map_str({path}) -m found' if method == 'map' else f'{CRITERIA[method]} -f {path}'
    lines = f' http-request deny if {{ {condition} }}\n' * rules
    script = write(f'{method}.{is_distinct}.lua',
                   f'local n={int(time.time())}\nrequest=function()\n n=n+{int(is_distinct)}\n'
                   f' return wrk.format("GET","/",{{["X-K"]={KEYS[method]}}})\nend\n')
    proxies = {}
    for name, binary, port in (('haproxy', HAPROXY, 18291), ('hawser', HAWSER, 18292)):
        proxies[name] = Proxy(binary, f'{port}.{method}.{count}.{rules}', http(port, lines), port)
        proxies[name + ' bare'] = Proxy(binary, f'{port + 10}', http(port + 10, ''), port + 10)
    samples = in_turns(proxies, 3, 1, '-s', script)
    for name in ('haproxy', 'hawser'):
        cost = statistics.median(a - b for a, b in zip(samples[name], samples[name + ' bare'])) / rules
        print(f'{method} {count} {name}: {cost:.3f} us a look-up, load {proxies[name].load_seconds:.2f} s, '
              f'{proxies[name].resident_mib} MiB', flush=True)


def tcp(rounds):
    origin = write('nginx.conf', f'worker_processes 1; pid {FOLDER}/nginx.pid; daemon off; error_log /dev/null; '
                   'events { worker_connections 2000; } http { access_log off; server { listen 127.0.0.1:18390 backlog=4096; '
                   'location / { return 200 "hello hello hello hello hello hello"; } } }\n')
    nginx = subprocess.Popen(['taskset', '-c', '1', 'nginx', '-c', origin])
    time.sleep(0.5)
    rules = TCP_RULES.format(list=pattern_list('ip', 1000))
    proxies = {}
    for name, binary, port in (('haproxy', HAPROXY, 18391), ('hawser', HAWSER, 18393)):
        for suffix, lines in (('', rules), (' bare', '')):
            proxies[name + suffix] = Proxy(
                binary, f'{port}', f'global\n maxconn 500\ndefaults\n mode tcp\n timeout client 60s\n timeout server 60s\n'
                f' timeout connect 5s\nfrontend f\n bind 127.0.0.1:{port}\n{lines}\n default_backend b\nbackend b\n'
                ' server s 127.0.0.1:18390\n', port)
            port += 1
    samples = in_turns(proxies, rounds, 2, '-H', 'Connection: close')
    nginx.terminate()
    nginx.wait()
    for name in ('haproxy', 'hawser'):
        bare = samples[name + ' bare']
        over = statistics.median(a - b for a, b in zip(samples[name], bare))
        print(f'{name}: {statistics.median(bare):.2f} us bare, {statistics.median(samples[name]):.2f} with rules, {over:.2f} more')


if sys.argv[1:2] == ['tcp']:
    tcp(int(sys.argv[2]))
else:
    for word in sys.argv[1:]:
        chosen, patterns, uses, keys = word.split(':')
        look_up(chosen, int(patterns), int(uses), keys == 'd')
