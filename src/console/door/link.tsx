/** The way from the API to a lock, with the plugs that can be pulled. */
import type { ComponentChildren } from 'preact'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { world } from '../model/state.ts'
import type { Bridge, Lock } from '../model/types.ts'
import { AccountIcon, BridgeIcon, CloudIcon, LockIcon } from './icons.tsx'
import { Plug } from './plug.tsx'

const copy = doorCopy.link

const Node = ({ children, name }: { children: ComponentChildren; name: string }) => (
  <span class="link-node" title={name}>
    {children}
    <span class="link-name">{name}</span>
  </span>
)

const Cable = ({ isWhole }: { isWhole: boolean }) => (
  <span class="link-cable" data-whole={isWhole} aria-hidden="true" />
)

/** Takes it off the network, or puts it back. */
export const toggleBridge = (bridge: Bridge) => {
  const { bridge_id, name, online } = bridge
  return online
    ? act({ path: '/_emulator/bridges/unplug', body: { bridge_id }, says: copy.unplug(name) })
    : act({ path: '/_emulator/bridges/plug', body: { bridge_id }, says: copy.plug(name) })
}

export const bridgeOf = (lock: Lock): Bridge | undefined =>
  world.value?.bridges.find(({ bridge_id }) => bridge_id === lock.bridge?.bridge_id)

const BridgePart = ({ bridge }: { bridge: Bridge }) => {
  const { online, name, device_ids } = bridge
  const n = device_ids.length
  return (
    <>
      <Plug
        isIn={online}
        says={online ? copy.unplug(name) : copy.plug(name)}
        ghost={online ? copy.cuts(n) : copy.restores(n)}
        act={() => toggleBridge(bridge)}
      />
      <Node name={name}>
        <BridgeIcon size={18} />
      </Node>
    </>
  )
}

const RadioPart = ({ lock }: { lock: Lock }) => {
  const { device_id, name, link } = lock
  const isOn = link.cause !== 'device_disconnected'
  const says = isOn ? copy.radioOff(name) : copy.radioOn(name)
  const path = isOn ? '/_emulator/locks/disconnect' : '/_emulator/locks/connect'
  return (
    <Plug
      isIn={isOn}
      says={says}
      ghost={isOn ? copy.cutsThis : copy.restoresThis}
      act={() => act({ path, body: { device_id }, says })}
    />
  )
}

export const Link = ({ lock }: { lock: Lock }) => {
  const account = world.value?.connected_accounts.find(
    (it) => it.connected_account_id === lock.connected_account_id,
  )
  const bridge = bridgeOf(lock)
  const { cause } = lock.link
  return (
    <section class="door-part" aria-label={copy.heading}>
      <h3>{copy.heading}</h3>
      <div class="link-line">
        <Node name={copy.api}>
          <CloudIcon size={18} />
        </Node>
        <Cable isWhole={account?.is_connected === true} />
        {account !== undefined && (
          <Node name={account.display_name}>
            <AccountIcon size={18} />
          </Node>
        )}
        {bridge !== undefined && <BridgePart bridge={bridge} />}
        <RadioPart lock={lock} />
        <Node name={copy.lock}>
          <LockIcon size={18} />
        </Node>
      </div>
      <p class="link-state" data-whole={cause === null}>
        {cause === null ? copy.whole : copy[cause]}
      </p>
    </section>
  )
}
