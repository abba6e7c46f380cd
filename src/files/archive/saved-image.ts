import { ArchiveError } from "./archive-error.ts";
import { isDigest } from "./digest.ts";
import {
  fieldOf,
  jsonOf,
  listOf,
  longestJson,
  parsedJson,
  platformOf,
  required,
  textOf,
  textsIn,
} from "./image-json.ts";
import type { Candidate, Parts } from "./image-candidate.ts";

/** The images of what `docker save` writes, manifest.json; undefined if there is none. */
export function savedImages(parts: Parts): readonly Candidate[] | undefined {
  const content = parts("manifest.json");
  if (content === undefined || content.size > longestJson) return undefined;
  const entries = parsedJson(content, "manifest.json", () => undefined);
  if (!Array.isArray(entries) || !entries.every((each) => Array.isArray(fieldOf(each, "Layers"))))
    return undefined;
  return entries.map((entry: unknown): Candidate => {
    const config = required(parts, textOf(entry, "Config", "manifest.json"));
    const image = jsonOf(config, "the image's configuration");
    const layers = listOf(fieldOf(entry, "Layers")) ?? [];
    const diffIds = listOf(fieldOf(fieldOf(image, "rootfs"), "diff_ids")) ?? [];
    // `docker load` refuses it too: it is not known which layer is which.
    if (diffIds.length > 0 && diffIds.length !== layers.length) {
      throw new ArchiveError(
        `manifest.json has ${layers.length} layers, and the image's configuration ${diffIds.length}`,
      );
    }
    return {
      names: textsIn(fieldOf(entry, "RepoTags")),
      id: digestOfPath(textOf(entry, "Config", "manifest.json")),
      platform: platformOf(image) ?? "linux",
      layers: () =>
        layers.map((each, at) => {
          if (typeof each !== "string")
            throw new ArchiveError("manifest.json names a layer that is not a path");
          const digest = diffIds[at];
          return {
            name: each,
            content: required(parts, each),
            digest: typeof digest === "string" && isDigest(digest) ? digest : undefined,
            digested: "inflated",
          };
        }),
    };
  });
}

/** Every program that writes these names a configuration by its digest: `HEX.json`, `sha256:HEX`, `blobs/sha256/HEX`. */
function digestOfPath(path: string): string {
  const [hex] = /[0-9a-f]{64}/.exec(path) ?? [];
  return hex === undefined ? path : `sha256:${hex}`;
}
