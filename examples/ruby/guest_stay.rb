# A guest's stay. Run it with:
#
#   npx seam-emulator exec --clock frozen -- ruby examples/ruby/guest_stay.rb
#
# With the official SDK (gem install seam), Seam.new reads the same two variables.

require "json"
require "net/http"

ENDPOINT = ENV.fetch("SEAM_ENDPOINT")
API_KEY = ENV.fetch("SEAM_API_KEY")

DOOR = "d0000000-0000-4000-8000-000000000001"
STARTS_AT = "2025-02-01T15:00:00.000Z"
ENDS_AT = "2025-02-04T10:00:00.000Z"

def call(path, **body)
  answer = Net::HTTP.post(
    URI(ENDPOINT + path),
    JSON.generate(body),
    "authorization" => "Bearer #{API_KEY}",
    "content-type" => "application/json"
  )
  raise "#{path}: #{answer.body}" unless answer.is_a?(Net::HTTPOK)

  JSON.parse(answer.body)
end

code = call(
  "/access_codes/create",
  device_id: DOOR, name: "Ada Guest", starts_at: STARTS_AT, ends_at: ENDS_AT
).fetch("access_code")
puts "Booked. The PIN will be #{code["code"]}."

call("/_emulator/clock/advance", to: STARTS_AT)
status = call("/access_codes/get", access_code_id: code["access_code_id"])["access_code"]["status"]
check_in = call("/_emulator/locks/enter_code", device_id: DOOR, code: code["code"])
puts "Check-in: the code is #{status}, the door opens: #{check_in["opened"]}."
raise "no way in" unless status == "set" && check_in["opened"]

call("/_emulator/clock/advance", to: ENDS_AT)
call("/_emulator/clock/advance", by: "10m")
check_out = call("/_emulator/locks/enter_code", device_id: DOOR, code: code["code"])
puts "Check-out: the door opens: #{check_out["opened"]} (#{check_out["reason"]})."
raise "still a way in" if check_out["opened"]
