import { closeArtifact, openArtifact } from "../../../src/artifact/artifact.ts";
import { disk } from "../../../src/files/disk.ts";
import { defaultCarrierNames } from "../../../src/manifest/carrier/carrier-names.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";

/** The manifests that the inspector finds in a file that was built, of all slices. */
export function manifestsIn(path: string): readonly Manifest[] {
  const opened = openArtifact(disk, path, defaultCarrierNames, "host");
  try {
    const { file } = opened;
    if (file.kind !== "artifact") throw new Error(`${path} cannot be read`);
    return file.slices.flatMap(({ claim }) => claim.manifests);
  } finally {
    closeArtifact(opened);
  }
}
