import {
  changed,
  closeArtifact,
  openArtifact,
  type Artifact,
  type ArtifactSlice,
  type OpenedArtifact,
} from "../../artifact/artifact.ts";
import { buildsOf, type Build } from "../../artifact/build.ts";
import { digestOf, digestOfOpened, type Digest } from "../../artifact/digest.ts";
import { unreadable, unreadableText, type Unreadable } from "../../artifact/unreadable.ts";
import { readSmallFile, type Files } from "../../files/files.ts";
import { parseMacosRelease } from "../../loader/dyld/release.ts";
import { isaLevelsNamed } from "../../loader/elf/isa-level.ts";
import { parseRelease } from "../../loader/elf/libc-release.ts";
import { readLoadingHost, type LoadingHost, type TargetRequest } from "../../loader/loading-host.ts";
import { defaultCarrierNames } from "../../manifest/carrier/carrier-names.ts";
import { readClaim } from "../../manifest/claim.ts";
import { manifestLimit } from "../../manifest/content.ts";
import type { Finding } from "../../rules/finding.ts";
import type { OpenedSlice } from "../../object/open.ts";
import { judgeManifests } from "../../rules/evaluation.ts";
import type { HostSide } from "../../rules/rule.ts";
import { evidenceResult, fileResult, manifestResults, withDigest } from "./file-result.ts";
import type { HostRequest, ValidateRequest } from "../model/request.ts";
import type { HostResult } from "../model/result.ts";
import { UsageError } from "../model/usage-error.ts";

/** The host, read once for all plugins. */
export interface Host {
  /** One for a thin binary or a manifest file, one per slice for a universal binary. */
  readonly sides: readonly HostSlice[];
  readonly universal: boolean;
  readonly findings: readonly Finding[];
  readonly result: HostResult;
}

export interface HostSlice {
  /** undefined for a manifest file. */
  readonly slice: ArtifactSlice | undefined;
  /** One per language. */
  readonly builds: readonly Build[];
  /** undefined for a manifest file: no loader's answer can be predicted. */
  readonly loading: LoadingHost | undefined;
}

/** How a host is read. */
interface HostReading extends Pick<ValidateRequest, "fileSystem" | "names" | "arch" | "digests"> {
  readonly host: HostRequest;
}

/** The same for several hosts: all are open while they are used. @throws UsageError if none is given. */
export function withHosts<Result>(
  { host, ...reading }: Pick<ValidateRequest, "fileSystem" | "host" | "names" | "arch" | "digests">,
  use: (hosts: readonly [Host, ...Host[]]) => Promise<Result>,
): Promise<Result> {
  const open = (left: readonly HostRequest[], opened: readonly Host[]): Promise<Result> => {
    const [next, ...others] = left;
    if (next !== undefined)
      return withHost({ ...reading, host: next }, (each) => open(others, [...opened, each]));
    const [first, ...rest] = opened;
    if (first === undefined) throw new UsageError("host-missing", "no host given");
    return use([first, ...rest]);
  };
  return open("kind" in host ? [host] : host, []);
}

/**
 * Reads the host, and keeps it open while it is used: some facts are only read for a plugin that depends on them.
 * @throws UsageError when the host cannot be read: then nothing can be compared.
 */
async function withHost<Result>(
  { fileSystem: files, host, names = defaultCarrierNames, arch, digests = false }: HostReading,
  use: (host: Host) => Promise<Result>,
): Promise<Result> {
  if (host.kind === "manifest") {
    const side = readManifestFile(files, host.path);
    return use(digests ? digested(side, await digestOf(files, host.path)) : side);
  }
  checkTarget(files, host.target ?? {});
  const opened = openArtifact(files, host.path, names, "host");
  try {
    const side = readHost(files, opened, host, arch);
    const result = await use(digests ? digested(side, await digestOfOpened(opened)) : side);
    if (changed(opened) === undefined) return result;
    throw new UsageError("file-changed", `${host.path}: the host was written to while it was being checked`, [
      "Run again when the file is no longer being written.",
    ]);
  } finally {
    closeArtifact(opened);
  }
}

function digested(host: Host, digest: Digest | Unreadable): Host {
  return { ...host, result: withDigest(host.result, digest) };
}

/** The host as one plugin sees it: with the build of the plugin's language. */
export function hostSide({ slice, builds }: HostSlice, plugin: Build | undefined): HostSide {
  return { slice, builds, build: builds.find(({ language }) => language === plugin?.language) };
}

/** @throws UsageError if it is no host, or if this program fails on it. */
function readHost(...[files, opened, host, arch]: Parameters<typeof hostOf>): Host {
  try {
    return hostOf(files, opened, host, arch);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const text = unreadableText(unreadable(host.path, null, error), "the host");
    throw new UsageError("host-unreadable", `${host.path}: ${text}`);
  }
}

