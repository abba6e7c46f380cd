import { posix } from "node:path";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Archive } from "../../files/archive/archive.ts";
import { archiveKind } from "../../files/archive/archive-kind.ts";
import { disk } from "../../files/disk.ts";
import { fileErrorCode, type Files } from "../../files/files.ts";
import type { LoadedSettings } from "../config/load.ts";
import { settingOf, spelled } from "../config/setting-table.ts";
import { holdInterruptions } from "../terminal/interruption.ts";
import { kindAt } from "./paths.ts";

/** A path of the command line that is an archive, or in one. */
interface ArchivePath {
  /** Path of the archive. */
  readonly archive: string;
  /** Absolute path inside; undefined for the archive as a whole. */
  readonly inside: string | undefined;
}

/** The archive that a path means, `app.tar` or `app.tar:/plugins`; undefined if it means a file or a folder. */
function archivePath(path: string): ArchivePath | undefined {
  const kind = kindAt(path);
  if (kind !== undefined) return isArchive(path, kind) ? { archive: path, inside: undefined } : undefined;
  for (let at = path.indexOf(":/"); at > 0; at = path.indexOf(":/", at + 1)) {
    const archive = path.slice(0, at);
    if (archiveKind(disk, archive) !== undefined) {
      return { archive, inside: posix.normalize(path.slice(at + 1)) };
    }
  }
  return undefined;
}

/** A plugin that is given as a file is not opened for this. What is called an archive is one, if only a broken one. */
function isArchive(path: string, kind: string): boolean {
  if (kind !== "folder" && /\.(so|dylib)(\.\d+)*$/.test(path)) return false;
  if (kind === "file" && /\.(tar|tar\.gz|tgz|tar\.zst|tzst|zip)$/.test(path)) return true;
  return archiveKind(disk, path) !== undefined;
}

/** The paths that are neither archives nor in one. */
export function withoutArchives(paths: readonly string[] = []): readonly string[] {
  return paths.filter((path) => archivePath(path) === undefined);
}

/** For commands that read no archives. @throws UsageError if one of the paths is an archive, or in one. */
export function refuseArchives(paths: readonly string[], command: string): void {
  const found = paths.find((path) => kindAt(path) !== "folder" && archivePath(path) !== undefined);
  if (found === undefined) return;
  throw new UsageError("bad-usage", `${found}: \`plugins ${command}\` does not read archives and images`, [
    "`plugins check-all`, `plugins list` and `plugins validate` do. For this command, unpack it.",
  ]);
}

/** @throws UsageError if an archive is given where plugins are. */
export function refuseWholeArchives(paths: readonly string[] = []): void {
  const found = paths.find(
    (path) => archivePath(path)?.inside === undefined && archivePath(path) !== undefined,
  );
  if (found === undefined) return;
  throw new UsageError("bad-usage", `${found} is an archive, not a plugin`, [
    `Name the plugin in it, ${found}:/plugins/NAME.so, or check all of them with \`plugins check-all ${found}\`.`,
  ]);
}

/** @throws UsageError if a pipe, or `-`, is given where an archive may be. */
function refusePipes(paths: readonly string[]): void {
  const found = paths.find((path) => kindAt(path) === (path === "-" ? undefined : "fifo"));
  if (found === undefined) return;
  throw new UsageError(
    "bad-usage",
    `${found}: an archive is not read from a pipe, since it is read at random`,
    ["Save it to a file first, and name that: `docker save IMAGE -o app.tar`."],
  );
}

/** What a command reads. */
export interface Input {
  readonly fileSystem: Files;
  /** With paths into the archive in place of the archive. */
  readonly settings: LoadedSettings;
  /** Path of the archive; undefined if there is none. */
  readonly archive: string | undefined;
}

interface InputRequest {
  readonly settings: LoadedSettings;
  /** Plugins that are named; undefined if folders are searched. */
  readonly files?: readonly string[];
  readonly hasHost: boolean;
  /** Whether the folders are used: there may be a list of files in their place. */
  readonly hasFolders?: boolean;
}

/**
 * Hands a command what it reads: the disk, or the archive that its arguments name, with the settings as they are for it. The archive is
 * open meanwhile.
 * @throws UsageError if the archive is refused.
 */
