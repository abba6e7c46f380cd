import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch } from "node:process";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ArchiveError } from "../../../src/files/archive/archive-error.ts";
import { openArchive } from "../../../src/files/archive/archive.ts";
import { disk } from "../../../src/files/disk.ts";
import {
  archiveOf,
  ociFiles,
  savedFiles,
  writeFiles,
  type ImageFiles,
  type ImageSpec,
} from "../../support/image-builder.ts";
import { lackOf, testWith } from "../../support/need.ts";
import { contentIn } from "../../support/opened-archive.ts";
import { tarOf } from "../../support/tar-builder.ts";
import { rawFrame } from "../../support/zstd-frame.ts";

const base = tarOf(
  { name: "usr/lib/", type: "5" },
  { name: "lib", type: "2", target: "usr/lib" },
  { name: "usr/lib/libc.so.6", body: "libc" },
  { name: "plugins/", type: "5" },
  { name: "plugins/old.so", body: "old" },
  { name: "plugins/kept.so", body: "kept" },
  { name: "cache/", type: "5" },
  { name: "cache/a", body: "a" },
  { name: "cache/deep/b", body: "b" },
);
const upper = tarOf(
  { name: "cache/new", body: "new" },
  { name: "cache/.wh..wh..opq" },
  { name: "plugins/.wh.old.so" },
  { name: "plugins/new.so", body: "new" },
  { name: "plugins/linked.so", type: "1", target: "plugins/kept.so" },
  { name: "usr/lib/libm.so.6", body: "libm" },
  { name: ".wh..wh.plnk" },
  { name: ".wh.nothing" },
);
const merged = {
  "/cache/": "",
  "/cache/new": "new",
  "/lib": "-> usr/lib",
  "/plugins/": "",
  "/plugins/kept.so": "kept",
  "/plugins/linked.so": "kept",
  "/plugins/new.so": "new",
  "/usr/": "",
  "/usr/lib/": "",
  "/usr/lib/libc.so.6": "libc",
  "/usr/lib/libm.so.6": "libm",
};

const forms: Readonly<Record<string, ImageFiles>> = {
  "docker save": savedFiles([{ layers: [base, upper] }]),
  "docker save with compressed layers": {
    ...savedFiles([{ layers: [base, upper] }]),
    ...Object.fromEntries(
      Object.entries(savedFiles([{ layers: [base, upper] }])).map(([path, bytes]) => [
        path,
        path.endsWith(".tar") ? gzipSync(bytes) : bytes,
      ]),
    ),
  },
  OCI: ociFiles([{ layers: [base, upper] }]),
  "OCI with layers by gzip and zstd": ociFiles([{ layers: [gzipSync(base), rawFrame(upper)] }]),
  "an index in the index": ociFiles([{ layers: [base, upper] }], "app:1"),
};

describe.each(Object.entries(forms))("%s", (_, files) => {
  test("layers and whiteouts are applied, compressed as a whole or not", async () => {
    await expect(contentIn(archiveOf(files))).resolves.toEqual(merged);
    await expect(contentIn(gzipSync(archiveOf(files)))).resolves.toEqual(merged);
  });
});

test("a layout in a folder is read in place, and its files are closed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "layout-"));
  writeFiles(folder, ociFiles([{ layers: [base, upper] }]));
  const archive = await openArchive(disk, folder, { wanted: [] });
  const got = Buffer.alloc(4);
  expect(archive.files.open(`${folder}:/plugins/linked.so`).read(got, 0, 4, 0)).toBe(4);
  expect(got.toString()).toBe("kept");
  expect(archive.stored).toBe(0);
  archive.close();
  rmSync(folder, { recursive: true });
});

