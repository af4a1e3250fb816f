/**
 * Who can sign in where in a sandbox, and what each login brings. The logins are those of the sample
 * data pages in the Seam docs; which devices they bring is not published there, save where noted, so
 * the lists of locks are assumed.
 */

/** A field of a provider's login form. */
export interface LoginField {
  name: string
  label: string
  kind: 'email' | 'text' | 'password' | 'choice'
  /** The answers that are right; null: the provider's logins decide. Choices are all right. */
  accepts: readonly string[] | null
}

/** What a login brings, by its name. */
export interface SandboxDevice {
  name: string
  has_keypad?: boolean
  time_zone?: string
}

export interface SandboxProvider {
  /** The model of its devices. */
  model: string
  /** What they are; locks when not given. */
  kind?: 'noise_sensor' | 'thermostat'
  /** Other keys under which webviews know the same provider. */
  aliases?: readonly string[]
  fields: readonly LoginField[]
  /** Asks for a code after the password. */
  two_factor: boolean
  /** What the devices of a login are called. */
  logins: Readonly<Record<string, readonly SandboxDevice[]>>
  /** Any other address at example.com is a login as well, with these devices; null: it is not. */
  anyone: readonly SandboxDevice[] | null
}

export const SANDBOX_PASSWORD = '1234'
export const SANDBOX_CODE = '123456'

const email: LoginField = { name: 'email', label: 'Email address', kind: 'email', accepts: null }
const username: LoginField = { name: 'username', label: 'Username', kind: 'text', accepts: null }
const password: LoginField = {
  name: 'password',
  label: 'Password',
  kind: 'password',
  accepts: [SANDBOX_PASSWORD],
}
const secret = (name: string, label: string, value = SANDBOX_PASSWORD): LoginField => ({
  name,
  label,
  kind: 'text',
  accepts: [value],
})
const timeZone: LoginField = {
  name: 'time_zone',
  label: 'Time zone',
  kind: 'choice',
  accepts: ['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Etc/UTC'],
}

const emailAndPassword = [email, password]
const jane = 'jane@example.com'
const office = [{ name: 'Office Lock' }]
const home = [{ name: 'Front Door' }, { name: 'Back Door' }]
const family = {
  [jane]: home,
  'john@example.com': [{ name: 'Garage Door' }],
  'sam@example.com': [{ name: 'Front Door' }],
  'frodo@example.com': [{ name: 'Round Door' }],
}

/** By the provider's key. */
export const sandboxProviders: Readonly<Record<string, SandboxProvider>> = {
  akiles: {
    model: 'akiles',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: office },
    anyone: null,
  },
  august: {
    model: 'august',
    fields: [
      {
        name: 'region',
        label: 'Device region',
        kind: 'choice',
        accepts: ['United States', 'Other'],
      },
      ...emailAndPassword,
    ],
    two_factor: true,
    logins: {
      ...family,
      [jane]: [{ name: 'Front Door' }, { name: 'Back Door', has_keypad: false }],
    },
    anyone: null,
  },
  dormakaba_oracode: {
    model: 'dormakaba_oracode',
    fields: [username, secret('site', 'Site', 'Ocean Beach Vacations'), timeZone],
    two_factor: false,
    logins: { jane: [{ name: 'Unit 1' }, { name: 'Unit 2' }] },
    anyone: null,
  },
  igloohome: {
    model: 'igloohome',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: office },
    anyone: office,
  },
  // Seam docs: get started with KeyInCode locks.
  keyincode: {
    model: 'keyincode',
    aliases: ['korelock'],
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Front Door Lock' }, { name: 'Back Door Lock' }] },
    anyone: null,
  },
  kwikset: {
    model: 'kwikset',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: home },
    anyone: [{ name: 'Front Door' }],
  },
  lockly: {
    model: 'lockly',
    fields: [
      email,
      secret('client_id', 'Team ID or client ID'),
      secret('access_key_id', 'Access key ID'),
      secret('access_key_secret', 'Access key secret'),
      secret('token_id', 'Token ID'),
      secret('token_secret', 'Token secret'),
    ],
    two_factor: false,
    logins: { [jane]: [{ name: 'Front Door' }] },
    anyone: null,
  },
  my_2n: {
    model: 'two_n',
    fields: emailAndPassword,
    two_factor: false,
    // Seam docs: 2N intercoms sample data.
    logins: { [jane]: [{ name: 'Device 0' }, { name: 'Device 1' }, { name: 'Device 2' }] },
    anyone: [{ name: 'Device 0' }],
  },
  // Seam docs: get started with Nuki locks (Office Lock).
  nuki: {
    model: 'nuki',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: office },
    anyone: office,
  },
  omnitec: {
    model: 'omnitec',
    fields: [...emailAndPassword, timeZone],
    two_factor: false,
    logins: { [jane]: [{ name: 'Room 101' }] },
    anyone: null,
  },
  salto_ks: {
    model: 'salto_ks',
    aliases: ['salto', 'salto_ks_accept'],
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Main Entrance' }] },
    anyone: null,
  },
  // Seam docs: resource samples (FRONT DOOR, BACK DOOR).
  schlage: {
    model: 'schlage',
    fields: emailAndPassword,
    two_factor: false,
    logins: {
      ...family,
      [jane]: [{ name: 'FRONT DOOR' }, { name: 'BACK DOOR' }],
      'andrew@example.com': [{ name: 'Side Door' }],
    },
    anyone: null,
  },
  smartthings: {
    model: 'smartthings',
    fields: emailAndPassword,
    two_factor: false,
    logins: {
      [jane]: home,
      'sam@example.com': [{ name: 'Front Door' }],
      'frodo@example.com': [{ name: 'Round Door' }],
    },
    anyone: null,
  },
  tedee: {
    model: 'tedee',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Front Door' }] },
    anyone: null,
  },
  ttlock: {
    model: 'ttlock',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: home },
    anyone: null,
  },
  // Not among the sample data pages: assumed.
  ultraloq: {
    model: 'ultraloq',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Front Door' }] },
    anyone: null,
  },
  wyze: {
    model: 'wyze',
    fields: [
      secret('key_id', 'Wyze API key ID', 'ABC123ABC'),
      secret('api_key', 'Wyze API key', 'ABC123ABC'),
      ...emailAndPassword,
    ],
    two_factor: false,
    logins: { [jane]: [{ name: 'Front Door' }] },
    anyone: [{ name: 'Front Door' }],
  },
  yale: {
    model: 'yale',
    aliases: ['yale_access'],
    fields: emailAndPassword,
    two_factor: true,
    logins: family,
    anyone: null,
  },
}
