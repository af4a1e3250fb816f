/** What an access code can wait for. */
export const waitReasons = [
  'lead_time',
  'start',
  'end',
  'answer',
  'retry',
  'lock_unreachable',
  'lock_refuses_codes',
  'no_room',
  'no_pin',
  'pin',
  'account',
  'conversion',
  'nothing',
] as const
