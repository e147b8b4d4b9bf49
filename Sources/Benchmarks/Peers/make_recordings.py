"""Recorded answers of both versions about as many guarantees: one pair in a hundred differs, ten are spelled differently."""
import sys

count = int(sys.argv[1])
V1 = (
    '{"sentAt":"%s","request":{"method":"POST","path":"/customs/guarantees/balances","headers":{"Accept":'
    '"application/vnd.hmrc.1.0+json"},"body":{"taxIdentifier":"GB954131533000","guaranteeReference":"%s","accessCode":'
    '"AC01"}},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":{"response":{"balance":%s,'
    '"currency":"GBP"}}}}\n'
)
V2 = (
    '{"sentAt":"%s","request":{"method":"POST","path":"/customs/guarantees/%s/balance","headers":{"Accept":'
    '"application/vnd.hmrc.2.0+json"},"body":{"accessCode":"AC01"}},"response":{"status":200,"headers":{"Content-Type":'
    '"application/json"},"body":{"_links":{"self":{"href":"/customs/guarantees/%s/balance"}},"balance":%s,"currency":'
    '"GBP"}}}\n'
)
with open(sys.argv[2], "w") as v1, open(sys.argv[3], "w") as v2:
    for number in range(count):
        grn = f"24GB{100_000_000_000 + number}0"
        time = f"2024-03-01T{10 + number // 60 % 10}:{10 + number // 600 % 40}:{number % 60:02d}Z"
        balance = str(number % 90_000 + 100)
        other = "1.5" if number % 100 == 0 else balance + ".0" if number % 10 == 0 else balance
        v1.write(V1 % (time, grn, balance))
        v2.write(V2 % (time, grn, grn, other))
