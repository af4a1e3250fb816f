/** The tools for coding agents: few, and each answers in sentences first, in two kilobytes at most. */
import { z } from 'zod'
import type { ControlClient } from '../../client/control-client.ts'
import { answerReader } from '../../client/ask.ts'
import type { Deed } from '../../as-code/deeds.ts'
import { asksADoor, testOf } from '../../as-code/recording.ts'
import { bridgeRoutes } from '../../contract/bridges.ts'
import { clockRoutes } from '../../contract/clock.ts'
import { faultRoutes } from '../../contract/faults.ts'
import { lockRoutes } from '../../contract/locks.ts'
import { beginningOf } from '../../lib/text.ts'
import { targetOf } from '../explain/lookup.ts'
import type { Tool } from './protocol.ts'

/** Characters: an answer that is longer costs a model more than it tells. */
const LONGEST = 2_000

const short = (text: string): string =>
  text.length <= LONGEST ? text : `${beginningOf(text, LONGEST - 20)}\n… (cut)`

const compact = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner === null || (Array.isArray(inner) && inner.length === 0) ? undefined : inner,
  )

const tool = <S extends z.ZodRawShape>(
  name: string,
  description: string,
  params: S,
  run: (given: z.output<z.ZodObject<S>>) => Promise<string>,
): Tool => {
  const schema = z.strictObject(params)
  return {
    name,
    description,
    inputSchema: z.toJSONSchema(schema, { target: 'draft-7' }),
    run: async (given) => {
      const read = schema.safeParse(given)
      if (read.success) return short(await run(read.data))
      throw new Error(
        read.error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).join('; '),
      )
    },
  }
}

const deviceId = () => z.string().describe('The id of the lock.')

const worldTool = (client: ControlClient): Tool =>
  tool(
    'world',
    'The world at a glance: the time, every lock with its state, and where the API and the locks disagree. Begin here.',
    {},
    async () => {
      const { now } = await client.clock.get()
      const { locks = [] } = await client.world({ parts: ['locks'] })
      const disagreements = await client.disagreements()
      return [
        `It is ${now}.`,
        disagreements.length === 0
          ? 'The API and the locks agree.'
          : `They disagree in ${disagreements.length} points: ${disagreements.map(({ sentence }) => sentence).join(' ')}`,
        ...locks.map(
          ({ device_id, name, model, online, scheduling, memory_bank, bridge, battery }) =>
            `${name} (${device_id}, ${String(model)}, ${scheduling}): ${online ? 'online' : 'OFFLINE'}, ${memory_bank.used} of ${memory_bank.capacity} slots${bridge === null ? '' : `, bridge ${bridge.bridge_id} ${bridge.online ? 'on' : 'OFF'}`}${battery === null ? '' : `, battery ${Math.round(battery.level * 100)} %`}.`,
        ),
      ].join('\n')
    },
  )

const doTool = (client: ControlClient, deeds: Deed[]): Tool =>
  tool(
    'do',
    'Calls a route of the Seam API, such as /access_codes/create, as an app would; or one of the emulator under /_emulator.',
    {
      path: z.string().startsWith('/').describe('The route.'),
      params: z.record(z.string(), z.unknown()).default({}).describe('Its parameters.'),
    },
    async ({ path, params }) => {
      const answer = await client.call(path, params)
      if (!path.startsWith('/_emulator')) deeds.push({ path, body: params, answer })
      return `${path} answered 200. ${compact(answer)}`
    },
  )

const leapTool = (client: ControlClient, deeds: Deed[]): Tool =>
  tool(
    'leap',
    'Moves the clock: by a duration ("72h"), to an instant, or to whatever is due next. Tells what happened on the way.',
    {
      by: z.string().optional().describe('Such as "72h", "30m", "3d 12h".'),
      to: z.string().optional().describe('An instant, ISO 8601.'),
      to_next: z.literal(true).optional().describe('Whatever is due next.'),
    },
    async (target) => {
      const answer = await client.call(clockRoutes.advance.path, target)
      const { clock, transcript, jobs } = answerReader(clockRoutes.advance).parse(answer)
      deeds.push({ path: clockRoutes.advance.path, body: target, answer })
      const lines = transcript.map((line) => compact(line))
      return [`It is ${clock.now}; ${jobs} jobs ran.`, ...lines.slice(-12)].join('\n')
    },
  )

const explainTool = (client: ControlClient): Tool =>
  tool(
    'explain',
    'Why an access code, access grant, stay or space is as it is: what it waits for and what would help. Takes an id or a key.',
    { id: z.string().describe('An id, a key of a grant or of a reservation, or a name.') },
    async ({ id }) => {
      const target = await targetOf(client, id)
      const explanation =
        target.kind === 'access_code'
          ? await client.explain({ access_code_id: target.id })
          : target.kind === 'stay'
            ? await client.stays.explain({ stay_key: target.id })
            : target.kind === 'space'
              ? await client.spaces.explain({ space_id: target.id })
              : await client.accessGrants.explain({ [`${target.kind}_id`]: target.id })
      const { summary } = z
        .looseObject({ summary: z.array(z.string()).default([]) })
        .parse(explanation)
      return summary.length > 0 ? summary.join('\n') : compact(explanation)
    },
  )

