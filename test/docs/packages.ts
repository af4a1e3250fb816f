/** Preloaded: makes the names that readers import lead to this repository and to what it has installed. */
import { registerHooks } from 'node:module'

const here = (path: string): string => new URL(`../../${path}`, import.meta.url).href

const packages: Record<string, string> = {
  'seam-emulator': here('src/index.ts'),
  'seam-emulator/testing': here('src/testing/index.ts'),
  // The umbrella package `seam` re-exports this one; it is too large to install for its name alone.
  seam: here('test/docs/seam.ts'),
  '@seamapi/http': import.meta.resolve('@seamapi/http'),
}

registerHooks({
  resolve: (specifier, context, next) => {
    const url = packages[specifier]
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true }
  },
})
