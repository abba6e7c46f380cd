import { describe } from "vitest";
import { lackOf, standIn } from "../../support/need.ts";

/** A cold build of the Collector's 2,000 packages takes some minutes on two cores. */
export const patience = 1_800_000;

/** Tests of large projects from the registries: they are skipped unless they are asked for. */
export function describeReal(name: string, programs: readonly string[], tests: () => void): void {
  const lack = process.env["AUTHOR"] === "1" ? lackOf(...programs) : "AUTHOR=1 is not set";
  if (lack === undefined) describe(name, tests);
  else standIn(lack, `${name}, which takes many minutes to build`, { optional: true });
}
