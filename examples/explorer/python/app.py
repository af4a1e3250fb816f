"""A small booking app for Seam access codes, with nothing but Python's own library.

It has planted bugs to be found by the guest-stay explorer. BUG says which one:
  forgets_cancel   a cancelled booking leaves its code on the lock
  no_second_look   a code that fails is never looked at again, and the host hears nothing
  wall_clock       times are made with the machine's clock
Without BUG it does what it should for a plain stay.
"""

import json
import os
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENDPOINT = os.environ.get("SEAM_ENDPOINT", "http://localhost:3020")
API_KEY = os.environ.get("SEAM_API_KEY", "seam_test_explorer")
ALERTS_URL = os.environ.get("ALERTS_URL", "http://localhost:3021/alerts")
BUG = os.environ.get("BUG", "")

stays = {}


def post(url, body, headers=None):
    request = urllib.request.Request(
        url,
        json.dumps(body).encode(),
        {"content-type": "application/json", **(headers or {})},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def seam(path, **params):
    return post(ENDPOINT + path, params, {"authorization": f"Bearer {API_KEY}"})


def codes_of(booking_id, device_id):
    codes = seam("/access_codes/list", device_id=device_id)["access_codes"]
    return [code for code in codes if code["name"].startswith(booking_id + " ")]


def alert(booking_id, device_id, message):
    if BUG != "no_second_look":
        post(ALERTS_URL, {"booking_id": booking_id, "device_id": device_id, "message": message})


def care(stay, now):
    """Compares what the stay needs with what the API shows, and does the next thing."""
    over = stay["cancelled"] or stay["ends_at"] <= now
    for device_id in list(stay["doors"]):
        if over or device_id not in stay["device_ids"]:
            if BUG == "forgets_cancel" and stay["cancelled"]:
                continue
            for code in codes_of(stay["booking_id"], device_id):
                seam("/access_codes/delete", access_code_id=code["access_code_id"])
            stay["doors"].discard(device_id)
    if over:
        return
    name = f"{stay['booking_id']} {stay['guest']['name']}"
    for device_id in stay["device_ids"]:
        stay["doors"].add(device_id)
        codes = codes_of(stay["booking_id"], device_id)
        for other in [code for code in codes if code["name"] != name]:
            seam("/access_codes/delete", access_code_id=other["access_code_id"])
        own = [code for code in codes if code["name"] == name]
        times = {"starts_at": max(stay["starts_at"], now), "ends_at": stay["ends_at"]}
        if BUG == "wall_clock":
            today = datetime.now(timezone.utc)
            times = {
                "starts_at": today.isoformat(),
                "ends_at": (today + timedelta(days=2)).isoformat(),
            }
        if not own:
            seam("/access_codes/create", device_id=device_id, name=name, **times)
        elif own[0]["ends_at"] != stay["ends_at"] or (
            own[0]["starts_at"] > now and own[0]["starts_at"] != stay["starts_at"]
        ):
            seam("/access_codes/update", access_code_id=own[0]["access_code_id"], **times)
        elif own[0]["errors"] and BUG != "no_second_look":
            alert(stay["booking_id"], device_id, "The code is not on the lock.")


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length) or "{}")
        try:
            self.handle_call(body)
            self.answer(200, {"ok": True})
        except urllib.error.HTTPError as error:
            # Whoever called tries again.
            self.answer(503, {"ok": False, "error": str(error)})

    def do_GET(self):
        self.answer(200, {"ok": True})

    def handle_call(self, body):
        if self.path == "/begin":
            stays.clear()
        elif self.path in ("/book", "/move"):
            known = stays.get(body["booking_id"], {"doors": set()})
            stays[body["booking_id"]] = stay = {**known, **body, "cancelled": False}
            care(stay, body["now"])
        elif self.path == "/cancel":
            stay = stays.get(body["booking_id"])
            if stay is not None:
                stay["cancelled"] = True
                care(stay, body["now"])
        elif self.path == "/tick":
            for stay in stays.values():
                care(stay, body["now"])

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "4000"))), App).serve_forever()
