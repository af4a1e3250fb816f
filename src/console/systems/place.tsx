/** Access systems: their doors, people, keys and cards. */
import { act } from '../acting/act.ts'
import { systemsCopy as copy } from '../copy/systems.ts'
import { world } from '../model/state.ts'
import { address, linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { SystemDetail } from './system.tsx'

const Empty = () => (
  <div class="empty">
    <p>{copy.none}</p>
    <ActButton
      act={() =>
        act({
          path: '/_emulator/acs_systems/create',
          body: { model: 'visionline' },
          says: copy.create,
        })
      }
    >
      {copy.create}
    </ActButton>
  </div>
)

export const Systems = () => {
  const systems = world.value?.acs_systems ?? []
  const { id } = address.value
  const chosen = systems.find((it) => it.acs_system_id === id)
  return (
    <div class="page">
      <div class="page-head">
        <h1>{copy.title}</h1>
      </div>
      {systems.length === 0 ? (
        <Empty />
      ) : (
        <div class="beside beside-wide" data-open={id !== null}>
          <ul class="beside-list">
            {systems.map((it) => (
              <li key={it.acs_system_id}>
                <a
                  class="line access-line"
                  href={linkTo('systems', it.acs_system_id)}
                  aria-current={it === chosen}
                >
                  <span>
                    {it.name} <span class="quiet">{it.model}</span>
                  </span>
                  <span class={it.is_connected ? 'quiet' : 'tone-red'}>
                    {it.is_connected ? copy.connected : copy.notConnected}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <section class="beside-detail">
            {id !== null && (
              <a class="button back-to-list" href={linkTo('systems')}>
                {copy.back}
              </a>
            )}
            {chosen === undefined ? (
              <p class="empty">{id === null ? copy.chooseOne : copy.gone}</p>
            ) : (
              <SystemDetail key={chosen.acs_system_id} system={chosen} />
            )}
          </section>
        </div>
      )}
    </div>
  )
}