test.each(["crane", "Bazel"])("the names that %s gives the files of an image", async (by) => {
  const hex = "0123456789abcdef".repeat(4);
  const [config, layer] =
    by === "crane"
      ? [`sha256:${hex}`, `${hex}.tar.gz`]
      : [`blobs/sha256/${hex}`, `blobs/sha256/${hex}.tar.gz`];
  const bytes = archiveOf({
    [config]: Buffer.from('{"os":"linux","architecture":"amd64"}'),
    [layer]: gzipSync(tarOf({ name: "a", body: "text" })),
    "manifest.json": Buffer.from(JSON.stringify([{ Config: config, RepoTags: null, Layers: [layer] }])),
  });
  for (const each of [bytes, gzipSync(bytes)]) {
    await expect(contentIn(each, { wanted: [{ path: "/a", recursive: false }] })).resolves.toEqual({
      "/a": "text",
    });
  }
});

test.each(["OCI", "docker save"])("images without a name are chosen by their digests: %s", async (form) => {
  const images = [{ layers: layerWith("one") }, { layers: layerWith("two") }];
  const files = form === "OCI" ? ociFiles(images) : savedByDigest(images);
  const error: unknown = await contentIn(archiveOf(files)).catch((each: unknown) => each);
  const [hint = ""] = (error as ArchiveError).hints;
  const [first = "", second = ""] = hint.match(/sha256:[0-9a-f]{64}/g) ?? [];
  await expect(contentIn(archiveOf(files), { image: first })).resolves.toEqual({ "/which": "one" });
  await expect(contentIn(archiveOf(files), { image: second.slice(7, 19) })).resolves.toEqual({
    "/which": "two",
  });
  await expect(contentIn(archiveOf(files), { image: "sha256:" })).rejects.toThrow("it has no image");
});

/** As `docker save` writes it today, with a configuration that is named by its digest. */
function savedByDigest(images: readonly ImageSpec[]): ImageFiles {
  const files = savedFiles(images);
  let manifest = String(files["manifest.json"]);
  const configs = images.map((_, at) => {
    const bytes = files[`${at}.json`] ?? Buffer.alloc(0);
    const path = `blobs/sha256/${createHash("sha256").update(bytes).digest("hex")}`;
    manifest = manifest.replace(`${at}.json`, path);
    return [path, bytes] as const;
  });
  return { ...files, ...Object.fromEntries(configs), "manifest.json": Buffer.from(manifest) };
}

test("an image with more or fewer layers than its configuration says is refused", async () => {
  const files = savedFiles([{ layers: [base, upper] }]);
  const { Layers, ...rest } = (
    JSON.parse(String(files["manifest.json"])) as { readonly Layers: string[] }[]
  )[0] ?? {
    Layers: [],
  };
  for (const layers of [Layers.slice(1), [...Layers, ...Layers.slice(1)]]) {
    const manifest = Buffer.from(JSON.stringify([{ ...rest, Layers: layers }]));
    await expect(contentIn(archiveOf({ ...files, "manifest.json": manifest }))).rejects.toThrow(
      `manifest.json has ${layers.length} layers, and the image's configuration 2`,
    );
  }
});

test("whiteouts in a plain archive are files", async () => {
  await expect(contentIn(tarOf({ name: ".wh.a", body: "text" }))).resolves.toEqual({ "/.wh.a": "text" });
});

test("a file in the place of a folder hides what was in it, and the other way round", async () => {
  const layers = [
    tarOf({ name: "a/b/c", body: "1" }, { name: "d", body: "2" }),
    tarOf({ name: "a", body: "now a file" }, { name: "d", type: "5" }, { name: "d/e", body: "3" }),
  ];
  await expect(contentIn(archiveOf(ociFiles([{ layers }])))).resolves.toEqual({
    "/a": "now a file",
    "/d/": "",
    "/d/e": "3",
  });
});

