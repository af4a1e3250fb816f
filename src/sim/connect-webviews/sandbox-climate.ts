/** Who can sign in at providers of thermostats and noise sensors in a sandbox, and what each login brings. */
import type { LoginField, SandboxProvider } from './sandbox-providers.ts'

const emailAndPassword: readonly LoginField[] = [
  { name: 'email', label: 'Email address', kind: 'email', accepts: null },
  { name: 'password', label: 'Password', kind: 'password', accepts: ['1234'] },
]
const jane = 'jane@example.com'

/** By the provider's key. */
export const climateProviders: Readonly<Record<string, SandboxProvider>> = {
  ecobee: {
    model: 'ecobee',
    kind: 'thermostat',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Living Room' }] },
    anyone: null,
  },
  honeywell_resideo: {
    model: 'honeywell_resideo',
    kind: 'thermostat',
    aliases: ['first_alert'],
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Living Room' }] },
    anyone: null,
  },
  // Seam docs: get started with Minut sensors (jane).
  minut: {
    model: 'minut',
    kind: 'noise_sensor',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Living Room' }] },
    anyone: null,
  },
  // Three devices in a sandbox account: tests of the old Python SDK.
  nest: {
    model: 'nest',
    kind: 'thermostat',
    aliases: ['google_nest'],
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Hall' }, { name: 'Living Room' }, { name: 'Bedroom' }] },
    anyone: null,
  },
  noiseaware: {
    model: 'noiseaware',
    kind: 'noise_sensor',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Living Room' }] },
    anyone: null,
  },
  sensi: {
    model: 'sensi',
    kind: 'thermostat',
    fields: emailAndPassword,
    two_factor: false,
    logins: {
      [jane]: [{ name: 'Living Room' }],
      'john@example.com': [{ name: 'Garage' }],
      'frodo@example.com': [{ name: 'Hobbit Hole' }],
      'sam@example.com': [{ name: 'Kitchen' }],
    },
    anyone: null,
  },
  tado: {
    model: 'tado',
    kind: 'thermostat',
    fields: emailAndPassword,
    two_factor: false,
    logins: { [jane]: [{ name: 'Living Room' }] },
    anyone: null,
  },
}
