/** One access code, and everything that is asked of it again and again. */
import type { Place, SeenEvent } from './place.ts'

type NewCode = Parameters<Place['seam']['accessCodes']['create']>[0]
type Change = Omit<Parameters<Place['seam']['accessCodes']['update']>[0], 'access_code_id'>

export type Booking = Awaited<ReturnType<typeof bookCode>>

/** The fields of an event that are not the same in every event. */
const own = (event: SeenEvent): Record<string, unknown> => {
  const {
    event_id: _,
    created_at: _created,
    workspace_id: _workspace,
    device_id: _device,
    access_code_id: _code,
    connected_account_id: _account,
    connected_account_custom_metadata: _accountMetadata,
    device_custom_metadata: _deviceMetadata,
    occurred_at: _occurred,
    ...rest
  } = event
  return rest
}

export const bookCode = async (place: Place, input: NewCode) => {
  const { access_code_id, device_id } = await place.seam.accessCodes.create(input)
  let seen = (await place.events({ access_code_id })).length
  return {
    access_code_id,
    get: () => place.seam.accessCodes.get({ access_code_id }),
    status: async () => (await place.seam.accessCodes.get({ access_code_id })).status,
    /** The codes of what is pending. */
    pending: async () =>
      (await place.seam.accessCodes.get({ access_code_id })).pending_mutations.map(
        (it) => it.mutation_code,
      ),
    errors: async () =>
      (await place.seam.accessCodes.get({ access_code_id })).errors.map((it) => it.error_code),
    warnings: async () =>
      (await place.seam.accessCodes.get({ access_code_id })).warnings.map((it) => it.warning_code),
    update: (change: Change) => place.seam.accessCodes.update({ access_code_id, ...change }),
    delete: () => place.seam.accessCodes.delete({ access_code_id }),
    opens: (code: string) => place.opens(device_id, code),
    isGone: async () => {
      const { status } = await place.raw('/access_codes/get', { access_code_id })
      return status === 404
    },
    slot: async () =>
      (await place.slots(device_id)).find((it) => it.access_code_id === access_code_id),
    /** What has happened to the code since this was last asked: its events without their common fields. */
    news: async (): Promise<Record<string, unknown>[]> => {
      const all = await place.events({ access_code_id })
      const fresh = all.slice(seen)
      seen = all.length
      return fresh.filter((it) => it.event_type.startsWith('access_code.')).map(own)
    },
    types: () => place.types({ access_code_id }),
  }
}
