import type { Manifest } from "../../manifest/generated/manifest.ts";

/** What is known of a manifest, and what is not. */
export interface ManifestDraft {
  /** In the words of schemas/manifest.schema.json, without `build_time`. */
  readonly fields: Readonly<Partial<Omit<Manifest, "build_time">>>;
  /** What could not be found out, for a person: one sentence each. */
  readonly remarks: readonly string[];
  /** Why a required field is not there, by its name. */
  readonly unknown: Readonly<Record<string, string>>;
}
