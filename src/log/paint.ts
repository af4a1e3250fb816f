import { styleText } from 'node:util'

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan'

/** Coloured text, where the stream is a terminal and NO_COLOR does not forbid it; FORCE_COLOR insists. */
export const paint = (
  colour: Colour | Colour[],
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string => styleText(colour, text, { stream })
