import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { nearest } from '../lib/nearest.ts'
import { notFound } from './failure.ts'

const devicesPage = z.object({
  devices: z.array(
    z.looseObject({
      device_id: z.string(),
      device_type: z.string(),
      display_name: z.string(),
      properties: z.looseObject({ online: z.boolean(), locked: z.boolean().optional() }),
    }),
  ),
  pagination: z.object({ next_page_cursor: z.string().nullable() }),
})

export type ListedDevice = z.infer<typeof devicesPage>['devices'][number]

/** All devices of the workspace. */
export const listDevices = async (client: ControlClient): Promise<ListedDevice[]> => {
  const all: ListedDevice[] = []
  let page_cursor: string | null = null
  do {
    const page: z.infer<typeof devicesPage> = devicesPage.parse(
      await client.call('/devices/list', page_cursor === null ? {} : { page_cursor }),
    )
    all.push(...page.devices)
    page_cursor = page.pagination.next_page_cursor
  } while (page_cursor !== null)
  return all
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id of a device that is given by id, the beginning or end of an id, or name. @throws when it is none or several */
export const deviceIdOf = async (client: ControlClient, text: string): Promise<string> => {
  if (UUID.test(text)) return text
  const devices = await listDevices(client)
  const wanted = text.toLowerCase()
  const exact = devices.filter(
    ({ device_id, display_name }) => device_id === text || display_name.toLowerCase() === wanted,
  )
  const matches =
    exact.length > 0
      ? exact
      : devices.filter(
          ({ device_id, display_name }) =>
            display_name.toLowerCase().includes(wanted) ||
            device_id.startsWith(wanted) ||
            device_id.endsWith(wanted),
        )
  const [found] = matches
  if (found !== undefined && matches.length === 1) return found.device_id
  const names = (matches.length > 1 ? matches : devices).map((device) => device.display_name)
  if (matches.length > 1) throw new Error(`"${text}" could be ${names.join(' or ')}.`)
  const near = nearest(text, names)
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  throw notFound(
    `There is no device "${text}".${hint} There are: ${names.slice(0, 20).join(', ')}.`,
  )
}
