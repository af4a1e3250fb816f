import { icon } from '../icons.tsx'

export const PlugIcon = icon(
  <path d="M1.5 8H5M5 4.8h3.2A3.2 3.2 0 0 1 11.4 8a3.2 3.2 0 0 1-3.2 3.2H5V4.8ZM11.4 6.4h3M11.4 9.6h3" />,
)
export const CloudIcon = icon(
  <path d="M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.8 2.7 2.7 0 0 1-.4 5.2h-7Z" />,
)
export const AccountIcon = icon(
  <>
    <circle cx="8" cy="5.5" r="2.5" />
    <path d="M3 14a5 5 0 0 1 10 0" />
  </>,
)
export const BridgeIcon = icon(
  <>
    <rect x="2" y="9" width="12" height="4.5" rx="1" />
    <path d="M4.5 11.2h.01M5 6.5a4.2 4.2 0 0 1 6 0M7 8.3a1.5 1.5 0 0 1 2 0" />
  </>,
)
export const LockIcon = icon(
  <>
    <rect x="3" y="7" width="10" height="7" rx="1.2" />
    <path d="M5 7V5a3 3 0 0 1 6 0v2" />
  </>,
)
export const BackIcon = icon(<path d="M10 3.5 5.5 8l4.5 4.5" />)
