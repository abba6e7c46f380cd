import type { LoaderCheck } from "../../../src/loader/check.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import type { RealAnswer } from "./real-open.ts";

/** How an answer is counted. */
const classes = [
  "loads",
  "dlopen error",
  "dlopen crash",
  "package hash",
  "no module data",
  "empty plugin path",
  "other module layout",
  "already loaded",
  "realpath",
  "not implemented",
  "not called",
  "missing export",
  "unknown",
] as const;

type Class = (typeof classes)[number];

const ofCheck: Partial<Record<LoaderCheck, Class>> = {
  "not-implemented": "not implemented",
  realpath: "realpath",
  "no-module-data": "no module data",
  "other-module-layout": "other module layout",
  "no-plugin-path": "empty plugin path",
  "package-hash": "package hash",
  "missing-export": "missing export",
};

export function predictedClass(prediction: Prediction): Class {
  if (prediction.outcome === "loads" || prediction.outcome === "unknown") return prediction.outcome;
  const { check, message } = prediction.first;
  if (check === "not-implemented" && message === null) return "not called";
  // In a static host a Go library that is no plugin dies in its constructor: in dlopen, and the words are left open.
  if (check === "no-module-data" && message === null) return "dlopen crash";
  return ofCheck[check] ?? (prediction.outcome === "crash" ? "dlopen crash" : "dlopen error");
}

const ofWords: readonly (readonly [RegExp, Class])[] = [
  [/different version of package/, "package hash"],
  [/no plugin module data/, "no module data"],
  [/empty pluginpath/, "empty plugin path"],
  [/already loaded/, "already loaded"],
  [/realpath failed/, "realpath"],
  [/not implemented/, "not implemented"],
  [/could not find symbol/, "missing export"],
  [/^panic: runtime error: invalid memory|^fatal error: fault/, "other module layout"],
];

function realClass({ outcome, message }: RealAnswer): Class {
  if (outcome === "loads") return "loads";
  const named = ofWords.find(([words]) => words.test(message ?? ""))?.[1];
  return named ?? (outcome === "crash" ? "dlopen crash" : "dlopen error");
}

/** One pair, predicted and tried. */
export interface Trial {
  /** Their kinds. */
  readonly host: string;
  readonly plugin: string;
  readonly prediction: Prediction;
  readonly real: RealAnswer | "not called";
}

/** What is wrong with a prediction, in words; undefined where it is right to the letter. A message that is left open is not wrong. */
export function mistakeIn({ host, plugin, prediction, real }: Trial): string | undefined {
  const label = `${plugin} in ${host}`;
  if (prediction.outcome === "unknown") return undefined;
  const said = JSON.stringify(real);
  if (real === "not called") {
    return predictedClass(prediction) === "not called"
      ? undefined
      : `${label}: ${prediction.outcome}, but it is never asked`;
  }
  if (prediction.outcome === "loads")
    return real.outcome === "loads" ? undefined : `${label}: loads, but ${said}`;
  const { message, check } = prediction.first;
  const isRight = prediction.outcome === real.outcome && (message === null || message === real.message);
  return isRight
    ? undefined
    : `${label}: ${prediction.outcome} ${check} ${JSON.stringify(message)}, but ${said}`;
}

/** Rows are predictions, columns what really happened; classes that never come up are left out. */
export function confusionTable(trials: readonly Trial[]): string {
  const counts = new Map<string, number>();
  const [rows, columns] = [new Set<Class>(), new Set<Class>()];
  for (const { prediction, real } of trials) {
    const [row, column] = [predictedClass(prediction), real === "not called" ? real : realClass(real)];
    rows.add(row);
    columns.add(column);
    counts.set(`${row}|${column}`, (counts.get(`${row}|${column}`) ?? 0) + 1);
  }
  const used = classes.filter((name) => columns.has(name));
  const lines = classes
    .filter((name) => rows.has(name))
    .map((row) => `| ${row} | ${used.map((column) => counts.get(`${row}|${column}`) ?? "").join(" | ")} |`);
  return [
    `| predicted \\ real | ${used.join(" | ")} |`,
    `| --- |${" --- |".repeat(used.length)}`,
    ...lines,
  ].join("\n");
}
