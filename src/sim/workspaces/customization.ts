/** How the pages of a workspace's Connect Webviews look; null takes a choice back. */
export const mergeCustomization = (
  old: Record<string, unknown>,
  change: Readonly<Record<string, string | null | undefined>>,
): Record<string, unknown> => {
  const merged = { ...old }
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key]
    else if (value !== undefined) merged[key] = value
  }
  return merged
}
