/** Which providers a webview offers, and whether a login at one of them is right. */
import { providerCategories } from '../device-providers/categories.ts'
import { acsModelOf } from '../acs-systems/models/index.ts'
import { profileOf } from '../locks/models/index.ts'
import { noiseSensorProfileOf } from '../noise-sensors/models/index.ts'
import { thermostatProfileOf } from '../thermostats/models/index.ts'
import type { ConnectWebview } from '../../db/tables/connect-webviews.ts'
import { accessSystemProviders } from './sandbox-access-systems.ts'
import { climateProviders } from './sandbox-climate.ts'
import { SANDBOX_CODE, SANDBOX_PASSWORD, sandboxProviders } from './sandbox-providers.ts'
import type { SandboxDevice, SandboxProvider } from './sandbox-providers.ts'

/** A provider by the key under which a webview knows it. */
export interface OfferedProvider extends SandboxProvider {
  key: string
  display_name: string
}

/** What the models of a kind of device say of their provider. */
const brandIn =
  (profileOf: (model: string) => Branded | undefined) =>
  (model: string): Brand | undefined => {
    const profile = profileOf(model)
    return profile && { display_name: profile.provider.display_name, account: profile.account }
  }

interface Brand {
  display_name: string
  account: { account_type: string; account_type_display_name: string }
}

interface Branded {
  provider: { display_name: string }
  account: Brand['account']
}

const brands: Readonly<
  Record<NonNullable<SandboxProvider['kind']>, (model: string) => Brand | undefined>
> = {
  noise_sensor: brandIn(noiseSensorProfileOf),
  thermostat: brandIn(thermostatProfileOf),
}

const brandOfLock = brandIn(profileOf)

/** What is known of the provider by the model of what it has. */
export const brandOf = ({ kind, model }: SandboxProvider) =>
  kind === undefined ? (brandOfLock(model) ?? acsModelOf(model)) : brands[kind](model)

const offered = (key: string, provider: SandboxProvider): OfferedProvider => ({
  ...provider,
  key,
  display_name: brandOf(provider)?.display_name ?? key,
})

/** The providers whose logins bring devices. */
export const deviceProviders: Readonly<Record<string, SandboxProvider>> = {
  ...sandboxProviders,
  ...climateProviders,
}

/** Locks first: whoever does not say what to connect connects locks. */
const allProviders: Readonly<Record<string, SandboxProvider>> = {
  ...deviceProviders,
  ...accessSystemProviders,
}

const byKey = new Map<string, OfferedProvider>()
for (const [key, provider] of Object.entries(allProviders)) {
  byKey.set(key, offered(key, provider))
  for (const alias of provider.aliases ?? []) byKey.set(alias, offered(alias, provider))
}

/** The keys of a category; null for the internal one, which has all. */
export const providersInCategory = (category: string): readonly string[] | null =>
  providerCategories[category] ?? null

/** What people can choose from on the page; providers of which nothing is simulated are not offered. */
export const offeredProviders = ({ options }: ConnectWebview): OfferedProvider[] => {
  const keys = options.any_provider_allowed ? Object.keys(allProviders) : options.accepted_providers
  return keys
    .filter((key) => !options.excluded_providers.includes(key))
    .map((key) => byKey.get(key))
    .filter((provider) => provider !== undefined)
    .toSorted((a, b) => rank(a) - rank(b) || (a.display_name < b.display_name ? -1 : 1))
}

const rank = ({ model, kind }: SandboxProvider): number =>
  kind !== undefined || profileOf(model) === undefined ? 1 : 0

/** Whom a login form's answers name. */
export const loginGiven = (
  { fields }: SandboxProvider,
  answers: Readonly<Record<string, string | undefined>>,
): string => {
  const named = fields.find((field) => field.accepts === null)?.name ?? 'email'
  return (answers[named] ?? '').trim().toLowerCase()
}

/** The devices of a login; null when the provider does not know it. */
export const devicesOfLogin = (
  { logins, anyone }: SandboxProvider,
  login: string,
): readonly SandboxDevice[] | null =>
  logins[login] ?? (/^[^@\s]+@example\.com$/.test(login) ? anyone : null)

/** Whether every field has a right answer. */
export const areAnswersRight = (
  provider: SandboxProvider,
  answers: Readonly<Record<string, string | undefined>>,
): boolean =>
  devicesOfLogin(provider, loginGiven(provider, answers)) !== null &&
  provider.fields.every(
    ({ name, accepts }) => accepts === null || accepts.includes((answers[name] ?? '').trim()),
  )

/** A right answer to every field, for people who look at the page and for headless completion. */
export const rightAnswers = (
  provider: SandboxProvider,
  login = Object.keys(provider.logins)[0] ?? '',
): Record<string, string> => ({
  ...Object.fromEntries(
    provider.fields.map(({ name, accepts }) => [
      name,
      accepts === null ? login : (accepts[0] ?? ''),
    ]),
  ),
  ...(provider.two_factor && { code: SANDBOX_CODE }),
})

export const isSecondFactorRight = (code: string | undefined): boolean =>
  (code ?? '').trim() === SANDBOX_CODE

/** What the page tells of the sandbox. */
export const sandboxHint = (provider: OfferedProvider): string => {
  const answers = rightAnswers(provider)
  const listed = provider.fields
    .map(({ name, label, kind }) => (kind === 'choice' ? null : `${label}: ${answers[name] ?? ''}`))
    .filter((line) => line !== null)
  const others = Object.keys(provider.logins).slice(1)
  return [
    ...listed,
    ...(others.length > 0
      ? [`also ${others.join(', ')} with the password ${SANDBOX_PASSWORD}`]
      : []),
    ...(provider.anyone === null ? [] : ['also any address at example.com']),
  ].join(' · ')
}
