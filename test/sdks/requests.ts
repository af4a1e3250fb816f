/**
 * Requests as the official SDKs of other languages send them, to the byte: recorded between Ruby
 * 2.146.0 (Faraday 2.14), PHP 3.5.1 (Guzzle 7.4) and Python 3.8.0 (httpx 0.28) and an emulator, with
 * times and ids of the test's world put in. `{name}` stands for what an earlier answer had under it.
 */
export interface Sdk {
  /** All lines of a request's head but the first; `{host}` and `{key}` are the test's. */
  headers: readonly string[]
  /** Headers of a request with a body, in their places: after the headers above. */
  ofBody: readonly string[]
  requests: readonly SdkRequest[]
}

export interface SdkRequest {
  line: string
  body?: string
  /** What the answer has in it, whose status is 200 unless it is an `error`. */
  has: object
}

const lock = 'd0000000-0000-4000-8000-000000000001'
const other = 'd0000000-0000-4000-8000-000000000002'
const none = '00000000-0000-4000-8000-000000000000'

const named = 'Zoë 🔑 Müller'
const stay = { starts_at: '2025-01-02T15:00:00.000Z', ends_at: '2025-01-05T10:00:00.000Z' }

const unlocking = {
  action_attempt: { action_type: 'UNLOCK_DOOR', status: 'pending', result: null, error: null },
}
const unlocked = { action_attempt: { status: 'success', result: {} } }

const missing = {
  ok: false,
  error: { type: 'device_not_found', message: 'device not found', data: { device_id: none } },
}

const page = { devices: [{}, {}], pagination: { has_next_page: true } }

const granted = { access_grant: { requested_access_methods: [{ mode: 'code' }], ...stay } }

export const ruby: Sdk = {
  headers: [
    'Authorization: Bearer {key}',
    'Content-Type: application/json',
    'Seam-Sdk-Name: seamapi/ruby',
    'Seam-Sdk-Version: 2.146.0',
    'User-Agent: Faraday v2.14.2',
    'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
    'Accept: */*',
    'Host: {host}',
  ],
  ofBody: ['Content-Length: {length}'],
  requests: [
    // A `Time` in a body is as `to_s` has it, in a query in ISO 8601.
    {
      line: 'POST /access_codes/create',
      body: `{"device_id":"${lock}","code":"4821","ends_at":"2025-01-05 11:00:00 +0100","is_external_modification_allowed":false,"name":"${named}","starts_at":"2025-01-02 15:00:00 UTC"}`,
      has: { access_code: { name: named, code: '4821', type: 'time_bound', ...stay } },
    },
    {
      line: `GET /access_codes/get?code=4821&device_id=${lock}&_strict=true`,
      has: { access_code: { name: named } },
    },
    {
      line: 'PUT /access_codes/update',
      body: `{"access_code_id":"{access_code_id}","ends_at":"2025-01-06 10:00:00 +0000","name":"Ñandú"}`,
      has: { action_attempt: { action_type: 'UPDATE_ACCESS_CODE' } },
    },
    {
      line: 'GET /access_codes/list?access_code_ids=&_strict=true',
      has: { access_codes: [] },
    },
    {
      line: `GET /access_codes/list?device_id=${lock}&limit=5&search=a%26b%3Dc%2B%C3%BC&_strict=true`,
      has: { access_codes: [] },
    },
    {
      line: 'GET /access_codes/list?access_code_ids={access_code_id}&_strict=true',
      has: { access_codes: [{ name: 'Ñandú', ends_at: '2025-01-06T10:00:00.000Z' }] },
    },
    {
      line: 'PUT /access_codes/create_multiple',
      body: `{"device_ids":["${lock}","${other}"],"preferred_code_length":6.0}`,
      has: { access_codes: [{ device_id: lock }, { device_id: other }] },
    },
    { line: 'POST /locks/unlock_door', body: `{"device_id":"${lock}"}`, has: unlocking },
    {
      line: 'GET /action_attempts/get?action_attempt_id={action_attempt_id}&_strict=true',
      has: unlocked,
    },
    { line: `GET /devices/get?device_id=${none}&_strict=true`, has: missing },
    { line: 'GET /devices/list?limit=2&_strict=true', has: page },
    {
      line: 'GET /devices/list?limit=2&page_cursor={next_page_cursor}&_strict=true',
      has: page,
    },
    {
      line: 'GET /events/list?between=2024-12-31T00%3A00%3A00.000Z&between=2025-01-02T00%3A00%3A00.000Z&event_types=device.connected&event_types=access_code.created&_strict=true',
      has: { events: [{ event_type: 'access_code.created' }, {}, {}] },
    },
    {
      line: 'PATCH /devices/update',
      body: `{"device_id":"${lock}","custom_metadata":{"unit":"4 ü","floor":"2","gone":null,"vip":true}}`,
      has: { ok: true },
    },
    {
      line: 'GET /devices/list?custom_metadata_has.unit=4+%C3%BC&custom_metadata_has.vip=true&_strict=true',
      has: { devices: [{ custom_metadata: { unit: '4 ü', floor: '2', vip: true } }] },
    },
    {
      line: 'GET /devices/list?created_before=2025-01-02T00%3A00%3A00.000Z&limit=1&_strict=true',
      has: { devices: [{}] },
    },
    {
      line: 'PUT /client_sessions/create',
      body: '{"expires_at":"2025-01-01 13:00:00 +0100","user_identifier_key":"ruby-guest"}',
      has: { client_session: { expires_at: '2025-01-01T12:00:00.000Z' } },
    },
    {
      line: 'POST /access_grants/create',
      body: `{"requested_access_methods":[{"mode":"code"}],"user_identity":{"full_name":"Jürgen O'Neil"},"device_ids":["${lock}"],"ends_at":"2025-01-05 10:00:00 +0000","starts_at":"2025-01-02 15:00:00 +0000"}`,
      has: granted,
    },
    {
      line: 'GET /access_grants/get_related?access_grant_ids={access_grant_id}&include=devices&include=user_identities&_strict=true',
      has: { batch: { devices: [{}], user_identities: [{ full_name: "Jürgen O'Neil" }] } },
    },
    {
      line: 'DELETE /access_grants/delete?access_grant_id={access_grant_id}&_strict=true',
      has: { ok: true },
    },
    {
      line: 'DELETE /access_codes/delete?access_code_id={access_code_id}&_strict=true',
      has: { action_attempt: { action_type: 'DELETE_ACCESS_CODE' } },
    },
    { line: 'GET /workspaces/get', has: { workspace: { is_sandbox: true } } },
  ],
}