const trafficTool = (client: ControlClient): Tool =>
  tool(
    'traffic',
    "What the app under test has called lately, and which webhooks failed. The agent's own calls are not in it.",
    { last: z.int().min(1).max(50).default(15).describe('How many calls.') },
    async ({ last }) => {
      const requests = await client.requests.list()
      const deliveries = await client.webhookDeliveries.list()
      const failed = deliveries.filter(({ state }) => state === 'failed' || state === 'aborted')
      return [
        `The app has made ${requests.length} calls; ${failed.length} of ${deliveries.length} webhook deliveries failed.`,
        ...requests
          .slice(-last)
          .map(
            ({ at, path, status, body }) =>
              `${at} ${path} ${status} ${beginningOf(compact(body), 120)}`,
          ),
        ...failed.slice(-5).map((it) => `failed delivery: ${beginningOf(compact(it), 160)}`),
      ].join('\n')
    },
  )

const doorTool = (client: ControlClient, deeds: Deed[]): Tool =>
  tool(
    'door',
    'Types a PIN at the keypad of a lock: what the door really does at this instant. The judge of everything.',
    { device_id: deviceId(), code: z.string().describe('The PIN.') },
    async ({ device_id, code }) => {
      const answer = await client.locks.enterCode({ device_id, code })
      const { opened, reason } = answer
      deeds.push({ path: lockRoutes.enter_code.path, body: { device_id, code }, answer })
      return opened ? 'The door opened.' : `The door stayed shut: ${String(reason)}.`
    },
  )

const faultTool = (client: ControlClient, deeds: Deed[]): Tool =>
  tool(
    'fault',
    'Causes trouble: {on, effect, match?, times?}, or unplugs a bridge, or ends all faults. Kinds: on "access_code.set" fail|delay|never_confirm|lose_later, "http" status, "webhook" drop|duplicate|delay, "device.link" down.',
    {
      fault: z.record(z.string(), z.unknown()).optional().describe('The fault.'),
      unplug_bridge: z.string().optional().describe('The id of a bridge.'),
      plug_bridge: z.string().optional().describe('The id of a bridge.'),
      clear: z.literal(true).optional().describe('Ends every fault.'),
    },
    async ({ fault, unplug_bridge, plug_bridge, clear }) => {
      const said: string[] = []
      if (clear === true) {
        const answer = await client.faults.clear()
        deeds.push({ path: faultRoutes.clear.path, body: {}, answer })
        said.push(`${answer.faults.length} faults ended.`)
      }
      for (const [bridge_id, plugged] of [
        [plug_bridge, true],
        [unplug_bridge, false],
      ] as const) {
        if (bridge_id === undefined) continue
        const { path } = bridgeRoutes[plugged ? 'plug' : 'unplug']
        deeds.push({ path, body: { bridge_id }, answer: await client.call(path, { bridge_id }) })
        said.push(`The bridge is ${plugged ? 'on' : 'off'} the network.`)
      }
      if (fault !== undefined) {
        const { path } = faultRoutes.create
        const answer = await client.call(path, fault)
        deeds.push({ path, body: fault, answer })
        said.push(`The fault waits for its occasion. ${compact(answer)}`)
      }
      if (said.length === 0) throw new Error('Give fault, unplug_bridge, plug_bridge or clear.')
      return said.join(' ')
    },
  )

const doctorTool = (client: ControlClient): Tool =>
  tool(
    'doctor',
    'Examines what the app under test has done so far and names its mistakes, with advice.',
    {},
    async () => {
      const { findings } = await client.doctor()
      if (findings.length === 0) return 'The app has not called this workspace yet.'
      const bad = findings.filter(({ verdict }) => verdict !== 'good')
      return [
        `${bad.length} of ${findings.length} checks have something to say.`,
        ...bad.map(({ check, text, advice }) => `${check}: ${text} ${advice ?? ''}`.trim()),
      ].join('\n')
    },
  )

const testTool = (deeds: Deed[]): Tool =>
  tool(
    'test_from_history',
    'A vitest test of all that was done in this session. Its last door must open, so it fails as long as the guest is locked out.',
    {
      name: z.string().describe('What the test is to show.'),
      forget: z.boolean().default(false).describe('Begin anew afterwards.'),
    },
    async ({ name, forget }) => {
      if (!asksADoor(deeds)) {
        throw new Error('Ask a door first: the last door is what the test is about.')
      }
      const text = testOf({ name, deeds, beginning: { fixture: 'default' }, lastDoorOpens: true })
      if (forget) deeds.length = 0
      return Promise.resolve(text)
    },
  )

export const createTools = (client: ControlClient): Tool[] => {
  const deeds: Deed[] = []
  return [
    worldTool(client),
    doTool(client, deeds),
    leapTool(client, deeds),
    explainTool(client),
    trafficTool(client),
    doorTool(client, deeds),
    faultTool(client, deeds),
    doctorTool(client),
    testTool(deeds),
  ]
}
