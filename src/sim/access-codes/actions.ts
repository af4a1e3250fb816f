/** Action attempts about access codes. The reconciler ends them, when there is nothing left to do. */
import { z } from 'zod'
import { defineAction } from '../action-attempts/action.ts'

const nothing = () => z.object({})

export const createAccessCodeAction = defineAction({
  type: 'CREATE_ACCESS_CODE',
  result: nothing,
  tells: 'access_code',
})

export const updateAccessCodeAction = defineAction({
  type: 'UPDATE_ACCESS_CODE',
  result: nothing,
  tells: 'access_code',
})

export const deleteAccessCodeAction = defineAction({ type: 'DELETE_ACCESS_CODE', result: nothing })

/** Seam's document names the type at its route, and has no schema for the attempt. */
export const convertAccessCodeToManaged = defineAction({
  type: 'CONVERT_ACCESS_CODE_TO_MANAGED',
  result: nothing,
})
