import { createHash } from "node:crypto";

/** What a problem is, whatever its values: two runs give it the same fingerprint. */
export interface Identity {
  readonly rule: string;
  /** As the repository names it. */
  readonly path: string;
  readonly subject: string | undefined;
  readonly arch: string | undefined;
  /** As the repository names it; only if there are several hosts. */
  readonly host?: string | undefined;
}

/**
 * A maker of fingerprints (SHA-256 in hex) for the problems of one report. None is used twice, because GitLab
 * drops all but one of the problems that share one: the second with the same identity gets a number.
 */
export function fingerprints(): (identity: Identity) => string {
  const seen = new Map<string, number>();
  return ({ rule, path, subject, arch, host }) => {
    const identity = JSON.stringify([
      rule,
      path,
      subject ?? null,
      arch ?? null,
      ...(host === undefined ? [] : [host]),
    ]);
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    const text = count === 1 ? identity : `${identity}#${count}`;
    return createHash("sha256").update(text).digest("hex");
  };
}
