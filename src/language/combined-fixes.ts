import type { DependencyChange, Fix } from "./fix.ts";
import { changeModules } from "./go/module-changes.ts";
import { updateCrates } from "./rust/crate-changes.ts";

const managers: Readonly<
  Record<DependencyChange["manager"], (changes: readonly DependencyChange[]) => readonly Fix[]>
> = { go: changeModules, cargo: updateCrates };

/**
 * The fixes of many findings as the few commands that do the same, in the order in which they are to be run: first the dependencies,
 * all of one package manager in one command; then what else is to be run; then the builds, each once; and what is only said last.
 */
export function combinedFixes(fixes: readonly Fix[]): readonly Fix[] {
  const changes = new Map<string, DependencyChange>();
  for (const fix of fixes) {
    if (fix.kind !== "command" || fix.change?.kind !== "dependency") continue;
    const { change } = fix;
    const key = JSON.stringify([change.manager, change.name, change.manager === "go" ? "" : change.from]);
    if (!changes.has(key)) changes.set(key, change);
  }
  const all = [...changes.values()];
  const dependencies = Object.entries(managers).flatMap(([manager, combine]) => {
    const own = all.filter((change) => change.manager === manager);
    return own.length === 0 ? [] : combine(own);
  });
  const others = [...new Map(fixes.filter(isAlone).map((fix) => [JSON.stringify(fix), fix])).values()];
  return [
    ...dependencies,
    ...others.filter((fix) => fix.kind === "command" && fix.change === undefined),
    ...others.filter((fix) => fix.kind === "command" && fix.change !== undefined),
    ...others.filter(({ kind }) => kind === "advice"),
  ];
}

function isAlone(fix: Fix): boolean {
  return fix.kind === "advice" || fix.change?.kind !== "dependency";
}
