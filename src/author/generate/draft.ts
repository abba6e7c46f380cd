import type { Manifest } from "../../manifest/generated/manifest.ts";

/** What could not be found out about a field, in one sentence for a person. */
export interface Remark {
  readonly field: string;
  readonly text: string;
}

/** What is known of a manifest, and what is not. */
export interface ManifestDraft {
  /** In the words of schemas/manifest.schema.json, without `build_time`. */
  readonly fields: Readonly<Partial<Omit<Manifest, "build_time">>>;
  readonly remarks: readonly Remark[];
  /** Why a required field is not there, by its name. */
  readonly unknown: Readonly<Record<string, string>>;
}

/**
 * A remark about dependencies that have a version, and whose content nothing records.
 * @param why where it was looked for.
 */
export function unknownContent(keys: readonly string[], why: string): readonly Remark[] {
  const [first] = keys;
  if (first === undefined) return [];
  const which = keys.length === 1 ? first : `${keys.length} dependencies, such as ${first},`;
  return [{ field: "dependency_hashes", text: `the content of ${which} is unknown: ${why}.` }];
}
