/** Who may come in where: grants, stays and spaces, and whether their doors open. */
import { signal } from '@preact/signals'
import type { ComponentChildren, ComponentType } from 'preact'
import { accessCopy as copy } from '../copy/access.ts'
import { useAnswer } from '../live/use-ask.ts'
import { askAny } from '../live/client.ts'
import { now, seq, world } from '../model/state.ts'
import { actAny } from '../acting/act.ts'
import { address, linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Instant } from '../ui/time.tsx'
import { GrantDetail } from './grant.tsx'
import { SpaceDetail } from './space.tsx'
import { StayDetail } from './stay.tsx'
import { stayKeysOf } from './stay-keys.ts'

const kinds = ['grants', 'stays', 'spaces'] as const
type Kind = (typeof kinds)[number]
const tab = signal<Kind | null>(null)

/** By what the address names, where nobody has chosen. */
const shown = (): Kind => {
  const named = kinds.find((it) => it === address.value.query.get('of'))
  return tab.value ?? named ?? 'grants'
}

interface RowProps {
  kind: Kind
  id: string
  name: string
  more: ComponentChildren
}

const Row = ({ kind, id, name, more }: RowProps) => (
  <li>
    <a
      class="line access-line"
      href={linkTo('access', id, { of: kind })}
      aria-current={address.value.id === id}
    >
      <span>{name}</span>
      <span class="quiet">{more}</span>
    </a>
  </li>
)

const GrantHere = () => {
  const lock = world.value?.locks[0]
  if (lock === undefined) return null
  return (
    <ActButton
      act={() =>
        actAny({
          path: '/access_grants/create',
          body: {
            name: 'Guest',
            user_identity: { full_name: 'Guest' },
            device_ids: [lock.device_id],
            requested_access_methods: [{ mode: 'code' }],
            starts_at: new Date(now.peek() ?? 0).toISOString(),
            ends_at: new Date((now.peek() ?? 0) + 2 * 86_400_000).toISOString(),
          },
          says: copy.grantHere,
        })
      }
    >
      {copy.grantHere}
    </ActButton>
  )
}

const Grants = () => {
  const grants = world.value?.access_grants ?? []
  if (grants.length === 0) {
    return (
      <p class="empty">
        {copy.noGrants} <GrantHere />
      </p>
    )
  }
  return (
    <ul class="access-list">
      {grants.map(({ access_grant_id, name, starts_at, ends_at }) => (
        <Row
          key={access_grant_id}
          kind="grants"
          id={access_grant_id}
          name={name ?? access_grant_id}
          more={
            <>
              {starts_at !== null && <Instant at={starts_at} />} –{' '}
              {ends_at === null ? copy.forGood : <Instant at={ends_at} />}
            </>
          }
        />
      ))}
    </ul>
  )
}

const Stays = () => {
  const { answer } = useAnswer(
    'stays',
    async (signal) =>
      stayKeysOf(
        await askAny('/access_grants/list', {}, { signal }),
        await askAny('/seam/customer/v1/automation_runs/list', {}, { signal }),
      ),
    [seq.value],
  )
  if (answer === null) return null
  if (answer.length === 0) return <p class="empty">{copy.noStays}</p>
  return (
    <ul class="access-list">
      {answer.map(({ key, name }) => (
        <Row key={key} kind="stays" id={key} name={key} more={name} />
      ))}
    </ul>
  )
}

const Spaces = () => {
  const spaces = world.value?.spaces ?? []
  if (spaces.length === 0) return <p class="empty">{copy.noSpaces}</p>
  return (
    <ul class="access-list">
      {spaces.map(({ space_id, name, device_ids }) => (
        <Row
          key={space_id}
          kind="spaces"
          id={space_id}
          name={name}
          more={`${device_ids.length} ${copy.doors.toLowerCase()}`}
        />
      ))}
    </ul>
  )
}

const lists: Record<Kind, ComponentType> = {
  grants: Grants,
  stays: Stays,
  spaces: Spaces,
}

const Detail = () => {
  const { id, query } = address.value
  if (id === null) return <p class="empty">{copy.chooseOne}</p>
  const of = query.get('of')
  if (of === 'stays') return <StayDetail key={id} stay_key={id} />
  if (of === 'spaces') return <SpaceDetail key={id} space_id={id} />
  return <GrantDetail key={id} access_grant_id={id} />
}

export const Access = () => {
  const kind = shown()
  const List = lists[kind]
  return (
    <div class="page">
      <div class="page-head">
        <h1>{copy.title}</h1>
      </div>
      <div class="beside access-page" data-open={address.value.id !== null}>
        <section class="beside-list">
          <Tabs
            label={copy.tabs}
            tabs={kinds.map((id) => ({ id, label: copy[id] }))}
            chosen={kind}
            onChoose={(id) => {
              tab.value = kinds.find((it) => it === id) ?? null
            }}
          >
            <List />
          </Tabs>
        </section>
        <section class="beside-detail">
          {address.value.id !== null && (
            <a class="button back-to-list" href={linkTo('access', null, { of: kind })}>
              {copy.back}
            </a>
          )}
          <Detail />
        </section>
      </div>
    </div>
  )
}
