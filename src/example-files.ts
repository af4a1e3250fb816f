/** Examples that come with the package and are used by it. */

/** The reference integration, with which the explorer compares an app. */
export const referenceIntegration: URL = new URL(
  '../examples/explorer/reference-integration.js',
  import.meta.url,
)

/** A sample app with a planted bug, by its name. */
export const sampleAppFile = (name: string): URL =>
  new URL(`../examples/explorer/bugs/${name}.js`, import.meta.url)
