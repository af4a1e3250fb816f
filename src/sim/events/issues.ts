/** Errors and warnings as they are told: with an object, and with the events of the moment. */
import { toIso } from '../kernel/instant.ts'
import type { ToldError, ToldWarning } from './fields.ts'

export interface Issue {
  error_code?: string
  warning_code?: string
  message: string
  /** ms; null on an access code's own issue that has no instant. */
  created_at: number
  is_connected_account_error?: boolean
  is_device_error?: boolean
  is_access_code_error?: boolean
  is_bridge_error?: boolean
  [detail: string]: unknown
}

export interface Issues {
  errors: Issue[]
  warnings: Issue[]
}

const told = ({ message, created_at }: Issue) => ({ message, created_at: toIso(created_at) })

const errors = (issues: Issues): ToldError[] =>
  issues.errors.map((issue) => ({ error_code: issue.error_code ?? '', ...told(issue) }))

const warnings = (issues: Issues): ToldWarning[] =>
  issues.warnings.map((issue) => ({ warning_code: issue.warning_code ?? '', ...told(issue) }))

/** The `<group>_errors` and `<group>_warnings` with which events carry the issues of the moment: an account's, */
export const accountEventIssues = (account: Issues) => ({
  connected_account_errors: errors(account),
  connected_account_warnings: warnings(account),
})

/** those of a device and its account, */
export const deviceEventIssues = (groups: { device: Issues; connected_account: Issues }) => ({
  device_errors: errors(groups.device),
  device_warnings: warnings(groups.device),
  ...accountEventIssues(groups.connected_account),
})

/** those of an access system and its account, */
export const acsSystemEventIssues = (groups: {
  acs_system: Issues
  connected_account: Issues
}) => ({
  acs_system_errors: errors(groups.acs_system),
  acs_system_warnings: warnings(groups.acs_system),
  ...accountEventIssues(groups.connected_account),
})

/** or those of an access code, its device and its account. */
export const codeEventIssues = (groups: {
  access_code: Issues
  device: Issues
  connected_account: Issues
}) => ({
  access_code_errors: errors(groups.access_code),
  access_code_warnings: warnings(groups.access_code),
  ...deviceEventIssues(groups),
})