export const php: Sdk = {
  headers: [
    'Host: {host}',
    'Authorization: Bearer {key}',
    'User-Agent: Seam PHP Client 3.5.1',
    'seam-sdk-name: seamapi/php',
    'seam-sdk-version: 3.5.1',
    'seam-lts-version: 1.0.0',
  ],
  ofBody: ['Content-Type: application/json', 'Content-Length: {length}'],
  requests: [
    { line: 'POST /devices/list', body: '{}', has: { devices: [{}, {}, {}, {}, {}] } },
    // Until 2.72 a call without parameters had an empty list.
    { line: 'POST /devices/list', body: '[]', has: { devices: [{}, {}, {}, {}, {}] } },
    { line: 'POST /client_sessions/create', body: '[]', has: { client_session: {} } },
    {
      line: 'POST /access_codes/create',
      body: `{"device_id":"${lock}","code":"4821","ends_at":"2025-01-05T11:00:00+01:00","is_one_time_use":false,"name":"Zo\\u00eb \\ud83d\\udd11 M\\u00fcller\\/x","preferred_code_length":4,"starts_at":"2025-01-02T15:00:00+00:00"}`,
      has: { access_code: { name: `${named}/x`, code: '4821', ...stay } },
    },
    {
      line: 'POST /access_codes/get',
      body: '{"access_code_id":"{access_code_id}"}',
      has: { access_code: { name: `${named}/x` } },
    },
    {
      line: 'POST /access_codes/update',
      body: '{"access_code_id":"{access_code_id}","ends_at":"2025-01-06T10:00:00.390418+00:00","name":"\\u00d1and\\u00fa"}',
      has: { action_attempt: {} },
    },
    { line: 'POST /access_codes/list', body: '{"access_code_ids":[]}', has: { access_codes: [] } },
    { line: 'POST /locks/unlock_door', body: `{"device_id":"${lock}"}`, has: unlocking },
    {
      line: 'POST /action_attempts/get',
      body: '{"action_attempt_id":"{action_attempt_id}"}',
      has: unlocked,
    },
    { line: 'POST /devices/get', body: `{"device_id":"${none}"}`, has: missing },
    { line: 'POST /devices/list', body: '{"limit":2}', has: page },
    {
      line: 'POST /devices/list',
      body: '{"limit":2,"page_cursor":"{next_page_cursor}"}',
      has: page,
    },
    // An empty array is a list, where a map is meant too: PHP has to say `(object) []`.
    {
      line: 'POST /devices/update',
      body: `{"device_id":"${lock}","custom_metadata":[]}`,
      has: {
        error: { message: 'Expected object, received array for "custom_metadata"' },
      },
    },
    {
      line: 'POST /access_grants/create',
      body: `{"requested_access_methods":[{"mode":"code"}],"user_identity":{"full_name":"J\\u00fcrgen O'Neil"},"device_ids":["${lock}"],"ends_at":"2025-01-05T10:00:00+00:00","starts_at":"2025-01-02T15:00:00+00:00"}`,
      has: granted,
    },
    {
      line: 'POST /access_codes/delete',
      body: '{"access_code_id":"{access_code_id}"}',
      has: { action_attempt: { action_type: 'DELETE_ACCESS_CODE' } },
    },
    { line: 'POST /workspaces/get', has: { workspace: { is_sandbox: true } } },
  ],
}

