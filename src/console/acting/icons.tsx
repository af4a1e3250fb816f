import { icon } from '../icons.tsx'

export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8.5" rx="1.5" />
    <path d="M10.5 5.5v-2A1.5 1.5 0 0 0 9 2H4a1.5 1.5 0 0 0-1.5 1.5V10A1.5 1.5 0 0 0 4 11.5h1.5" />
  </>,
)
export const RecordIcon = icon(<circle cx="8" cy="8" r="4.5" fill="currentColor" stroke="none" />)
export const StopIcon = icon(
  <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" stroke="none" />,
)
