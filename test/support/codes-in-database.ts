/** Rows for tests of the database alone. */
import type { DatabaseClient } from '../../src/db/database.ts'
import { defaultSettings } from '../../src/sim/kernel/settings.ts'

/** The tables of a new workspace. */
export const workspaceOf = (db: DatabaseClient, workspace_id: string) => {
  db.workspaceRow(workspace_id).insert({
    name: workspace_id,
    company_name: 'Test',
    is_sandbox: true,
    is_suspended: false,
    is_publishable_key_auth_enabled: true,
    connect_webview_customization: {},
    created_at: 0,
    seed: 'seed',
    fixture: 'empty',
    settings: defaultSettings,
    loose_ids: true,
    clock_mode: 'frozen',
    clock_rate: 0,
    clock_base: 0,
    clock_anchor: 0,
  })
  return db.tablesOf(workspace_id)
}

/** An access code with which nothing is the matter. */
export const codeRow = (access_code_id: string, device_id: string, code: string) => ({
  access_code_id,
  device_id,
  connected_account_id: 'account',
  ordinal: 0,
  name: null,
  code,
  created_at: 0,
  is_managed: true,
  is_backup: false,
  is_offline: false,
  is_one_time_use: false,
  is_external_modification_allowed: false,
  prefer_native_scheduling: true,
  is_unconfirmed: false,
  in_effect: { code, name: null, starts_at: null, ends_at: null },
})