export const python: Sdk = {
  headers: [
    'Host: {host}',
    'Accept: */*',
    'Accept-Encoding: gzip, deflate',
    'Connection: keep-alive',
    'User-Agent: python-httpx/0.28.1',
    'authorization: Bearer {key}',
    'seam-sdk-name: seamapi/python',
    'seam-sdk-version: 3.8.0',
  ],
  ofBody: ['Content-Length: {length}', 'Content-Type: application/json'],
  requests: [
    // `isoformat()` has microseconds, which are dropped; `str()` has a space in place of the T.
    {
      line: 'POST /access_codes/create',
      body: `{"device_id":"${lock}","code":"4821","ends_at":"2025-01-05 10:00:00.000999+00:00","name":"${named}","starts_at":"2025-01-02T15:00:00.000257+00:00"}`,
      has: { access_code: { name: named, code: '4821', ...stay } },
    },
    {
      line: 'POST /access_codes/create',
      body: `{"device_id":"${lock}","ends_at":"2025-01-05T10:00:00.910784"}`,
      has: {
        error: { type: 'invalid_input', message: /add Z, as in 2025-01-05T10:00:00.910784Z/ },
      },
    },
    {
      line: 'GET /access_codes/list?access_code_ids={access_code_id}&_strict=true',
      has: { access_codes: [{ name: named }] },
    },
    { line: 'POST /locks/unlock_door', body: `{"device_id":"${lock}"}`, has: unlocking },
    {
      line: 'POST /action_attempts/get',
      body: '{"action_attempt_id":"{action_attempt_id}"}',
      has: unlocked,
    },
    {
      line: 'POST /locks/configure_auto_lock',
      body: `{"auto_lock_enabled":true,"device_id":"${lock}","auto_lock_delay_seconds":30.0}`,
      has: { action_attempt: { action_type: 'CONFIGURE_AUTO_LOCK' } },
    },
    { line: `GET /devices/get?device_id=${none}&_strict=true`, has: missing },
    { line: 'GET /devices/list?limit=2&_strict=true', has: page },
    {
      line: 'GET /events/list?between=2025-01-01T00%3A00%3A00.144760%2B00%3A00&between=2025-01-02T00%3A00%3A00.144778%2B00%3A00&event_types=access_code.created&_strict=true',
      has: { events: [] },
    },
    {
      line: 'POST /access_grants/create',
      body: `{"requested_access_methods":[{"mode":"code"}],"user_identity":{"full_name":"Jürgen O'Neil"},"device_ids":["${lock}"],"ends_at":"2025-01-05T10:00:00.000370+00:00","starts_at":"2025-01-02T15:00:00.000349+00:00"}`,
      has: granted,
    },
    {
      line: 'PATCH /access_grants/update',
      body: '{"access_grant_id":"{access_grant_id}","ends_at":null}',
      has: { ok: true },
    },
    {
      line: 'DELETE /access_grants/delete?access_grant_id={access_grant_id}&_strict=true',
      has: { ok: true },
    },
    {
      line: 'DELETE /access_codes/delete?access_code_id={access_code_id}&_strict=true',
      has: { action_attempt: { action_type: 'DELETE_ACCESS_CODE' } },
    },
  ],
}
