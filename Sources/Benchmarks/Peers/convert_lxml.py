"""What people would write instead, with lxml: records in, each answer parsed, validated by its XSD, and written as v2.0 has it.

    convert_lxml.py SCHEMA INPUT OUTPUT
"""
import json
import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
read = written = 0
with open(sys.argv[2]) as records, open(sys.argv[3], "w") as output:
    for number, line in enumerate(records, 1):
        record = json.loads(line)
        read += 1
        message = etree.fromstring(record["payload"].encode())
        schema.assertValid(message)
        guarantee = message.find("GUAREF2")
        grn = guarantee.findtext("GuaRefNumGRNREF21")
        # A number keeps its spelling: a float would not.
        head = json.dumps({"id": record["id"], "source": {"file": sys.argv[2], "line": number}})
        body = (
            '{"_links":{"self":{"href":"/customs/guarantees/%s/balance"}},"balance":%s,"currency":"%s"}'
            % (grn, guarantee.findtext("EXPEXP/BalEXP3"), guarantee.findtext("EXPEXP/CurEXP4"))
        )
        output.write('%s,"message":{"status":200,"headers":{"Content-Type":"application/json"},"body":%s}}\n' % (head[:-1], body))
        written += 1
print(read, written, file=sys.stderr)
