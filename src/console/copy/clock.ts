export const clockCopy = {
  freeze: 'Freeze the clock',
  run: 'Run the clock',
}
