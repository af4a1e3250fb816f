type List = readonly string[] | null

/** Whether two lists, in which nothing stands twice, have the same members in whatever order; null is only like null. */
export const hasSameMembers = (a: List, b: List): boolean =>
  a === null || b === null
    ? a === b
    : a.length === b.length && a.every((member) => b.includes(member))
