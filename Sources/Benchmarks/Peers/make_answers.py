"""Answers of NCTS4 to convert, from a seed.

    make_answers.py SEED COUNT ndjson FILE          a record to a line: {"id": ..., "payload": "<CD037A>..."}
    make_answers.py SEED COUNT files FOLDER          a message to a file
    make_answers.py SEED COUNT v2|v1 FOLDER          the same answers in the JSON of either version
"""
import json
import os
import random
import sys


def check_digit(stem: str) -> str:
    def value(letter: str) -> int:
        if letter.isdigit():
            return int(letter)
        place = ord(letter) - ord("A")
        return 10 + place + (place + 9) // 10

    return str(sum(value(letter) << position for position, letter in enumerate(stem)) % 11 % 10)


def answer(random: random.Random) -> dict[str, str]:
    stem = f"{random.randint(18, 24)}{random.choice(['GB', 'XI'])}{random.randint(0, 999_999_999_999):012}"
    return {
        "grn": stem + check_digit(stem),
        "balance": f"{random.randint(0, 99_999_999)}.{random.randint(1, 99):02}".rstrip("0"),
        "currency": random.choice(["GBP", "EUR"]),
        "tin": f"GB{random.randint(0, 999_999_999_999):012}",
        "date": f"{random.randint(2018, 2023)}{random.randint(1, 12):02}{random.randint(1, 28):02}",
        "time": f"{random.randint(0, 23):02}{random.randint(0, 59):02}",
        "reference": "".join(random.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(14)),
        "query": f"{random.getrandbits(96):024x}",
        "type": random.choice("019"),
    }


XML = """<?xml version="1.0" encoding="UTF-8"?>
<CD037A>
  <SynIdeMES1>UNOC</SynIdeMES1>
  <SynVerNumMES2>3</SynVerNumMES2>
  <MesSenMES3>NTA.GB</MesSenMES3>
  <MesRecMES6>MDTP-GUA-{query}</MesRecMES6>
  <DatOfPreMES9>{date}</DatOfPreMES9>
  <TimOfPreMES10>{time}</TimOfPreMES10>
  <IntConRefMES11>{reference}</IntConRefMES11>
  <MesIdeMES19>{reference}</MesIdeMES19>
  <MesTypMES20>GB037A</MesTypMES20>
  <TRAPRIRC1>
    <TINRC159>{tin}</TINRC159>
  </TRAPRIRC1>
  <CUSTOFFGUARNT>
    <RefNumRNT1>GB000001</RefNumRNT1>
  </CUSTOFFGUARNT>
  <GUAREF2>
    <GuaRefNumGRNREF21>{grn}</GuaRefNumGRNREF21>
    <AccDatREF24>{date}</AccDatREF24>
    <GuaTypREF22>{type}</GuaTypREF22>
    <GuaMonCodREF23>0</GuaMonCodREF23>
    <GUAQUE>
      <QueIdeQUE1>2</QueIdeQUE1>
    </GUAQUE>
    <EXPEXP>
      <ExpEXP1>0</ExpEXP1>
      <ExpCouEXP2>0</ExpCouEXP2>
      <BalEXP3>{balance}</BalEXP3>
      <CurEXP4>{currency}</CurEXP4>
    </EXPEXP>
  </GUAREF2>
</CD037A>
"""
V2 = (
    '{{"status":200,"headers":{{"Content-Type":"application/json"}},"body":{{"_links":{{"self":{{"href":'
    '"/customs/guarantees/{grn}/balance"}}}},"balance":{balance},"currency":"{currency}"}}}}'
)
V1 = (
    '{{"request":{{"balanceId":"22b9899e-24ee-48e6-a189-97d1f45391c4","taxIdentifier":"{tin}","guaranteeReference":"{grn}",'
    '"requestedAt":"2021-09-14T09:52:15Z","completedAt":"2021-09-14T09:52:20.123Z","response":{{"balance":{balance},'
    '"currency":"{currency}","status":"SUCCESS"}}}}}}'
)


def main() -> None:
    seed, count, kind, place = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    source = random.Random(seed)
    if kind == "ndjson":
        with open(place, "w") as file:
            for number in range(count):
                record = {"id": f"q-{number}", "payload": XML.format(**answer(source))}
                file.write(json.dumps(record, separators=(",", ":")) + "\n")
        return
    os.makedirs(place)
    text, end = {"files": (XML, "xml"), "v2": (V2, "json"), "v1": (V1, "json")}[kind]
    for number in range(count):
        with open(f"{place}/{number:06}.{end}", "w") as file:
            file.write(text.format(**answer(source)))


main()
