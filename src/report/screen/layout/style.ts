import type { Measure } from "./text-width.ts";
import type { Mark, Tone } from "../../model/look.ts";
import { visible } from "../../model/visible.ts";

/** What the screen or file that a report goes to supports. */
export interface ScreenOptions {
  /** Columns of the terminal; null if the report goes to a pipe or file, so that nothing is wrapped or left out. */
  readonly width: number | null;
  /** chalk's levels: 0 none, 1 the sixteen colors, 2 256, 3 all. */
  readonly color: 0 | 1 | 2 | 3;
  /** Whether marks and dashes outside ASCII are displayed correctly. */
  readonly unicode: boolean;
}

export type Paint = (text: string) => string;

/** How things are written on this screen. */
export interface Style {
  readonly width: number | null;
  readonly measure: Measure;
  readonly paint: Readonly<Record<Tone, Paint>>;
  readonly marks: Marks;
  /** Every text from outside goes through it: it is made visible, and ASCII if the screen requires that. */
  readonly text: (raw: string) => string;
}

export interface Marks extends Readonly<Record<Mark, string>> {
  /** No value. */
  readonly none: string;
  /** Between the parts of a line. */
  readonly dot: string;
  /** Between a name and what is said about it. */
  readonly dash: string;
  /** Where a text was cut off. */
  readonly cut: string;
}

const unicodeMarks: Marks = {
  good: "✓",
  bad: "✗",
  unknown: "?",
  warning: "!",
  note: "·",
  none: "–",
  dot: " · ",
  dash: " — ",
  cut: "…",
};

const asciiMarks: Marks = {
  good: "+",
  bad: "x",
  unknown: "?",
  warning: "!",
  note: "-",
  none: "-",
  dot: ", ",
  dash: " -- ",
  cut: "...",
};

/** Replaces the typography of our own sentences if only ASCII is displayed correctly. */
const asciiFor: Readonly<Record<string, string>> = {
  "–": "-",
  "—": "--",
  "…": "...",
  "·": ",",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
};

const same: Paint = (text) => text;

/** chalk is loaded only if there is color. `measure` comes from withMeasure. */
export async function painter(color: ScreenOptions["color"]): Promise<Style["paint"]> {
  if (color === 0) return { good: same, bad: same, caution: same, strong: same, faint: same, plain: same };
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: color });
  return {
    // chalk joins all its arguments: as a callback of map it would also print the index.
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    caution: (text) => chalk.yellow(text),
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    plain: same,
  };
}

export function styleOf(options: ScreenOptions, paint: Style["paint"], measure: Measure): Style {
  return {
    // On narrower terminals their own line breaks read better than ours.
    width: options.width === null ? null : Math.max(options.width, 40),
    measure,
    paint,
    marks: options.unicode ? unicodeMarks : asciiMarks,
    text: (raw) => {
      const shown = visible(raw);
      return options.unicode ? shown : shown.replace(/[–—…·‘’“”≥≤≠]/gu, (sign) => asciiFor[sign] ?? sign);
    },
  };
}
