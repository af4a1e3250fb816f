/** What is pushed of a customer, in one shape: every sort of place is a space, every sort of person an identity. */
import type { StayKind } from '../../db/tables/customers.ts'
import type { Geolocation } from '../../db/tables/spaces.ts'

export interface PushedPlace {
  space_key: string
  name: string
  customer_data?: Readonly<Record<string, string | null | undefined>> | undefined
  geolocation?: Geolocation | undefined
  parent_key?: string | undefined
  custom_metadata?: Readonly<Record<string, unknown>> | undefined
}

export interface PushedPerson {
  user_identity_key: string
  name: string
  email_address?: string | undefined
  phone_number?: string | undefined
}

/** What is undefined stays as it was. Instants are ms. */
export interface PushedStay {
  kind: StayKind
  stay_key: string
  name?: string | undefined
  starts_at?: number | undefined
  ends_at?: number | undefined
  person_keys?: readonly string[] | undefined
  space_keys?: readonly string[] | undefined
  preferred_code?: string | undefined
  custom_metadata?: Readonly<Record<string, unknown>> | undefined
}

export interface PushedData {
  customer_key: string
  places: readonly PushedPlace[]
  people: readonly PushedPerson[]
  stays: readonly PushedStay[]
}

/** What is to be deleted. */
export interface DeletedKeys {
  stays: readonly { kind: StayKind; stay_key: string }[]
  person_keys: readonly string[]
  space_keys: readonly string[]
  customer_keys: readonly string[]
}
