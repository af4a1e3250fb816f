import type { ComponentChildren } from 'preact'

/** Room for a table that may be wider than the page: it is scrolled, also by keyboard. */
export const TableRoom = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has no mouse scrolls it too
  <div class="table-room" role="region" aria-label={label} tabIndex={0}>
    {children}
  </div>
)
