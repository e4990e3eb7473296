#!/usr/bin/env python3
"""Makes prices.csv: invented shares, random walks with a fixed seed; no real market."""
import datetime
import random

random.seed(19)
shares = {"ACME": 76.10, "CORB": 23.40, "GIOP": 141.95, "IDLX": 8.75, "NAME": 55.00}
day = datetime.date(2020, 1, 2)

print("date,symbol,price")
rows = 0
while rows < 5000:
    if day.weekday() < 5:
        for symbol in shares:
            print(f"{day.isoformat()},{symbol},{shares[symbol]:.2f}")
            shares[symbol] = max(0.5, shares[symbol] * (1 + random.gauss(0.0003, 0.014)))
            rows += 1
    day += datetime.timedelta(days=1)
