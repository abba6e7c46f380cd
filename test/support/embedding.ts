import { embed, type EmbedResult } from "../../src/author/embed/embed.ts";
import type { Destination } from "../../src/author/embed/embed-request.ts";
import type { Files } from "../../src/files/files.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import { exampleManifest } from "./example-manifest.ts";
import { memoryFiles } from "./memory-files.ts";
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

/** Embeds as `plugins embed` does, in memory. @throws UsageError if that is refused. */
export async function embedInMemory(
  old: Buffer,
  json: string,
): Promise<{ readonly bytes: Buffer; readonly result: EmbedResult }> {
  let bytes = old;
  const files: Files = {
    ...memoryFiles({ "/old": old }),
    open: (path) => memoryFiles({ "/old": old, "/new": bytes }).open(path),
  };
  const destination: Destination = {
    path: "/old",
    isSame: true,
    notes: [],
    put: (pieces, check) => {
      bytes = Buffer.concat([...pieces]);
      check("/new");
      return Promise.resolve([]);
    },
  };
  const request = {
    fileSystem: files,
    file: "/old",
    manifest: { name: "m.json", bytes: Buffer.from(json) },
    names: defaultCarrierNames,
    removeSignature: false,
    dryRun: false,
  };
  const result = await embed(request, destination);
  return { bytes, result };
}
