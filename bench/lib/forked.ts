import { fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from './processes.ts'

const crashed = z.object({ crashed: z.string() })

/**
 * Lets a worker file of bench/lib do one task in a process of its own, so that neither the bench nor the
 * server pays for the client.
 *
 * @throws when the worker fails, or answers something else
 */
export function inProcessOfItsOwn<Result>(
  file: string,
  task: object,
  result: z.ZodType<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(repository, 'bench/lib', file))
    worker.once('message', (message) => {
      const failure = crashed.safeParse(message)
      worker.disconnect()
      if (failure.success) reject(new Error(failure.data.crashed))
      else resolve(result.parse(message))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
    worker.send(task)
  })
}

/** The worker's side: does the task that it is sent, and answers what came of it. */
export function answerTask<Task>(
  task: z.ZodType<Task>,
  act: (task: Task) => Promise<object>,
): void {
  process.once('message', (message) => {
    Promise.resolve()
      .then(() => act(task.parse(message)))
      .then(
        (result) => process.send?.(result),
        (error: unknown) => process.send?.({ crashed: String(error) }),
      )
  })
}