test("a folder that a layer only implies hides a link or a file below it, as overlayfs shows it", async () => {
  const below = tarOf(
    { name: "usr/lib/libc.so.6", body: "libc" },
    { name: "lib", type: "2", target: "usr/lib" },
    { name: "opt", type: "2", target: "usr" },
    { name: "file", body: "text" },
  );
  const layers = [
    below,
    tarOf(
      { name: "lib/libm.so.6", body: "libm" },
      { name: "file/in", body: "in" },
      { name: "own", type: "2", target: "usr/lib" },
      { name: "own/libown.so", body: "own" },
      { name: "opt/.wh.lib" },
    ),
  ];
  await expect(contentIn(archiveOf(ociFiles([{ layers }])))).resolves.toEqual({
    "/file/": "",
    "/file/in": "in",
    "/lib/": "",
    "/lib/libm.so.6": "libm",
    "/opt/": "",
    "/own": "-> usr/lib",
    "/usr/": "",
    "/usr/lib/": "",
    "/usr/lib/libc.so.6": "libc",
    "/usr/lib/libown.so": "own",
  });
  // The same in one archive is below the link.
  await expect(
    contentIn(tarOf({ name: "lib", type: "2", target: "usr/lib" }, { name: "lib/libm.so.6", body: "libm" })),
  ).resolves.toMatchObject({ "/lib": "-> usr/lib", "/usr/lib/libm.so.6": "libm" });
});

test("a whiteout removes nothing of its own layer, before it or behind it", async () => {
  const layers = [
    tarOf({ name: "a/lower", body: "1" }, { name: "b", body: "lower" }),
    tarOf({ name: "a/own", body: "2" }, { name: ".wh.a" }, { name: ".wh.b" }, { name: "b", body: "own" }),
  ];
  await expect(contentIn(archiveOf(ociFiles([{ layers }])))).resolves.toEqual({
    "/a/": "",
    "/a/own": "2",
    "/b": "own",
  });
});

const own = `linux/${{ x64: "amd64" }[arch as string] ?? arch}`;
const other = own === "linux/arm64" ? "linux/amd64" : "linux/arm64";
const layerWith = (text: string): Buffer[] => [tarOf({ name: "which", body: text })];

test("of several platforms it is that of the machine, or the one that is asked for", async () => {
  const bytes = archiveOf(
    ociFiles(
      [
        { platform: own, layers: layerWith("own") },
        { platform: `${other}/v8`, layers: layerWith("other") },
        { platform: "linux/s390x", layers: layerWith("s390x") },
      ],
      "app:1",
    ),
  );
  await expect(contentIn(bytes)).resolves.toEqual({ "/which": "own" });
  await expect(contentIn(bytes, { platform: other })).resolves.toEqual({ "/which": "other" });
  await expect(contentIn(bytes, { platform: "linux/riscv64" })).rejects.toMatchObject({
    message: "it has no image for linux/riscv64",
    hints: [`It has ${own}, ${other}/v8, linux/s390x.`],
  });
});

test("if none is that of the machine, the only one is taken, and of several none", async () => {
  const one = { platform: "linux/mips64le", layers: layerWith("mips") };
  await expect(contentIn(archiveOf(ociFiles([one])))).resolves.toEqual({ "/which": "mips" });
  const two = [one, { platform: "linux/riscv64", layers: layerWith("riscv") }];
  await expect(contentIn(archiveOf(ociFiles(two)))).rejects.toMatchObject({
    hints: ["Choose one with --platform: linux/mips64le, linux/riscv64."],
  });
});

test.each([
  ["docker save", savedFiles],
  ["OCI", ociFiles],
])("%s: of several images one is to be named", async (_, of) => {
  const bytes = archiveOf(
    of([
      { name: "docker.io/library/app:1", layers: layerWith("app") },
      { name: "registry/other:2", layers: layerWith("other") },
    ]),
  );
  await expect(contentIn(bytes)).rejects.toMatchObject({
    message: "it has several images",
    hints: ["Choose one with --image: docker.io/library/app:1, registry/other:2."],
  });
  await expect(contentIn(bytes, { image: "app:1" })).resolves.toEqual({ "/which": "app" });
  await expect(contentIn(bytes, { image: "registry/other:2" })).resolves.toEqual({ "/which": "other" });
  await expect(contentIn(bytes, { image: "nobody" })).rejects.toThrow('it has no image "nobody"');
});

/** The files with one layer's bytes changed. */
function damaged(files: ImageFiles, layer: Buffer): ImageFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => {
      if (!bytes.equals(layer)) return [path, bytes];
      const changed = Buffer.from(bytes);
      // In the body of the last file.
      changed.write("LIBM", changed.indexOf("libm", changed.indexOf("libm") + 4));
      return [path, changed];
    }),
  );
}

