import { createHash } from "node:crypto";
import { arch } from "node:process";
import { ArchiveError } from "./archive-error.ts";
import { wholeContent, type Content } from "./content.ts";

/** A container image in an archive or a folder: which files of it are its layers. */
export interface ImageLayers {
  /** The lowest first. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  /** As the manifest names it. */
  readonly name: string;
  readonly content: Content;
  /** `sha256:…`; undefined if nothing says it. */
  readonly digest: string | undefined;
  /** What it is the digest of: the content, or what that becomes if it is compressed. */
  readonly digested: "content" | "inflated";
}

/** Which image is meant, if there are several. */
export interface ImageChoice {
  /** As the archive names it: `registry/app:1.2`. Or its digest, of which the beginning is enough. */
  readonly image?: string | undefined;
  /** `linux/arm64`. */
  readonly platform?: string | undefined;
}

/** A file of the archive or the folder, by its relative path; undefined if there is none. */
export type Parts = (path: string) => Content | undefined;

/** More bytes of JSON in one file are refused. */
const longestJson = 4 * 2 ** 20;

/** Overlay file systems mount no more layers than some 500; docker allows 127. */
const mostLayers = 500;

/** Indexes in indexes, and manifests in all, that are looked at. */
const deepest = 4;
const mostManifests = 1000;

/** One image of several. */
interface Candidate {
  /** Names of the image, if it has any. */
  readonly names: readonly string[];
  /** Digest of its manifest or its configuration, by which one without a name is chosen; a path if that has none. */
  readonly id: string;
  /** `linux/arm64/v8` */
  readonly platform: string;
  readonly layers: () => readonly Layer[];
}

/**
 * The layers of the image that is meant; undefined if this is not an image.
 * @throws ArchiveError if the image is broken, if there is none of this name or platform, or if it is not clear which is meant.
 */
export function imageIn(parts: Parts, choice: ImageChoice): ImageLayers | undefined {
  const candidates = ociImages(parts) ?? savedImages(parts);
  if (candidates === undefined) return undefined;
  const layers = chosen(candidates, choice).layers();
  if (layers.length > mostLayers) throw new ArchiveError(`the image has more than ${mostLayers} layers`);
  return { layers };
}

function chosen(all: readonly Candidate[], { image, platform }: ImageChoice): Candidate {
  if (all.length === 0) throw new ArchiveError("it has no image for a system, only other things");
  const named =
    image === undefined
      ? all
      : all.filter(({ names, id }) => names.some((name) => isCalled(name, image)) || isOfDigest(id, image));
  const names = [...new Set(all.flatMap((each) => each.names))];
  if (named.length === 0) {
    throw new ArchiveError(`it has no image ${JSON.stringify(image)}`, [`It has ${listed(names)}.`]);
  }
  const groups = new Set(named.map((each) => each.names.join(" ")));
  if (groups.size > 1) {
    const left = [...new Set(named.flatMap((each) => each.names.slice(0, 1)))];
    throw new ArchiveError("it has several images", [`Choose one with --image: ${listed(left)}.`]);
  }
  return ofPlatform(named, platform);
}

function ofPlatform(all: readonly Candidate[], platform: string | undefined): Candidate {
  if (all.length > 1 && all.every((each) => each.platform === all[0]?.platform)) {
    throw new ArchiveError("it has several images that have one name, or none, and one platform", [
      `Choose one with --image: ${listed(all.map((each) => each.id))}.`,
    ]);
  }
  const platforms = listed([...new Set(all.map((each) => each.platform))]);
  if (platform !== undefined) {
    const matching = all.filter((each) => isPlatform(each.platform, platform));
    const [first] = matching;
    if (first === undefined) {
      throw new ArchiveError(`it has no image for ${platform}`, [`It has ${platforms}.`]);
    }
    if (matching.length === 1) return first;
    throw new ArchiveError(`it has several images for ${platform}`, [
      `Choose one with --platform or --image: ${listed(matching.map((each) => each.platform))}.`,
    ]);
  }
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  const own = all.filter((each) => isPlatform(each.platform, ownPlatform));
  if (own[0] !== undefined && own.length === 1) return own[0];
  throw new ArchiveError("it has images for several platforms", [
    `Choose one with --platform: ${platforms}.`,
  ]);
}

