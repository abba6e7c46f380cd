import type { Files } from "../../../files/files.ts";
import type { ManifestDraft } from "../draft.ts";
import type { Started } from "../tool.ts";
export function rustManifest(sources: {
  files: Files;
  folder: string;
  buildArguments: readonly string[];
  started: Started;
}): Promise<ManifestDraft> {
  return Promise.reject(new Error(`later ${sources.folder}`));
}
