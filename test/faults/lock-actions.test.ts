/** Faults of commands to the lock, seen through the official SDK. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '../../src/client/inputs.ts'
import { FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const setUp = (label: string) => {
  const api_key = `seam_test_locks_${label}`
  const { clock, faults, locks } = emulator.as(api_key)
  const seam = sdkOf(emulator, api_key)
  return {
    seam,
    fault: (fault: FaultInput, times = 1) =>
      faults.create({ match: { device_id: FRONT_DOOR }, times, ...fault }),
    advance: clock.advance,
    create: () => seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4242', name: 'Guest' }),
    slots: async () => (await locks.get({ device_id: FRONT_DOOR })).memory_bank.slots,
    events: async (access_code_id: string) =>
      (await seam.events.list({ access_code_id, since: '2024-01-01T00:00:00Z' }))
        .map((event) => event.event_type.replace('access_code.', ''))
        .reverse(),
  }
}

describe('faults of access codes', () => {
  it('fail: the code is reported as failed, tried again, and set', async () => {
    const { seam, fault, create, advance, events } = setUp('fail')
    await fault(
      { on: 'access_code.set', effect: { kind: 'fail', message: 'The motor is tired.' } },
      3,
    )
    const { access_code_id } = await create()
    await advance('25m')
    const failed = await seam.accessCodes.get({ access_code_id })
    expect(failed).toMatchObject({
      status: 'setting',
      errors: [{ error_code: 'failed_to_set_on_device', message: 'The motor is tired.' }],
    })
    await advance('10m')
    expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
      status: 'set',
      errors: [],
    })
    expect(await events(access_code_id)).toEqual([
      'created',
      'delay_in_setting_on_device',
      'failed_to_set_on_device',
      'set_on_device',
    ])
  })

  it('fail with an error code of its own: reported at once', async () => {
    const { seam, fault, create, advance } = setUp('fail_code')
    await fault({ on: 'access_code.set', effect: { kind: 'fail', error_code: 'provider_issue' } })
    const { access_code_id } = await create()
    await advance('2m')
    const { errors } = await seam.accessCodes.get({ access_code_id })
    expect(errors).toMatchObject([{ error_code: 'provider_issue', is_access_code_error: true }])
  })

  it('delay: a warning while it lasts, and then it is set', async () => {
    const { seam, fault, create, advance } = setUp('delay')
    await fault({ on: 'access_code.set', effect: { kind: 'delay', by: '15m' } })
    const { access_code_id } = await create()
    await advance('14m')
    const late = await seam.accessCodes.get({ access_code_id })
    expect(late.status).toBe('setting')
    expect(late.warnings).toMatchObject([{ warning_code: 'delay_in_setting_on_device' }])
    await advance('2m')
    expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set')
  })

  it('never_confirm: the lock has it, the API does not know', async () => {
    const { seam, fault, create, advance, slots } = setUp('never')
    await fault({ on: 'access_code.set', effect: { kind: 'never_confirm' } }, 100)
    const { access_code_id } = await create()
    await advance('1m')
    expect((await slots()).map(({ code }) => code)).toEqual(['4242'])
    expect((await seam.accessCodes.get({ access_code_id })).status).toBe('setting')
  })

  it('lose_later: the lock forgets it, and it is set again', async () => {
    const { fault, create, advance, slots, events } = setUp('lose')
    await fault({ on: 'access_code.set', effect: { kind: 'lose_later', after: '2h' } })
    const { access_code_id } = await create()
    await advance('1h')
    expect(await slots()).toHaveLength(1)
    await advance('3h')
    expect(await slots()).toHaveLength(1)
    expect(await events(access_code_id)).toEqual([
      'created',
      'set_on_device',
      'deleted_external_to_seam',
      'set_on_device',
    ])
  })

  it('provider_unavailable: nothing reaches the lock until the provider is back', async () => {
    const { seam, fault, create, advance, slots } = setUp('provider')
    await fault({ on: 'access_code.set', effect: { kind: 'provider_unavailable' } }, 2)
    const { access_code_id } = await create()
    await advance('19m')
    expect(await slots()).toEqual([])
    await advance('5m')
    expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set')
  })

  it('acts on updates and removals as well', async () => {
    const { seam, fault, create, advance, slots } = setUp('remove')
    const { access_code_id } = await create()
    await advance('1m')
    await fault({ on: 'access_code.update', effect: { kind: 'fail' } })
    await fault({ on: 'access_code.remove', effect: { kind: 'delay', by: '1h' } })
    await seam.accessCodes.update({ access_code_id, code: '5353' })
    await advance('5m')
    expect((await slots()).map(({ code }) => code)).toEqual(['4242'])
    await advance('10m')
    expect((await slots()).map(({ code }) => code)).toEqual(['5353'])
    await seam.accessCodes.delete({ access_code_id })
    await advance('30m')
    expect((await seam.accessCodes.get({ access_code_id })).status).toBe('removing')
    await advance('31m')
    expect(await slots()).toEqual([])
  })

  it('magic names do the same without the control API', async () => {
    const { seam, advance } = setUp('magic')
    const name = 'Guest [emulator:fail=provider_issue]'
    const { access_code_id } = await seam.accessCodes.create({ device_id: FRONT_DOOR, name })
    await advance('2m')
    expect(await seam.accessCodes.get({ access_code_id })).toMatchObject({
      name,
      errors: [{ error_code: 'provider_issue' }],
    })
    await expect(
      seam.accessCodes.create({ device_id: FRONT_DOOR, name: 'Guest [emulator:explode]' }),
    ).rejects.toMatchObject({ statusCode: 400, code: 'invalid_input' })
  })
})

describe('faults of bolts', () => {
  it('fail: the action attempt fails with the given error', async () => {
    const { seam, fault } = setUp('bolt_fail')
    await fault({
      on: 'lock.unlock',
      effect: { kind: 'fail', error_code: 'motor_tired', message: 'So tired.' },
    })
    const error: unknown = await seam.locks
      .unlockDoor({ device_id: FRONT_DOOR })
      .then(() => null)
      .catch((reason: unknown) => reason)
    if (!(error instanceof Error)) throw new Error('it succeeded')
    expect(error.message).toBe('So tired.')
    expect((await seam.locks.get({ device_id: FRONT_DOOR })).properties.locked).toBe(true)
    await seam.locks.unlockDoor({ device_id: FRONT_DOOR })
    expect((await seam.locks.get({ device_id: FRONT_DOOR })).properties.locked).toBe(false)
  })

  it('provider_unavailable: the action attempt fails', async () => {
    const { seam, fault } = setUp('bolt_provider')
    await fault({ on: 'lock.unlock', effect: { kind: 'provider_unavailable' } })
    await expect(seam.locks.unlockDoor({ device_id: FRONT_DOOR })).rejects.toThrow()
  })

  it('never_confirm: the action attempt stays pending, and the SDK gives up', async () => {
    const { seam, fault } = setUp('bolt_never')
    await fault({ on: 'lock.lock', effect: { kind: 'never_confirm' } })
    const waiting = seam.locks.lockDoor(
      { device_id: FRONT_DOOR },
      { waitForActionAttempt: { timeout: 300, pollingInterval: 50 } },
    )
    await expect(waiting).rejects.toThrow(/timed out/i)
  })

  it('delay: it takes that much longer, by the clock of the workspace', async () => {
    const { seam, fault, advance } = setUp('bolt_delay')
    await fault({ on: 'lock.unlock', effect: { kind: 'delay', by: '1h' } })
    await seam.locks.unlockDoor({ device_id: FRONT_DOOR }, { waitForActionAttempt: false })
    await advance('59m')
    expect((await seam.locks.get({ device_id: FRONT_DOOR })).properties.locked).toBe(true)
    await advance('2m')
    expect((await seam.locks.get({ device_id: FRONT_DOOR })).properties.locked).toBe(false)
  })
})