export async function withInput(request: InputRequest, use: (input: Input) => Promise<void>): Promise<void> {
  const { settings, hasFolders = true } = request;
  const paths = request.files ?? (hasFolders ? (settings.folders ?? []) : []);
  if (request.files === undefined) refusePipes(paths);
  const named = oneArchive(paths);
  if (named === undefined) {
    refuseStray(settings);
    await use({ fileSystem: disk, settings, archive: undefined });
    return;
  }
  refuseTwice(named, settings);
  const wanted = new WantedOfArchive(named, request);
  let archive = await opened(named.archive, settings, wanted.atFirst());
  try {
    if (!archive.isImage) refuseChoice(named.archive, settings);
    const folders = wanted.folders(archive);
    if (wanted.isMore(folders)) {
      archive.close();
      archive = await opened(named.archive, settings, wanted.with(folders));
    }
    const changed = { ...settings, ...wanted.settings(archive, folders) };
    await use({ fileSystem: archive.files, settings: changed, archive: named.archive });
  } finally {
    archive.close();
  }
}

interface NamedArchive {
  readonly archive: string;
  /** Paths inside that are given in the place of the archive. */
  readonly inside: readonly string[];
}

function oneArchive(paths: readonly string[]): NamedArchive | undefined {
  const found = paths.map((path) => archivePath(path));
  const first = found.find((each) => each !== undefined);
  if (first === undefined) return undefined;
  if (found.some((each) => each?.archive !== first.archive)) {
    throw new UsageError("bad-usage", `${first.archive} is an archive, and other paths are given with it`, [
      "Run the command once for each archive. Several folders in it are --plugins DIR, repeated.",
    ]);
  }
  return { archive: first.archive, inside: found.flatMap((each) => each?.inside ?? []) };
}

const onlyForArchives = ["archiveFolders", "platform", "image"] as const;

/** A flag that would do nothing is a mistake; in a configuration file it is for other runs. */
function refuseStray(settings: LoadedSettings): void {
  const stray = onlyForArchives.find((name) => isFlag(settings, name));
  if (stray === undefined) return;
  throw new UsageError("bad-usage", `${spelled(stray)} is for an archive or an image, and none is given`, [
    "Name it in the place of the plugin folder: `plugins check-all app.tar --host /otelcol`.",
  ]);
}

/** @throws UsageError if folders are given as paths in the archive and by the flag for them. */
function refuseTwice({ archive, inside }: NamedArchive, settings: LoadedSettings): void {
  if (inside.length === 0 || !isFlag(settings, "archiveFolders")) return;
  throw new UsageError(
    "bad-usage",
    `${spelled("archiveFolders")} and ${archive}:${inside[0] ?? ""} both say what is meant in ${archive}`,
    ["Give one of the two."],
  );
}

/** @throws UsageError if an image is chosen of an archive that is none: a flag that would do nothing is a mistake. */
function refuseChoice(archive: string, settings: LoadedSettings): void {
  const stray = (["platform", "image"] as const).find((name) => isFlag(settings, name));
  if (stray === undefined) return;
  throw new UsageError("bad-usage", `${spelled(stray)} chooses an image, and ${archive} is not one`, [
    "It has neither an OCI layout nor the manifest.json of `docker save` at its top.",
  ]);
}

function isFlag({ given }: LoadedSettings, name: (typeof onlyForArchives)[number]): boolean {
  return given[name][0].originOf().kind === "flag";
}

/** The usual place in an image. */
const usualFolder = "/plugins";

type Wanted = Parameters<typeof opened>[2];

/** What is wanted of an archive, and what the settings become by it. */
class WantedOfArchive {
  readonly #hosts: readonly string[] | undefined;
  readonly #sysroot: string | undefined;
  /** undefined if no folder is given. */
  readonly #folders: readonly string[] | undefined;

