"""What people would write instead: recorded answers of both versions read, paired by guarantee, compared, stored in SQLite."""
import json
import sqlite3
import sys
from decimal import Decimal
from datetime import datetime


def answers(path, is_v1):
    with open(path) as lines:
        for line in lines:
            exchange = json.loads(line, parse_float=Decimal, parse_int=Decimal)
            request, response = exchange["request"], exchange["response"]
            if is_v1:
                grn = request["body"]["guaranteeReference"]
                body = response["body"].get("response", {})
            else:
                grn = request["path"].split("/")[3]
                body = response["body"]
            yield grn, datetime.fromisoformat(exchange["sentAt"].replace("Z", "+00:00")), response["status"], body, line


store = sqlite3.connect(sys.argv[3])
store.execute("create table exchange (side text, grn text, at real, status int, balance text, currency text, line text)")
store.execute("create index byGRN on exchange (side, grn)")
store.execute("create table pair (grn text, class text)")
for side, path in (("v1", sys.argv[1]), ("v2", sys.argv[2])):
    for grn, at, status, body, line in answers(path, side == "v1"):
        store.execute(
            "insert into exchange values (?, ?, ?, ?, ?, ?, ?)",
            (side, grn, at.timestamp(), int(status), str(body.get("balance")), body.get("currency"), line),
        )
counts = {}
for grn, at, status, balance, currency in store.execute(
    "select grn, at, status, balance, currency from exchange where side = 'v1'"
).fetchall():
    other = store.execute(
        "select at, status, balance, currency from exchange where side = 'v2' and grn = ? order by abs(at - ?) limit 1",
        (grn, at),
    ).fetchone()
    if other is None:
        name = "inconclusive"
    elif status != other[1] or currency != other[3] or Decimal(balance) != Decimal(other[2]):
        name = "different"
    elif abs(at - other[0]) > 300:
        name = "stale"
    else:
        name = "same" if balance == other[2] else "equivalent"
    counts[name] = counts.get(name, 0) + 1
    store.execute("insert into pair values (?, ?)", (grn, name))
store.commit()
print(counts)
