import { exampleManifest } from "./example-manifest.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";

/** The section that `plugins embed` appends. */
export const appended = ".gnu.warning.otel_manifest";

/** The text of a manifest for a plugin of C, which no stamp of a compiler contradicts. */
export function manifestJson(fields: Partial<Manifest> = {}): string {
  return JSON.stringify(
    exampleManifest({ language: "rust", toolchain_version: "1.95.0", ...fields }),
    null,
    2,
  );
}
