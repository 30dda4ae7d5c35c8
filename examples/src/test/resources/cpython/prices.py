"""A service that knows prices. Clients speak lines over TCP, port 8080; each line has one line for an answer.

PRICE <quantity> <sku>    the price in cents

With --profile, the log on stdout has a line for every function that the price takes, written before the answer.
"""

import socket
import sys

CENTS = {"apple": 25, "pear": 30}


def discount(cents, sku):
    return cents * 9 // 10


def price(quantity, sku):
    cents = quantity * CENTS[sku]
    return discount(cents, sku) if quantity >= 100 else cents


def profile(frame, event, argument):
    if event == "call":
        print("CALL", frame.f_code.co_name, frame.f_locals)


# CPython 3.11 passes the marks of functions only while a profiler or a tracer is set.
profiler = profile if "--profile" in sys.argv else None


def serve():
    listener = socket.create_server(("", 8080))
    print("OPEN")
    while True:
        client, _ = listener.accept()
        with client:
            _, quantity, sku = client.recv(1000).split()
            sys.setprofile(profiler)
            cents = price(int(quantity), sku.decode())
            sys.setprofile(None)
            client.sendall(b"%d\n" % cents)


serve()
