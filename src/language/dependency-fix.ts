import type { Dependency } from "./dependency.ts";
import { advise, type Fix } from "./fix.ts";

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
