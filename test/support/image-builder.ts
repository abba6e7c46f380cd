import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tarOf } from "./tar-builder.ts";

/** Files of an image by their paths: what an OCI layout or `docker save` has. */
export type ImageFiles = Readonly<Record<string, Buffer>>;

/** One image, for one platform. */
export interface ImageSpec {
  /** Tar archives, compressed or not, the lowest first. */
  readonly layers: readonly Buffer[];
  /** `linux/amd64` if absent. */
  readonly platform?: string;
  readonly name?: string;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly [field: string]: unknown;
}

const kind = "application/vnd.oci.image";

/** Collects blobs, and what each is known by. */
class Blobs {
  readonly files: Record<string, Buffer> = {};

  add(bytes: Buffer, mediaType: string): Descriptor {
    const hex = createHash("sha256").update(bytes).digest("hex");
    this.files[`blobs/sha256/${hex}`] = bytes;
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  }

  json(value: unknown, mediaType: string): Descriptor {
    return this.add(Buffer.from(JSON.stringify(value)), mediaType);
  }

  image({ layers, platform = "linux/amd64", name }: ImageSpec): Descriptor {
    const config = this.json(configOf(platform, layers), `${kind}.config.v1+json`);
    const manifest = {
      schemaVersion: 2,
      mediaType: `${kind}.manifest.v1+json`,
      config,
      layers: layers.map((layer) => this.add(layer, `${kind}.layer.v1.tar`)),
    };
    const [os, architecture, variant] = platform.split("/");
    return {
      ...this.json(manifest, manifest.mediaType),
      platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
      ...annotated(name),
    };
  }
}

function annotated(name: string | undefined): object {
  return name === undefined ? {} : { annotations: { "org.opencontainers.image.ref.name": name } };
}

function configOf(platform: string, layers: readonly Buffer[]): object {
  const [os, architecture, variant] = platform.split("/");
  const ids = layers.map((layer) => `sha256:${createHash("sha256").update(layer).digest("hex")}`);
  return { os, architecture, variant, rootfs: { type: "layers", diff_ids: ids } };
}

/** An OCI layout. @param index puts the images into an index of their own, as a multi-platform image has it, of this name. */
export function ociFiles(images: readonly ImageSpec[], index?: string): ImageFiles {
  const blobs = new Blobs();
  const manifests = images.map((image) => blobs.image(image));
  // What buildkit puts beside each image.
  const attestation = {
    ...blobs.json({ layers: [] }, `${kind}.manifest.v1+json`),
    platform: { os: "unknown", architecture: "unknown" },
    annotations: { "vnd.docker.reference.type": "attestation-manifest" },
  };
  const inner = (): readonly object[] => [
    {
      ...blobs.json({ schemaVersion: 2, manifests: [...manifests, attestation] }, `${kind}.index.v1+json`),
      ...annotated(index),
    },
  ];
  const top = { schemaVersion: 2, manifests: index === undefined ? manifests : inner() };
  return {
    "oci-layout": Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
    "index.json": Buffer.from(JSON.stringify(top)),
    ...blobs.files,
  };
}

/** What `docker save` writes. */
export function savedFiles(images: readonly ImageSpec[]): ImageFiles {
  const files: Record<string, Buffer> = {};
  const manifest = images.map(({ layers, platform = "linux/amd64", name }, at) => {
    const paths = layers.map((layer) => `${createHash("sha256").update(layer).digest("hex")}/layer.tar`);
    paths.forEach((path, each) => (files[path] = layers[each] ?? Buffer.alloc(0)));
    files[`${at}.json`] = Buffer.from(JSON.stringify(configOf(platform, layers)));
    return { Config: `${at}.json`, RepoTags: name === undefined ? null : [name], Layers: paths };
  });
  return { ...files, "manifest.json": Buffer.from(JSON.stringify(manifest)) };
}

/** The same files as one archive. */
export function archiveOf(files: ImageFiles): Buffer {
  return tarOf(...Object.entries(files).map(([name, body]) => ({ name, body })));
}

/** The same files in a folder. */
export function writeFiles(folder: string, files: ImageFiles): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
