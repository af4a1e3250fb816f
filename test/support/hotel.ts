/** Sites of access systems and grants over their doors, with the official SDK. */
import { z } from 'zod'
import type { Place } from './place.ts'

const attempted = z.looseObject({
  action_attempt: z.looseObject({ action_attempt_id: z.string() }),
})

const attempt = z.object({
  action_attempt: z.looseObject({
    status: z.string(),
    result: z.unknown(),
    error: z.object({ type: z.string(), message: z.string() }).nullable(),
  }),
})

/** The attempt that a call has begun, settled; not by the SDK, which throws where it failed. */
export const settled = async (place: Place, path: string, body: object) => {
  const { body: answer } = await place.raw(path, body)
  const { action_attempt_id } = attempted.parse(answer).action_attempt
  const { body: after } = await place.raw('/action_attempts/get', { action_attempt_id })
  return attempt.parse(after).action_attempt
}

type Model = Parameters<Place['emulator']['acsSystems']['create']>[0]['model']

/** A site of a brand, as the control API makes it. */
export const siteOf = async (place: Place, model: Model) => {
  const site = await place.emulator.acsSystems.create({ model })
  const [lobby = '', first = '', second = ''] = site.entrances.map((it) => it.acs_entrance_id)
  const acs_encoder_id = site.encoders[0]?.acs_encoder_id ?? ''
  type Shown = Omit<Parameters<Place['emulator']['acsSystems']['present']>[0], 'acs_entrance_id'>
  return {
    ...site,
    lobby,
    first,
    second,
    acs_encoder_id,
    /** What the door answers. */
    show: async (acs_entrance_id: string, shown: Shown): Promise<string> => {
      const answer = await place.emulator.acsSystems.present({ acs_entrance_id, ...shown })
      return answer.opened ? 'opened' : String(answer.reason)
    },
    encode: (access_method_id: string) =>
      settled(place, '/access_methods/encode', { access_method_id, acs_encoder_id }),
    /** The credentials of a method. */
    credentialsOf: async (access_method_id: string) => {
      const { acs_credentials = [] } = await place.seam.accessMethods.getRelated({
        access_method_ids: [access_method_id],
        include: ['acs_credentials'],
      })
      return acs_credentials
    },
  }
}

/** Everything that the doors of a site know by now: nothing of a grant may be left here. */
export const leftOn = async (place: Place, acs_system_id: string) => ({
  users: (await place.seam.acs.users.list({ acs_system_id })).map((it) => it.full_name),
  credentials: (await place.seam.acs.credentials.list({ acs_system_id })).map(
    (it) => it.access_method,
  ),
})
