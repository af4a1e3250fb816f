interface FieldProps {
  label: string
  value: string
  /** Said beside the label. */
  hint?: string
  /** What it is about, where somebody looks longer. */
  title?: string
  type?: 'text' | 'number' | 'datetime-local'
  min?: string
  inputMode?: 'numeric'
  onValue: (value: string) => void
}

/** A field with its label. */
export const Field = ({ label, hint, type = 'text', value, onValue, ...rest }: FieldProps) => {
  const given = {
    ...rest,
    class: 'input',
    value,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onValue(currentTarget.value),
  }
  return (
    <label class="field">
      <span>
        {label}
        {hint !== undefined && hint !== '' && <span class="field-hint"> ({hint})</span>}
      </span>
      {type === 'text' && <input type="text" {...given} />}
      {type === 'number' && <input type="number" {...given} />}
      {type === 'datetime-local' && <input type="datetime-local" {...given} />}
    </label>
  )
}
