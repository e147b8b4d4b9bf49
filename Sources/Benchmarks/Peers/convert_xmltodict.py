"""What people would write instead, with xmltodict and a JSON Schema of what it gives.

    convert_xmltodict.py INPUT OUTPUT
"""
import json
import sys

import xmltodict
from jsonschema import Draft202012Validator


def text(pattern: str) -> dict:
    return {"type": "string", "pattern": f"^{pattern}$"}


def group(needed: dict, **optional: dict) -> dict:
    return {
        "type": "object", "properties": needed | optional, "required": list(needed), "additionalProperties": False,
    }


SCHEMA = group({"CD037A": group({
    "SynIdeMES1": text("[a-zA-Z]{4}"), "SynVerNumMES2": text("[0-9]"), "MesSenMES3": text(".{1,35}"),
    "MesRecMES6": text(".{1,35}"), "DatOfPreMES9": text("[0-9]{8}"), "TimOfPreMES10": text("[0-9]{4}"),
    "IntConRefMES11": text(".{1,14}"), "MesIdeMES19": text(".{1,14}"), "MesTypMES20": text(".{1,6}"),
    "CUSTOFFGUARNT": group({"RefNumRNT1": text(".{8}")}),
    "GUAREF2": group({
        "GuaRefNumGRNREF21": text(".{1,24}"), "AccDatREF24": text("[0-9]{8}"), "GuaTypREF22": text(".{1}"),
        "GuaMonCodREF23": text("[0-9]"), "GUAQUE": group({"QueIdeQUE1": text("[0-9]")}),
        "EXPEXP": group({
            "ExpEXP1": text("[0-9]{1,13}(\\.[0-9]{1,2})?"), "ExpCouEXP2": text("[0-9]{1,9}"),
            "BalEXP3": text("-?[0-9]{1,13}(\\.[0-9]{1,2})?"), "CurEXP4": text("[A-Z]{3}"),
        }),
    }),
}, TRAPRIRC1=group({"TINRC159": text(".{1,17}")}))})
validator = Draft202012Validator(SCHEMA)
read = written = 0
with open(sys.argv[1]) as records, open(sys.argv[2], "w") as output:
    for number, line in enumerate(records, 1):
        record = json.loads(line)
        read += 1
        message = xmltodict.parse(record["payload"])
        validator.validate(message)
        guarantee = message["CD037A"]["GUAREF2"]
        head = json.dumps({"id": record["id"], "source": {"file": sys.argv[1], "line": number}})
        body = (
            '{"_links":{"self":{"href":"/customs/guarantees/%s/balance"}},"balance":%s,"currency":"%s"}'
            % (guarantee["GuaRefNumGRNREF21"], guarantee["EXPEXP"]["BalEXP3"], guarantee["EXPEXP"]["CurEXP4"])
        )
        output.write('%s,"message":{"status":200,"headers":{"Content-Type":"application/json"},"body":%s}}\n' % (head[:-1], body))
        written += 1
print(read, written, file=sys.stderr)
