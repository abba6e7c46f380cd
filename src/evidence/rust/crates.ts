import { known, unknown, type Fact } from "../fact.ts";
import type { RegistryCrate } from "./registry-path.ts";
import type { RustTraces } from "./traces.ts";

/**
 * The packages named, sorted by name. Never all of them: a package is named only if code of it that can panic was kept,
 * and not at all if paths are trimmed (`--remap-path-prefix`, `-Z trim-paths`).
 */
export function rustCrates({ crates, searched }: RustTraces): Fact<readonly RegistryCrate[]> {
  if (crates.length === 0) {
    const why = searched.gap ?? "no panic message names one, or the paths were trimmed";
    return unknown(`no source in Cargo's registry is named in its read-only data: ${why}`);
  }
  const sorted = [...crates].sort((one, other) => compareText(keyOf(one), keyOf(other)));
  return known(sorted, "paths of panics in the read-only data");
}

function keyOf({ name, version }: RegistryCrate): string {
  return `${name} ${version}`;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
