#!/bin/sh
# HMRC's published test scenarios of both versions, as curl sends them to the simulator:
#
#   nctsbridge simulate &
#   sh docs/published-scenarios.sh
#
# Each call goes as a user of its own (the bearer token names the user), so that no lock is in the way but the one that is
# shown; and no more than 3 calls go in a second, as on the platform.

base=${1:-http://127.0.0.1:9000}
call=0

send() { # what it shows, the user, the version, the path, the body
  call=$((call + 1))
  sleep 0.4
  answer=$(curl -s -o - -w '\n%{http_code}' -X POST "$base$4" \
    -H "Authorization: Bearer $2" -H "Accept: application/vnd.hmrc.$3+json" -H 'Content-Type: application/json' \
    --data-raw "$5")
  printf '%s\n  %s %s\n' "$1" "$(printf '%s\n' "$answer" | tail -n 1)" "$(printf '%s\n' "$answer" | sed '$d')"
}

v1() { # what it shows, the user, EORI, GRN, access code
  send "v1.0, $1" "$2" 1.0 /customs/guarantees/balances \
    "{\"taxIdentifier\":\"$3\",\"guaranteeReference\":\"$4\",\"accessCode\":\"$5\"}"
}

v2() { # what it shows, the user, GRN, access code
  send "v2.0, $1" "$2" 2.0 "/customs/guarantees/$3/balance" "{\"accessCode\":\"$4\"}"
}

v1 'GB: right' user-1 GB954131533000 22GB0000010000313 AC01
v1 'GB: again within 60 seconds' user-1 GB954131533000 22GB0000010000313 AC01
v1 'GB: unknown EORI' user-2 GB000000000000 22GB0000010000313 AC01
v1 'GB: unknown GRN' user-3 GB954131533000 20GB0000000000000 AC01
v1 'GB: wrong access code' user-4 GB954131533000 22GB0000010000313 AC00
v1 'XI: right' user-5 XI195624547845 22XI00000100002X7 AC01
v1 'XI: again within 60 seconds' user-5 XI195624547845 22XI00000100002X7 AC01
v1 'XI: unknown EORI' user-6 XI99999999999 22XI00000100002X7 AC01
v1 'XI: unknown GRN' user-7 XI195624547845 22XI0000000000000 AC01
v1 'XI: wrong access code' user-8 XI195624547845 22XI00000100002X7 AC00
v1 'XI EORI with the GB GRN' user-9 XI195624547845 22GB0000010000313 AC01
v1 'GB EORI with the XI GRN' user-10 GB954131533000 22XI00000100002X7 AC01
v2 'type 0' user-1 23GB0000010000854 AC01
v2 'type 1' user-1 23GB0000010000863 AC01
v2 'type 9' user-1 23GB0000010000872 AC01
v2 'type 0, XI' user-1 23XI0000010000655 AC01
v2 'type 1, XI' user-1 23XI0000010000664 AC01
v2 'again within 60 seconds' user-1 23GB0000010000854 AC01
v2 'unknown GRN' user-2 23GB0000010000873 AC01
v2 'unknown GRN, XI' user-2 23XI0000010000665 AC01
v2 'wrong access code' user-3 23GB0000010000854 AC00
