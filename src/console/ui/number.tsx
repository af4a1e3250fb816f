interface NumberFieldProps {
  label: string
  value: number | null
  min?: number
  max?: number
  step?: number
  onInput: (value: number | null) => void
}

/** A number that somebody types; null while the field is empty. */
export const NumberField = ({ label, value, onInput, ...bounds }: NumberFieldProps) => (
  <label class="field">
    <span>{label}</span>
    <input
      class="input number-input"
      type="number"
      value={value ?? ''}
      {...bounds}
      onInput={({ currentTarget: { valueAsNumber } }) =>
        onInput(Number.isNaN(valueAsNumber) ? null : valueAsNumber)
      }
    />
  </label>
)
