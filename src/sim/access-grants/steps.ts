/** What the reconciler of grants can say is to be done next. */

export type GrantWait = 'start' | 'end' | 'codes' | 'old_codes' | 'nothing'

export type GrantStep =
  | { do: 'take_off'; access_method_id: string; device_ids: string[]; keeps_doors: boolean }
  | { do: 'assign'; request: number; device_ids: string[] }
  | { do: 'declare_codes'; access_method_id: string; device_ids: string[] }
  | { do: 'change_codes'; access_method_id: string; access_code_ids: string[] }
  | { do: 'note_pin'; access_method_id: string; code: string }
  | { do: 'note_times'; access_method_id: string }
  | { do: 'revoke'; access_method_id: string }
  | { do: 'issue'; access_method_id: string }
  | { do: 'report_delay'; access_method_id: string }
  | { do: 'report_failure'; access_method_id: string }
  | { do: 'pull_spare'; access_code_id: string }
  | { do: 'adopt_spare'; access_method_id: string; device_id: string; access_code_id: string }
  | { do: 'forget_method'; access_method_id: string }
  | { do: 'forget_grant' }
  | { do: 'tell_missing'; device_ids: string[] | null }
  | {
      do: 'open_entrances'
      request: number
      acs_system_id: string
      acs_entrance_ids: string[]
    }
  | { do: 'close_entrances'; access_method_id: string; acs_entrance_ids: string[] }
  | { do: 'make_credential'; access_method_id: string }
  | { do: 'change_credential'; access_method_id: string }
  | { do: 'delete_credential'; access_method_id: string }
  | { do: 'tell_encoding'; access_method_id: string }
  | { do: 'tell_entrances'; granted: string[]; lost: string[] }
  | { do: 'settle'; device_ids: string[]; acs_entrance_ids: string[]; tells: boolean }
  | { do: 'wait'; until: number | null; reason: GrantWait }
