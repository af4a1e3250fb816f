export const actCopy = {
  past: 'This is the past. Go back to now to change anything.',
  nobody: 'The emulator does not answer.',
}
