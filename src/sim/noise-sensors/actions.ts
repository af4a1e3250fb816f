/** The types of action attempts about noise thresholds: the sensor's answer ends them. */
import { z } from 'zod'
import { defineAction } from '../action-attempts/action.ts'

const nothing = () => z.object({})

export const createNoiseThresholdAction = defineAction({
  type: 'CREATE_NOISE_THRESHOLD',
  result: nothing,
  tells: 'noise_threshold',
})

export const updateNoiseThresholdAction = defineAction({
  type: 'UPDATE_NOISE_THRESHOLD',
  result: nothing,
  tells: 'noise_threshold',
})

export const deleteNoiseThresholdAction = defineAction({
  type: 'DELETE_NOISE_THRESHOLD',
  result: nothing,
})
