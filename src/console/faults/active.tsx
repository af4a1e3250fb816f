/** Active faults as tags on what they act on; one press ends one. */
import { act } from '../acting/act.ts'
import { faultsCopy } from '../copy/faults.ts'
import { CloseIcon } from '../icons.tsx'
import { actsOn, isOver } from '../model/palette.ts'
import { at, world } from '../model/state.ts'
import type { Fault } from '../model/types.ts'
import { ActButton } from '../ui/button.tsx'
import { faultName, faultTarget } from './describe.ts'

const copy = faultsCopy.active

export const FaultTag = ({ fault, withTarget }: { fault: Fault; withTarget?: boolean }) => {
  const { fault_id, hits, times, state } = fault
  const name = faultName(fault)
  return (
    <li class="fault-tag" data-state={state} data-fault={fault_id}>
      <span class="fault-name">{name}</span>
      {withTarget === true && (
        <span class="quiet fault-target">{faultTarget(fault, world.value)}</span>
      )}
      <span class="fault-hits" data-hits={hits}>
        {copy.hits(hits, times)}
      </span>
      <ActButton
        look="plain"
        aria-label={copy.end(name)}
        disabled={at.value !== null}
        act={() =>
          act({ path: '/_emulator/faults/delete', body: { fault_id }, says: copy.end(name) })
        }
      >
        <CloseIcon size={12} />
      </ActButton>
    </li>
  )
}

/** Those that name this lock, one of its codes, its bridge or its account. */
export const ActiveFaults = ({ device_id }: { device_id: string }) => {
  const it = world.value
  const lock = it?.locks.find((one) => one.device_id === device_id)
  if (it === null || lock === undefined) return null
  const { access_code_id, device_id: of } = it.access_codes
  const codes = new Set(access_code_id.filter((_, n) => of[n] === device_id))
  const its = it.faults.filter((fault) => !isOver(fault) && actsOn(fault, lock, codes))
  if (its.length === 0) return null
  return (
    <ul class="fault-tags" aria-label={copy.heading}>
      {its.map((fault) => (
        <FaultTag
          key={fault.fault_id}
          fault={fault}
          withTarget={Object.keys(fault.match ?? {}).length === 0}
        />
      ))}
    </ul>
  )
}
