import type { Dependency } from "./dependency.ts";
import { advise, type DependencyChange, type Fix } from "./fix.ts";

/** What to do about two contents of one version. */
export function sameVersion({ name }: Dependency): Fix {
  return advise(
    `The version is the same but the content differs: a replaced, patched or vendored copy of ${name} is linked. Build both from the same source.`,
  );
}

/** What to do if no single version is known to ask for. @param lockFile where the host's sources name it. */
export function byLockFile({ name }: Dependency, lockFile: string): Fix {
  return advise(`Build against the version of ${name} in the host's ${lockFile}.`);
}

/**
 * The changes that a command can be made of, and what is said of the others. What no registry can have as a name or version
 * comes from a hostile manifest: a command would take it for an option.
 */
export function withUsualNames(changes: readonly DependencyChange[]): {
  readonly usual: readonly DependencyChange[];
  readonly advice: readonly Fix[];
} {
  const isUsual = ({ name, version, from = version, replacement = name }: DependencyChange): boolean =>
    [name, version, from, replacement].every((text) => /^[\w./(][\w.~@/()+-]*$/.test(text));
  return {
    usual: changes.filter(isUsual),
    advice: changes
      .filter((change) => !isUsual(change))
      .map(({ name, version }) =>
        advise(`Use ${name} ${version} only if you know it: no registry has such a name or version.`),
      ),
  };
}
