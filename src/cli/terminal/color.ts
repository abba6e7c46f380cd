/** How many colors can be used: none, 16, 256, all. */
export type ColorLevel = 0 | 1 | 2 | 3;

/** What decides about color, in this order: the flag, FORCE_COLOR, NO_COLOR, TERM=dumb, whether it is a terminal. */
export interface ColorWish {
  /** --color or --no-color; undefined if neither is given. */
  readonly flag: boolean | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  /** Bits of color that the terminal shows: 1, 4, 8 or 24 (tty.WriteStream.getColorDepth). */
  readonly depth: number;
}

export function colorLevel({ flag, environment, isTerminal, depth }: ColorWish): ColorLevel {
  const able = depth >= 24 ? 3 : depth >= 8 ? 2 : 1;
  if (flag !== undefined) return flag ? able : 0;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return levelOf(forced, able);
  if ((environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb" || !isTerminal) return 0;
  return depth > 1 ? able : 0;
}

function levelOf(text: string, able: ColorLevel): ColorLevel {
  if (text === "0" || text === "false") return 0;
  if (text === "1" || text === "2" || text === "3") return Number(text) as ColorLevel;
  return able;
}
