import type { Answer } from "./ground.ts";

/** What was predicted of one file, and what really came of it. */
export interface Row {
  readonly name: string;
  readonly check: string | undefined;
  readonly told: Answer;
  readonly real: Answer;
}

const outcomes = ["loads", "refused", "crash"] as const;

/** Told and real agree in outcome and words. */
export function isRight({ told, real }: Row): boolean {
  return told.outcome === real.outcome && told.message === real.message;
}

/** A table in Markdown: predicted down, real across. */
export function confusion(rows: readonly Row[]): string {
  const count = (of: (row: Row) => boolean): string => String(rows.filter(of).length);
  const told = [
    ...outcomes.map(
      (outcome) =>
        [
          outcome === "refused" ? "refused, in these words" : outcome,
          (row: Row) => row.told.outcome === outcome && (outcome !== "refused" || isRight(row)),
        ] as const,
    ),
    [
      "refused, in other words",
      (row: Row) => row.told.outcome === "refused" && row.real.outcome === "refused" && !isRight(row),
    ] as const,
    ["unknown", (row: Row) => row.told.outcome === "unknown"] as const,
  ];
  return [
    `| predicted / real | ${outcomes.join(" | ")} |`,
    "| --- | ---: | ---: | ---: |",
    ...told.map(
      ([name, is]) =>
        `| ${name} | ${outcomes.map((real) => count((row) => is(row) && row.real.outcome === real)).join(" | ")} |`,
    ),
  ].join("\n");
}