test("a layer that does not have its digest is refused", async () => {
  for (const of of [ociFiles, savedFiles]) {
    const bytes = archiveOf(damaged(of([{ layers: [base, upper] }]), upper));
    await expect(contentIn(bytes)).rejects.toThrow(
      /^layer 2 of 2: .* has the digest sha256:[0-9a-f]+: it is damaged$/,
    );
  }
});

const layers = [base, upper];
const changed = (files: ImageFiles, change: (path: string, text: string) => string | undefined): Buffer =>
  archiveOf(
    Object.fromEntries(
      Object.entries(files).flatMap(([path, bytes]) => {
        const text = change(path, bytes.toString("latin1"));
        return text === undefined ? [] : [[path, Buffer.from(text, "latin1")]];
      }),
    ),
  );
const bad: Readonly<Record<string, readonly [Buffer, string]>> = {
  "a missing layer": [
    changed(savedFiles([{ layers }]), (path, text) => (path.endsWith("layer.tar") ? undefined : text)),
    "the image is not complete",
  ],
  "a layer outside": [
    changed(savedFiles([{ layers }]), (_, text) =>
      text.replace(/[0-9a-f]{64}\/layer.tar/, "../../../etc/passwd"),
    ),
    "the image is not complete",
  ],
  "a digest that is a path": [
    changed(ociFiles([{ layers }]), (path, text) =>
      path === "index.json" ? text.replace(/sha256:[^"]+/, "sha256:../../x") : text,
    ),
    "in place of a digest",
  ],
  "a manifest that was changed": [
    changed(ociFiles([{ layers }]), (_, text) =>
      text.replace('"schemaVersion":2,"mediaType"', '"schemaVersion":3,"mediaType"'),
    ),
    "it is damaged",
  ],
  "a wrong size": [
    changed(ociFiles([{ layers }]), (path, text) =>
      path === "index.json" ? text.replace(/"size":\d+/, '"size":1') : text,
    ),
    "and index.json says 1",
  ],
  "an index that is not JSON": [
    changed(ociFiles([{ layers }]), (path, text) => (path === "index.json" ? "{" : text)),
    "is not JSON",
  ],
  "no image": [archiveOf(ociFiles([])), "it has no image for a system"],
  "a whiteout of the folder above": [
    archiveOf(ociFiles([{ layers: [tarOf({ name: "a/.wh..." })] }])),
    "names no file",
  ],
  "a layer that is no tar": [
    archiveOf(ociFiles([{ layers: [Buffer.from("text".repeat(200))] }])),
    "layer 1 of 1: it does not begin",
  ],
};

test.each(Object.entries(bad))("%s is refused with the reason", async (_, [bytes, why]) => {
  await expect(contentIn(bytes)).rejects.toThrow(why);
});

testWith(lackOf("skopeo"), "what skopeo makes of an image is the same image", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skopeo-"));
  const at = (name: string): string => join(folder, name);
  writeFiles(at("layout"), ociFiles([{ layers: [base, upper], name: "1" }]));
  const copy = (...words: readonly string[]): void => {
    execFileSync("skopeo", ["--insecure-policy", "copy", "-q", ...words], { stdio: "pipe" });
  };
  copy(`oci:${at("layout")}:1`, `docker-archive:${at("saved.tar")}:app:1`);
  copy(`oci:${at("layout")}:1`, `oci-archive:${at("oci.tar")}:1`);
  copy(
    "--dest-compress-format",
    "zstd",
    "--dest-compress",
    `oci:${at("layout")}:1`,
    `oci-archive:${at("zstd.tar")}:1`,
  );
  copy("--dest-compress", `oci:${at("layout")}:1`, `oci-archive:${at("gzip.tar")}:1`);
  for (const name of ["saved.tar", "oci.tar", "zstd.tar", "gzip.tar"]) {
    expect(statSync(at(name)).size).toBeGreaterThan(0);
    expect(await contentIn(readFileSync(at(name))), name).toEqual(merged);
  }
  rmSync(folder, { recursive: true });
});
