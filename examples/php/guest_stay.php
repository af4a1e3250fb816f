<?php
// A guest's stay. Run it with:
//
//   npx seam-emulator exec --clock frozen -- php examples/php/guest_stay.php
//
// With the official SDK (composer require seamapi/seam):
//   $seam = new Seam\SeamClient(getenv('SEAM_API_KEY'), getenv('SEAM_ENDPOINT'));

declare(strict_types=1);

const DOOR = 'd0000000-0000-4000-8000-000000000001';
const STARTS_AT = '2025-02-01T15:00:00.000Z';
const ENDS_AT = '2025-02-04T10:00:00.000Z';

function call(string $path, array $body): array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'authorization: Bearer ' . getenv('SEAM_API_KEY'),
            'content-type: application/json',
        ],
        'content' => json_encode($body),
        'ignore_errors' => true,
    ]]);
    $text = file_get_contents(getenv('SEAM_ENDPOINT') . $path, false, $context);
    $answer = json_decode((string) $text, true);
    if (($answer['ok'] ?? false) !== true) {
        throw new RuntimeException("$path: $text");
    }
    return $answer;
}

$code = call('/access_codes/create', [
    'device_id' => DOOR,
    'name' => 'Ada Guest',
    'starts_at' => STARTS_AT,
    'ends_at' => ENDS_AT,
])['access_code'];
echo "Booked. The PIN will be {$code['code']}.\n";

call('/_emulator/clock/advance', ['to' => STARTS_AT]);
$status = call('/access_codes/get', ['access_code_id' => $code['access_code_id']])['access_code']['status'];
$checkIn = call('/_emulator/locks/enter_code', ['device_id' => DOOR, 'code' => $code['code']]);
echo "Check-in: the code is $status, the door opens: ", json_encode($checkIn['opened']), ".\n";
if ($status !== 'set' || !$checkIn['opened']) {
    throw new RuntimeException('no way in');
}

call('/_emulator/clock/advance', ['to' => ENDS_AT]);
call('/_emulator/clock/advance', ['by' => '10m']);
$checkOut = call('/_emulator/locks/enter_code', ['device_id' => DOOR, 'code' => $code['code']]);
echo 'Check-out: the door opens: ', json_encode($checkOut['opened']), " ({$checkOut['reason']}).\n";
if ($checkOut['opened']) {
    throw new RuntimeException('still a way in');
}