function hostOf(
  files: Files,
  { file, content }: OpenedArtifact,
  { path, target = {} }: Extract<HostRequest, { kind: "binary" }>,
  arch: string | undefined,
): Host {
  if (file.kind === "unreadable") {
    throw new UsageError("host-unreadable", `${path}: ${unreadableText(file, "the host")}`, [
      "Pass the Collector binary with --host, or its manifest (JSON) with --host-manifest.",
    ]);
  }
  const opened = content.kind === "open" ? content.slices : [];
  if (opened.every(({ object }) => isLibrary(object))) throw noProgram(path);
  const slices = slicesOf(file, arch);
  const [first] = slices;
  return {
    sides: slices.map((slice) => {
      const object = opened[file.slices.indexOf(slice)]?.object;
      return {
        slice,
        builds: buildsOf(slice.claim, slice.proof, "host"),
        loading: object && readLoadingHost(files, object, path, target),
      };
    }),
    universal: file.universal,
    findings: judgeManifests({ ...file, slices }),
    result: {
      ...fileResult(file, first),
      manifests: first === undefined ? [] : manifestResults(first, "host"),
      evidence: first === undefined ? {} : evidenceResult(first),
    },
  };
}

/** Some libraries can be started, among those that have an interpreter, as the C library has. */
function isLibrary(object: OpenedSlice["object"]): boolean {
  const isLibrary = object.kind === "shared-library" || object.kind === "bundle";
  switch (object.format) {
    case "elf":
      return isLibrary && object.interpreter === undefined;
    case "macho":
      return isLibrary;
  }
}

function noProgram(path: string): UsageError {
  return new UsageError("host-unreadable", `${path}: the host is a shared library, not a program`, [
    "Did you swap host and plugin? --host is the Collector binary.",
    "If the host itself is a library, pass its manifest with --host-manifest.",
  ]);
}

/** @throws UsageError if what was given for the target is impossible. */
function checkTarget(files: Files, { sysroot, glibc, cpu, macos }: TargetRequest): void {
  if (glibc !== undefined && parseRelease(glibc) === undefined) {
    throw new UsageError("bad-usage", `${JSON.stringify(glibc)} is not a glibc version`, [
      "Use a version number such as 2.31.",
    ]);
  }
  if (cpu !== undefined && isaLevelsNamed(cpu) === undefined) {
    throw new UsageError("bad-usage", `${JSON.stringify(cpu)} is not a level of x86-64`, [
      "Use x86-64, x86-64-v2, x86-64-v3 or x86-64-v4.",
    ]);
  }
  if (macos !== undefined && parseMacosRelease(macos) === undefined) {
    throw new UsageError("bad-usage", `${JSON.stringify(macos)} is not a release of macOS`, [
      "Use a release such as 15 or 26.4.",
    ]);
  }
  if (sysroot === undefined) return;
  const why = whyNoFolder(files, sysroot);
  if (why === undefined) return;
  throw new UsageError("folder-not-found", `${sysroot}: ${why}`, [
    "Pass the folder of an unpacked image with --sysroot.",
  ]);
}

function whyNoFolder(files: Files, path: string): string | undefined {
  try {
    return files.stat(path).kind === "folder" ? undefined : "the target's system is a file, not a folder";
  } catch (error) {
    return unreadableText(unreadable(path, null, error), "the target's system");
  }
}

function slicesOf({ path, slices }: Artifact, arch: string | undefined): readonly ArtifactSlice[] {
  if (arch === undefined) return slices;
  const wanted = slices.filter((slice) => slice.arch === arch);
  if (wanted.length > 0) return wanted;
  throw new UsageError("bad-usage", `${path}: the host has no ${arch} slice`, [
    `It has ${slices.map((slice) => slice.arch).join(", ")}.`,
  ]);
}

function readManifestFile(files: Files, path: string): Host {
  const bytes = readManifestBytes(files, path);
  const claim = readClaim(
    [{ source: "file", location: path, offset: 0, payload: { kind: "bytes", bytes } }],
    true,
  );
  const [carrier] = claim.carriers;
  const findings = judgeManifests({ role: "host", universal: false, slices: [{ arch: "", claim }] });
  if (claim.manifests.length === 0) {
    throw new UsageError(
      "host-manifest-invalid",
      `${path}: the host manifest cannot be used: ${findings.map(({ message }) => message).join("; ")}`,
    );
  }
  const value = carrier?.content.kind === "json" ? carrier.content.value : null;
  return {
    sides: [{ slice: undefined, builds: buildsOf(claim, undefined, "host"), loading: undefined }],
    universal: false,
    findings,
    result: {
      path,
      format: null,
      arch: null,
      size: bytes.length,
      slices: [],
      unreadable: null,
      manifests: [{ source: "file", location: path, offset: 0, valid: true, value }],
      evidence: {},
    },
  };
}

function readManifestBytes(files: Files, path: string): Buffer {
  try {
    const { kind, size } = files.stat(path);
    if (kind !== "file") throw new UsageError("host-unreadable", `${path}: the host manifest is not a file`);
    const bytes = readSmallFile(files, path, manifestLimit);
    if (bytes === undefined) {
      throw new UsageError(
        "host-manifest-invalid",
        `${path}: the host manifest is ${size} bytes, more than the limit of ${manifestLimit}`,
        ["For the host binary itself, use --host."],
      );
    }
    return bytes;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      "host-unreadable",
      `${path}: ${unreadableText(unreadable(path, null, error), "the host manifest")}`,
    );
  }
}
