/** What an app got wrong: more than the reference integration did in the same story. */
import { minutesOf } from './judge.ts'
import type { DoorVerdict, Verdict } from './judge.ts'

export const findingKinds = [
  'locked_out',
  'stayed_on',
  'false_promise',
  'host_not_alerted',
  'code_left',
  'too_many_calls',
  'webhooks_matter',
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  kind: FindingKind
  stay: string | null
  guest: string | null
  device_id: string | null
  /** For times: the app's, and the reference's in the same story. Otherwise how many. */
  amount: number
  reference: number
}

export interface Tolerance {
  /** Minutes that do not count. */
  minutes: number
  /** Minutes before arrival and after departure that the app lets people in on purpose. */
  grace: number
}

const isLike = (a: DoorVerdict, b: DoorVerdict): boolean =>
  a.stay === b.stay && a.guest === b.guest && a.device_id === b.device_id

/** The same guest at the same door in the other's story: somebody may come in place of another one twice. */
const sameDoor = (
  one: DoorVerdict,
  own: readonly DoorVerdict[],
  others: readonly DoorVerdict[],
): DoorVerdict | undefined => {
  const nth = own.filter((it) => isLike(it, one)).indexOf(one)
  return others.filter((it) => isLike(it, one))[nth]
}

const times = (app: Verdict, reference: Verdict, { minutes, grace }: Tolerance): Finding[] =>
  app.doors.flatMap((one) => {
    const same = sameDoor(one, app.doors, reference.doors)
    const { stay, guest, device_id } = one
    const each = (
      kind: 'locked_out' | 'stayed_on',
      key: 'shut' | 'stayed_on',
      allowed: number,
    ): Finding[] => {
      const amount = minutesOf(one[key])
      const unavoidable = same === undefined ? 0 : minutesOf(same[key])
      return amount - unavoidable > allowed
        ? [{ kind, stay, guest, device_id, amount, reference: unavoidable }]
        : []
    }
    return [
      ...each('locked_out', 'shut', minutes),
      ...each('stayed_on', 'stayed_on', minutes + grace),
    ]
  })

const promises = (app: Verdict, reference: Verdict): Finding[] => {
  const of = (verdict: Verdict, stay: string, device_id: string): number =>
    verdict.false_promises.filter((it) => it.stay === stay && it.device_id === device_id).length
  const seen = new Set<string>()
  return app.false_promises.flatMap(({ stay, device_id }): Finding[] => {
    const key = `${stay} ${device_id}`
    if (seen.has(key)) return []
    seen.add(key)
    const [amount, unavoidable] = [of(app, stay, device_id), of(reference, stay, device_id)]
    return amount > 0 && unavoidable === 0
      ? [{ kind: 'false_promise', stay, guest: null, device_id, amount, reference: unavoidable }]
      : []
  })
}

const concerns = (alert: Verdict['alerts'][number], stay: string, device_id: string): boolean =>
  alert.stay === stay || (alert.stay === null && alert.device_id === device_id)

/** The guest stood before a shut door, the reference told the host before, and the app did not. */
const alerts = (app: Verdict, reference: Verdict, { minutes }: Tolerance): Finding[] =>
  app.doors.flatMap(({ stay, guest, device_id, shut }): Finding[] => {
    const [first] = shut
    if (first === undefined || minutesOf(shut) <= minutes) return []
    const toldIn = (verdict: Verdict): boolean =>
      verdict.alerts.some((it) => it.at <= first.from && concerns(it, stay, device_id))
    return toldIn(reference) && !toldIn(app)
      ? [{ kind: 'host_not_alerted', stay, guest, device_id, amount: 0, reference: 1 }]
      : []
  })

const left = (app: Verdict, reference: Verdict): Finding[] =>
  app.left.flatMap(({ device_id, codes }): Finding[] => {
    const unavoidable = reference.left.find((it) => it.device_id === device_id)?.codes ?? 0
    return codes > unavoidable
      ? [
          {
            kind: 'code_left',
            stay: null,
            guest: null,
            device_id,
            amount: codes,
            reference: unavoidable,
          },
        ]
      : []
  })

const calls = (app: Verdict, reference: Verdict): Finding[] =>
  app.calls > 10 * Math.max(50, reference.calls)
    ? [
        {
          kind: 'too_many_calls',
          stay: null,
          guest: null,
          device_id: null,
          amount: app.calls,
          reference: reference.calls,
        },
      ]
    : []

/** Everything that the app got wrong in a story that the reference played as well. */
export const findingsOf = (
  app: Verdict,
  reference: Verdict,
  tolerance: Tolerance,
  has_alerts: boolean,
): Finding[] => [
  ...times(app, reference, tolerance),
  ...promises(app, reference),
  ...(has_alerts ? alerts(app, reference, tolerance) : []),
  ...left(app, reference),
  ...calls(app, reference),
]

/** Nothing to ask the reference about: the app's story went well by itself. */
export const isFlawless = (app: Verdict, { minutes, grace }: Tolerance): boolean =>
  app.doors.every(
    ({ shut, stayed_on }) => minutesOf(shut) <= minutes && minutesOf(stayed_on) <= minutes + grace,
  ) &&
  app.false_promises.length === 0 &&
  app.left.length === 0 &&
  app.calls <= 500

/** How often the host was told the very same thing, beyond once. */
const doubled = ({ alerts: told }: Verdict): number =>
  told.length - new Set(told.map(({ at: _at, ...alert }) => JSON.stringify(alert))).size

/**
 * Trouble with webhooks must change nothing in the end. What it costs at the doors is told by the
 * comparison with the reference, which has the same trouble; what is left is a host who is told the same
 * more often than in the same story in which all of them arrive once, at once and in order.
 */
export const webhookFindings = (troubled: Verdict, calm: Verdict): Finding[] => {
  const [amount, reference] = [doubled(troubled), doubled(calm)]
  const nobody = { stay: null, guest: null, device_id: null }
  return amount > reference ? [{ kind: 'webhooks_matter', ...nobody, amount, reference }] : []
}
