#!/bin/sh
# A guest's stay. Run it with:
#
#   npx seam-emulator exec --clock frozen -- sh examples/curl/guest-stay.sh
set -eu

door=d0000000-0000-4000-8000-000000000001
starts_at=2025-02-01T15:00:00.000Z
ends_at=2025-02-04T10:00:00.000Z

call() { # call <path> <json>
  curl --silent --show-error --fail-with-body "$SEAM_ENDPOINT$1" \
    --header "authorization: Bearer $SEAM_API_KEY" \
    --header 'content-type: application/json' \
    --data "$2"
}

expect() { # expect <what must be in it> <answer>
  case "$2" in
    *"$1"*) ;;
    *) printf 'expected %s in %s\n' "$1" "$2" >&2; exit 1 ;;
  esac
}

call /access_codes/create "{\"device_id\":\"$door\",\"name\":\"Ada Guest\",\"code\":\"4821\",\"starts_at\":\"$starts_at\",\"ends_at\":\"$ends_at\"}" >/dev/null
echo 'Booked. The PIN will be 4821.'

call /_emulator/clock/advance "{\"to\":\"$starts_at\"}" >/dev/null
expect '"status":"set"' "$(call /access_codes/get "{\"device_id\":\"$door\",\"code\":\"4821\"}")"
expect '"opened":true' "$(call /_emulator/locks/enter_code "{\"device_id\":\"$door\",\"code\":\"4821\"}")"
echo 'Check-in: the code is set, the door opens: true.'

call /_emulator/clock/advance "{\"to\":\"$ends_at\"}" >/dev/null
call /_emulator/clock/advance '{"by":"10m"}' >/dev/null
expect '"opened":false' "$(call /_emulator/locks/enter_code "{\"device_id\":\"$door\",\"code\":\"4821\"}")"
echo 'Check-out: the door opens: false.'
