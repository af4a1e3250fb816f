/** Every fault that there is, as the emulator's own catalog has it. */
import { useState } from 'preact/hooks'
import type { FaultInput } from '../../contract/faults.ts'
import { faultsCopy as copy } from '../copy/faults.ts'
import { useAsk } from '../live/use-ask.ts'
import type { Trouble } from '../model/palette.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

interface Parameter {
  name: string
  type: string
  is_required: boolean
  description: string
  default: unknown
  example: unknown
}

/** Texts of fields as the wire has them. */
const parsed = (type: string, text: string): unknown => {
  if (type === 'number' || type === 'int') return Number(text)
  return type === 'boolean' ? text === 'true' : text
}

const startOf = (parameters: readonly Parameter[]): Record<string, string> =>
  Object.fromEntries(
    parameters
      .filter(({ is_required }) => is_required)
      .map(({ name, example }) => [
        name,
        typeof example === 'string' || typeof example === 'number' ? String(example) : '',
      ]),
  )

const effectOf = (
  kind: string,
  parameters: readonly Parameter[],
  written: Record<string, string>,
): Record<string, unknown> & { kind: string } => ({
  kind,
  ...Object.fromEntries(
    parameters.flatMap(({ name, type }) => {
      const text = written[name] ?? ''
      return text === '' ? [] : [[name, parsed(type, text)]]
    }),
  ),
})

interface ChoiceProps {
  label: string
  value: string
  options: readonly string[]
  onValue: (value: string) => void
}

const Choice = ({ label, value, options, onValue }: ChoiceProps) => (
  <label class="field">
    <span>{label}</span>
    <select
      class="input"
      value={value}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
    >
      {options.map((it) => (
        <option key={it} value={it}>
          {it}
        </option>
      ))}
    </select>
  </label>
)

interface Written {
  on: FaultInput['on']
  kind: string
  values: Record<string, string>
}

export const Catalog = ({ onChoose }: { onChoose: (trouble: Trouble) => void }) => {
  const { answer } = useAsk('/_emulator/faults/catalog', {}, [])
  const [written, setWritten] = useState<Written>({ on: 'access_code.set', kind: '', values: {} })
  const { on, kind } = written
  const occasion = answer?.occasions.find((it) => it.on === on)
  const effect = occasion?.effects.find((it) => it.kind === kind) ?? occasion?.effects[0]
  if (answer === null || occasion === undefined || effect === undefined) return null
  const { parameters } = effect
  const values = { ...startOf(parameters), ...written.values }
  const name = `${on} ${effect.kind}`
  const occur = (value: string): void => {
    const found = answer.occasions.find((it) => it.on === value)
    if (found !== undefined) setWritten({ on: found.on, kind: '', values: {} })
  }
  return (
    <div class="catalog">
      <Choice
        label={copy.occasion}
        value={on}
        options={answer.occasions.map((it) => it.on)}
        onValue={occur}
      />
      <Choice
        label={copy.effect}
        value={effect.kind}
        options={occasion.effects.map((it) => it.kind)}
        onValue={(value) => setWritten({ on, kind: value, values: {} })}
      />
      {parameters.map((it) => (
        <Field
          key={it.name}
          label={it.name}
          title={it.description}
          value={values[it.name] ?? ''}
          onValue={(text) =>
            setWritten({ ...written, values: { ...written.values, [it.name]: text } })
          }
        />
      ))}
      <p class="quiet catalog-says">
        {occasion.description} {effect.description}
      </p>
      <Button
        onClick={() =>
          onChoose({
            id: name,
            name,
            fault: { on, effect: effectOf(effect.kind, parameters, values) },
          })
        }
      >
        {copy.choose}
      </Button>
    </div>
  )
}
