import type { Fact } from "../../evidence/fact.ts";
import type { GoRelease } from "../../evidence/go/release.ts";

/** First and last release line that a file may come from, as the 26 of go1.26. */
export interface ReleaseLines {
  readonly from: number;
  readonly to: number;
}

/** 26 of `go1.26.8`, `go1.26rc1`, `devel go1.26-0123abc`; undefined if it names no release. */
export function lineOf(version: string): number | undefined {
  const digits = /^(?:devel )?go1\.(\d+)/.exec(version)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function releaseLines(release: GoRelease): ReleaseLines | undefined {
  const [first, last] = "exact" in release ? [release.exact, release.exact] : [release.from, release.to];
  const [from, to] = [lineOf(first), lineOf(last)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The release as a person writes it: `go1.26.8`, `go1.18 to go1.19`. */
export function releaseText(release: GoRelease): string {
  if ("exact" in release) return release.exact;
  return release.from === release.to ? release.from : `${release.from} to ${release.to}`;
}

/** Whether two files come from the same release line; undefined if that is unknown. */
export function isSameLine(one: Fact<GoRelease>, other: Fact<GoRelease>): boolean | undefined {
  if (!one.known || !other.known) return undefined;
  const [left, right] = [releaseLines(one.value), releaseLines(other.value)];
  if (left === undefined || right === undefined) return undefined;
  if (left.from > right.to || left.to < right.from) return false;
  return left.from === left.to && right.from === right.to ? true : undefined;
}
