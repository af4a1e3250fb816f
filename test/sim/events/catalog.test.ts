import { describe, expect, expectTypeOf, it } from 'vitest'
import { eventCatalog, eventTypes } from '../../../src/sim/events/catalog.ts'
import type { EventType } from '../../../src/sim/events/catalog.ts'
import type { Told } from '../../../src/sim/events/told.ts'
import { event } from '../../../src/api/seam/events/wire.ts'
import { seamShape, zodShape } from '../../support/schema-shape.ts'
import type { ShapeOf } from '../../support/schema-shape.ts'
import { seamDocument, seamSchema } from '../../support/seam-document.ts'

const variants = (shape: ShapeOf): { [type: string]: ShapeOf } =>
  typeof shape === 'object' ? shape : {}

const ours = variants(zodShape(event()))
const theirs = variants(seamShape(seamSchema('event')))

describe('the catalogue of events', () => {
  it('has the types of the document, and no others', () => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort())
    expect(eventTypes.size).toBe(109)
  })

  it.each(Object.keys(theirs))('%s carries what the document says', (type) => {
    expect(ours[type]).toEqual(theirs[type])
  })

  it('has every type by which the document filters', () => {
    const { requestBody } = seamDocument.paths['/events/list']?.['post'] ?? {}
    const { properties } = requestBody?.content['application/json'].schema ?? {}
    expect(properties?.['event_types']?.items?.enum?.toSorted()).toEqual([...eventTypes].sort())
  })

  it('types what is told of an event', () => {
    expectTypeOf<EventType>().not.toEqualTypeOf<string>()
    expectTypeOf<'access_code.set_on_the_device'>().not.toExtend<EventType>()
    expectTypeOf(eventCatalog).toHaveProperty('space.created')
    type Set = Told<'access_code.set_on_device'>
    expectTypeOf<{ device_id: string; access_code_id: string; code: string }>().toExtend<Set>()
    expectTypeOf<{ device_id: string; access_code_id: string }>().not.toExtend<Set>()
    expectTypeOf<{ device_id: string; access_code_id: string; code: null }>().not.toExtend<Set>()
    // Filled in from the device: nobody says it twice.
    expectTypeOf<Set>().not.toHaveProperty('connected_account_id')
    expectTypeOf<Set>().not.toHaveProperty('device_custom_metadata')
    // Where the type is one of two, what is told must fit both.
    type Gone = Told<'access_code.deleted' | 'access_code.unmanaged.removed'>
    expectTypeOf<{ device_id: string; access_code_id: string }>().not.toExtend<Gone>()
  })
})
