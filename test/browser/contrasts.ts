/** Whether what stands on a page can be read, as WCAG AA asks. */

/** What WCAG asks of text of this size: how far its colour is from what is behind it. */
export const CONTRAST = 4.5

/** The contrast of every piece of text on the page, by its text. */
export const contrasts = `(() => {
  const parse = (color) => color.match(/[0-9.]+/g).map(Number)
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((v) => {
      const c = v / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const color = parse(getComputedStyle(it).backgroundColor)
      if (color.length === 3 || color[3] === 1) return color
    }
    return [255, 255, 255]
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = {}
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim()
    if (text === '') continue
    const element = texts.currentNode.parentElement
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))]
    found[text] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  return JSON.stringify(found)
})()`
