"""A guest's stay. Run it with:

    npx seam-emulator exec --clock frozen -- python3 examples/python/guest_stay.py

With the official SDK (pip install seam), `Seam()` reads the same two variables.
"""

import json
import os
import urllib.request

ENDPOINT = os.environ["SEAM_ENDPOINT"]
API_KEY = os.environ["SEAM_API_KEY"]

DOOR = "d0000000-0000-4000-8000-000000000001"
STARTS_AT = "2025-02-01T15:00:00.000Z"
ENDS_AT = "2025-02-04T10:00:00.000Z"


def call(path, **body):
    request = urllib.request.Request(
        ENDPOINT + path,
        data=json.dumps(body).encode(),
        headers={
            "authorization": f"Bearer {API_KEY}",
            "content-type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


code = call(
    "/access_codes/create",
    device_id=DOOR,
    name="Ada Guest",
    starts_at=STARTS_AT,
    ends_at=ENDS_AT,
)["access_code"]
print(f"Booked. The PIN will be {code['code']}.")

call("/_emulator/clock/advance", to=STARTS_AT)
status = call("/access_codes/get", access_code_id=code["access_code_id"])["access_code"]["status"]
check_in = call("/_emulator/locks/enter_code", device_id=DOOR, code=code["code"])
print(f"Check-in: the code is {status}, the door opens: {check_in['opened']}.")
assert status == "set" and check_in["opened"]

call("/_emulator/clock/advance", to=ENDS_AT)
call("/_emulator/clock/advance", by="10m")
check_out = call("/_emulator/locks/enter_code", device_id=DOOR, code=code["code"])
print(f"Check-out: the door opens: {check_out['opened']} ({check_out['reason']}).")
assert not check_out["opened"]