/** As Go names the processors that Node names otherwise. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };
const ownPlatform = `linux/${architectures[arch] ?? arch}`;

/** A variant counts only if it is asked for. */
function isPlatform(platform: string, wanted: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`);
}

/** containerd writes `docker.io/library/app:1` for what people call `app:1`, or `app` if the tag is latest. */
function isCalled(name: string, wanted: string): boolean {
  const short = name.replace(/^docker\.io\/(library\/)?/, "");
  return [name, short, name.replace(/:latest$/, ""), short.replace(/:latest$/, "")].includes(wanted);
}

/** At least as many digits of a digest as git and docker show. */
function isOfDigest(id: string, wanted: string): boolean {
  const isDigest = /^(sha(256|512):)?[0-9a-f]{7,}$/.test(wanted);
  return isDigest && (id.startsWith(wanted) || id.replace(/^sha(256|512):/, "").startsWith(wanted));
}

function listed(names: readonly string[]): string {
  const most = 20;
  const shown = names.slice(0, most).map((name) => (name === "" ? "one without a name" : name));
  if (shown.length === 0) return "only images without a name";
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}

// What `docker save` writes: manifest.json.

function savedImages(parts: Parts): readonly Candidate[] | undefined {
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

// The OCI image layout: oci-layout, index.json, blobs.

function ociImages(parts: Parts): readonly Candidate[] | undefined {
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

function platformOf(value: unknown): string | undefined {
  const [os, architecture, variant] = ["os", "architecture", "variant"].map((name) => fieldOf(value, name));
  if (typeof os !== "string" || typeof architecture !== "string") return undefined;
  return [os, architecture, ...(typeof variant === "string" && variant !== "" ? [variant] : [])].join("/");
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

function isDigest(text: string): boolean {
  return /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

function required(parts: Parts, path: string): Content {
  const content = parts(path);
  if (content !== undefined) return content;
  throw new ArchiveError(`the image is not complete: ${JSON.stringify(path)} is missing`);
}

/** @param digest that it must have. */
function jsonOf(content: Content, what: string, digest?: string): unknown {
  return parsedJson(content, what, (bytes) => {
    if (digest !== undefined) compareDigest(digest, new Digest(digest).of(bytes));
  });
}

function parsedJson(content: Content, what: string, check: (bytes: Buffer) => void): unknown {
  const bytes = wholeContent(content, longestJson, what);
  check(bytes);
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    throw new ArchiveError(`${what} is not JSON`);
  }
}

/** The digest of bytes that come in pieces, by the algorithm of a known one. */
export class Digest {
  readonly #hash;

  constructor(private readonly known: string) {
    this.#hash = createHash(known.startsWith("sha512:") ? "sha512" : "sha256");
  }

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
  }

  of(bytes: Buffer): string {
    this.add(bytes);
    return this.end();
  }

  end(): string {
    return `${this.known.replace(/:.*/, "")}:${this.#hash.digest("hex")}`;
  }
}

/** @throws ArchiveError if they differ. */
export function compareDigest(said: string, real: string): void {
  if (said !== real) throw new ArchiveError(`the blob ${said} has the digest ${real}: it is damaged`);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function textsIn(value: unknown): readonly string[] {
  return (listOf(value) ?? []).filter((each) => typeof each === "string");
}

function textOf(value: unknown, name: string, from: string): string {
  const text = fieldOf(value, name);
  if (typeof text === "string") return text;
  throw new ArchiveError(`${from} has an entry without ${JSON.stringify(name)}`);
}
