import { closeArtifact, openArtifact } from "../../src/artifact/artifact.ts";
import { disk } from "../../src/files/disk.ts";
import type { LoadingHost } from "../../src/loader/loading-host.ts";
import { predictLoad, type WrittenIn, type PredictedLoad } from "../../src/loader/predict-load.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";

/** What is predicted of a plugin of this machine, which is opened for it. */
export function predictOnDisk(path: string, language: WrittenIn, host: LoadingHost): PredictedLoad {
  const opened = openArtifact(disk, path, defaultCarrierNames, "plugin");
  try {
    return predictLoad({ path, content: opened.content }, language, host);
  } finally {
    closeArtifact(opened);
  }
}
