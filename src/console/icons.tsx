/** Icons as inline SVG: glyphs of fonts come out as empty boxes on machines that lack them. */
import type { ComponentChildren } from 'preact'

interface IconProps {
  /** In CSS pixels; 16 when not given. */
  size?: number
}

export const icon =
  (drawing: ComponentChildren) =>
  ({ size = 16 }: IconProps) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawing}
    </svg>
  )

export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />)
export const CloseIcon = icon(<path d="m4 4 8 8m0-8-8 8" />)
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.2 10.2 3.6 3.6" />
  </>,
)
export const KeyboardIcon = icon(
  <>
    <rect x="1.5" y="4" width="13" height="8" rx="1.5" />
    <path d="M4 6.7h.01M6.7 6.7h.01M9.3 6.7h.01M12 6.7h.01M5 9.5h6" />
  </>,
)
export const EyeIcon = icon(
  <>
    <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </>,
)
export const EyeShutIcon = icon(
  <path d="M1.5 6.5S4 10.7 8 10.7s6.5-4.2 6.5-4.2M3.7 9.4 2.4 11M8 10.8v2M12.3 9.4l1.3 1.6" />,
)
export const PauseIcon = icon(<path d="M5.5 3.5v9m5-9v9" />)
export const PlayIcon = icon(<path d="M5 3.2v9.6L12.5 8 5 3.2Z" fill="currentColor" />)
export const CheckIcon = icon(<path d="m3 8.5 3.2 3.2L13 4.8" />)
export const ChevronIcon = icon(<path d="m4 6 4 4 4-4" />)
/** Somebody before a door. */
export const OutsideIcon = icon(
  <>
    <circle cx="4.5" cy="4" r="1.8" />
    <path d="M1.8 14.5V9.8a2 2 0 0 1 2-2h1.4a2 2 0 0 1 2 2v4.7M10 14.5V2.5h4v12" />
  </>,
)
/** Somebody behind one. */
export const InsideIcon = icon(
  <>
    <path d="M2.5 14.5v-12h11v12" />
    <circle cx="8" cy="6.5" r="1.6" />
    <path d="M5.8 14.5v-2.6a1.8 1.8 0 0 1 1.8-1.8h.8a1.8 1.8 0 0 1 1.8 1.8v2.6" />
  </>,
)
export const DiffersIcon = icon(<path d="M3 6h10M3 10h10M10.5 3l-5 10" />)
export const WarningIcon = icon(<path d="M8 2.5 14 13H2L8 2.5Zm0 4.2v3M8 11.4h.01" />)
export const QuestionIcon = icon(
  <path d="M5.8 6.2A2.2 2.2 0 1 1 8 8.6v1M8 12h.01M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z" />,
)
