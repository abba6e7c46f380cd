import { ArchiveError } from "./archive-error.ts";
import type { Content } from "./content.ts";
import { isDigest } from "./digest.ts";
import { fieldOf, jsonOf, listOf, platformOf, required, textOf } from "./image-json.ts";
import type { Candidate, Parts } from "./image-candidate.ts";

/** Indexes in indexes, and manifests in all, that are looked at. */
const deepest = 4;
const mostManifests = 1000;

/** The images of an OCI layout: oci-layout, index.json, blobs. Undefined if this is none. */
export function imagesOfLayout(parts: Parts): readonly Candidate[] | undefined {
  const layout = parts("oci-layout");
  const index = parts("index.json");
  if (layout === undefined || index === undefined) return undefined;
  if (typeof fieldOf(jsonOf(layout, "oci-layout"), "imageLayoutVersion") !== "string") {
    throw new ArchiveError("oci-layout does not say the version of an image layout");
  }
  const found = new Map<string, Candidate>();
  const left: { readonly descriptor: unknown; readonly names: readonly string[]; readonly depth: number }[] =
    (listOf(fieldOf(jsonOf(index, "index.json"), "manifests")) ?? []).map((descriptor) => ({
      descriptor,
      names: namesOf(descriptor),
      depth: 0,
    }));
  for (let seen = 0, next = left.shift(); next !== undefined; next = left.shift()) {
    if (++seen > mostManifests) throw new ArchiveError(`it has more than ${mostManifests} manifests`);
    const { descriptor, names, depth } = next;
    if (isAttestation(descriptor)) continue;
    const digest = textOf(descriptor, "digest", "index.json");
    const manifest = jsonOf(blob(parts, descriptor, "index.json"), digest, digest);
    const inner = listOf(fieldOf(manifest, "manifests"));
    if (inner !== undefined) {
      if (depth >= deepest) throw new ArchiveError(`its indexes are nested more than ${deepest} deep`);
      left.push(...inner.map((each) => ({ descriptor: each, names, depth: depth + 1 })));
      continue;
    }
    const candidate = imageOf(parts, descriptor, manifest, digest, names);
    const same = found.get(digest);
    if (candidate !== undefined) {
      found.set(digest, { ...candidate, names: [...new Set([...(same?.names ?? []), ...names])] });
    }
  }
  return [...found.values()];
}

/** undefined for an artifact that is not an image. */
function imageOf(
  parts: Parts,
  descriptor: unknown,
  manifest: unknown,
  digest: string,
  names: readonly string[],
): Candidate | undefined {
  const config = fieldOf(manifest, "config");
  const layers = listOf(fieldOf(manifest, "layers"));
  const type = fieldOf(config, "mediaType");
  if (
    layers === undefined ||
    typeof type !== "string" ||
    !/^application\/vnd\.(oci|docker)\..*(image|config)/.test(type)
  )
    return undefined;
  const said = platformOf(fieldOf(descriptor, "platform"));
  const configDigest = textOf(config, "digest", digest);
  const platform =
    said ?? platformOf(jsonOf(blob(parts, config, digest), "the image's configuration", configDigest));
  return {
    names,
    id: digest,
    platform: platform ?? "unknown",
    layers: () =>
      layers.map((each) => {
        const name = textOf(each, "digest", digest);
        return { name, content: blob(parts, each, digest), digest: name, digested: "content" };
      }),
  };
}

/** What buildkit puts beside an image: where it comes from. */
function isAttestation(descriptor: unknown): boolean {
  const type = fieldOf(fieldOf(descriptor, "annotations"), "vnd.docker.reference.type");
  return type !== undefined || fieldOf(fieldOf(descriptor, "platform"), "os") === "unknown";
}

function namesOf(descriptor: unknown): readonly string[] {
  const annotations = fieldOf(descriptor, "annotations");
  const name =
    fieldOf(annotations, "io.containerd.image.name") ??
    fieldOf(annotations, "org.opencontainers.image.ref.name");
  return typeof name === "string" ? [name] : [];
}

/** @throws ArchiveError if there is none, or if it does not have the size that is said. */
function blob(parts: Parts, descriptor: unknown, from: string): Content {
  const digest = textOf(descriptor, "digest", from);
  const size = fieldOf(descriptor, "size");
  if (!isDigest(digest)) throw new ArchiveError(`${from} has ${JSON.stringify(digest)} in place of a digest`);
  const content = required(parts, `blobs/${digest.replace(":", "/")}`);
  if (content.size === size) return content;
  throw new ArchiveError(`the blob ${digest} is ${content.size} bytes, and ${from} says ${String(size)}`);
}