  constructor(
    private readonly named: NamedArchive,
    private readonly request: InputRequest,
  ) {
    const { settings, hasHost, files } = request;
    if (settings.locked && hasHost && files === undefined) {
      throw new UsageError(
        "bad-usage",
        `${named.archive}: a lock is for folders, not for archives and images`,
        ["Leave out --locked, or pass --no-locked if a configuration file sets it."],
      );
    }
    this.#hosts = hasHost ? settings.host?.map((each) => this.#path(each, "host")) : undefined;
    this.#sysroot =
      hasHost && settings.sysroot !== undefined ? this.#path(settings.sysroot, "sysroot") : undefined;
    this.#folders =
      named.inside.length > 0 ? named.inside : settings.archiveFolders?.map((each) => this.#inside(each));
  }

  atFirst(): Wanted {
    const { files } = this.request;
    if (files !== undefined) return this.with(this.named.inside);
    // A host is often at the root, and a small archive has nothing but plugins there.
    return [...this.with(this.#folders ?? [usualFolder]), { path: "/", recursive: false }];
  }

  with(folders: readonly string[]): Wanted {
    const { recursive } = this.request.settings;
    const prefix = `${this.named.archive}:`;
    const hosts = (this.#hosts ?? []).flatMap((each) =>
      each.startsWith(prefix) ? [{ path: each.slice(prefix.length), recursive: false }] : [],
    );
    return [...folders.map((path) => ({ path, recursive })), ...hosts];
  }

  /** Where the plugins are. @throws UsageError if nothing says it. */
  folders({ files, isSystem }: Archive): readonly string[] {
    if (this.request.files !== undefined) return [];
    if (this.#folders !== undefined) return this.#folders;
    const { archive } = this.named;
    if (isFolder(files, `${archive}:${usualFolder}`)) return [usualFolder];
    if (!isSystem && this.#isAtTop(files)) return ["/"];
    throw new UsageError(
      "folder-not-found",
      `${archive}: no plugin folder given and it has no ${usualFolder}`,
      ["Say where the plugins are in it: --plugins /PATH."],
    );
  }

  /** Whether plugins may be at the top: nothing to check would look like a pass. */
  #isAtTop(files: Files): boolean {
    const { archive } = this.named;
    const isOther = (name: string): boolean => this.#hosts?.includes(`${archive}:/${name}`) !== true;
    return (
      this.request.settings.recursive ||
      files.list(`${archive}:/`).some(({ name, kind }) => kind !== "folder" && isOther(name))
    );
  }

  /** Whether the archive must be read again for these folders. */
  isMore(folders: readonly string[]): boolean {
    return this.#folders === undefined && folders.includes("/") && this.request.settings.recursive;
  }

  settings(archive: Archive, folders: readonly string[]): Partial<LoadedSettings> {
    const { archive: name } = this.named;
    const { hasHost, files } = this.request;
    for (const host of this.#hosts ?? []) checkHost(archive.files, host, name);
    const sysroot = this.#sysroot ?? (hasHost && archive.isSystem ? `${name}:/` : undefined);
    return {
      ...(files === undefined ? { folders: folders.map((each) => `${name}:${each}`) } : {}),
      ...(this.#hosts === undefined ? {} : { host: this.#hosts }),
      ...(sysroot === undefined ? {} : { sysroot }),
    };
  }

  /** Relative paths of a configuration file are relative to its folder: they are of the disk. */
  #path(path: string, setting: "host" | "sysroot"): string {
    const { archive } = this.named;
    const onDisk = /^disk:(.+)$/s.exec(path)?.[1];
    if (onDisk !== undefined) return onDisk;
    if (this.request.settings.given[setting][0].originOf().kind === "file") return path;
    return `${archive}:${this.#inside(path)}`;
  }

  /** The path inside, absolute: this archive's own name may stand before it, and no other's. */
  #inside(path: string): string {
    const { archive } = this.named;
    return posix.resolve("/", path.startsWith(`${archive}:/`) ? path.slice(archive.length + 1) : path);
  }
}

function isFolder(files: Files, path: string): boolean {
  try {
    return files.stat(path).kind === "folder";
  } catch {
    return false;
  }
}

/** @throws UsageError if it is not there. What else may be wrong with it is said when it is read. */
function checkHost(files: Files, host: string, archive: string): void {
  if (!host.startsWith(`${archive}:`)) return;
  try {
    files.stat(host);
  } catch (error) {
    const text = unreadableText(unreadable(host, null, error), "the host");
    throw new UsageError("host-unreadable", `${host}: ${text}`, [
      `With an archive, ${settingOf("host").flag?.value ?? "FILE"} is a path in it. A host on the disk is --host disk:FILE.`,
    ]);
  }
}

async function opened(
  path: string,
  { image, platform }: LoadedSettings,
  wanted: readonly { readonly path: string; readonly recursive: boolean }[],
): Promise<Archive> {
  const { openArchive } = await import("../../files/archive/archive.ts");
  const { ArchiveError } = await import("../../files/archive/archive-error.ts");
  // Between two pieces of it, an interruption ends the run, and never while a temporary file still has a name.
  const release = holdInterruptions();
  try {
    return await openArchive(disk, path, { image, platform, wanted });
  } catch (error) {
    if (error instanceof ArchiveError) {
      throw new UsageError(
        "archive-unreadable",
        `${path}: the archive cannot be used: ${error.message}`,
        error.hints,
      );
    }
    if (fileErrorCode(error) === undefined) throw error;
    throw new UsageError(
      "archive-unreadable",
      `${path}: ${unreadableText(unreadable(path, null, error), "the archive")}`,
    );
  } finally {
    release();
  }
}
