import {
  fileTypes,
  loadCommandKinds as lc,
  MH_NO_DYNAMIC_ACCESS,
  platforms,
} from "../../object/macho/constants.ts";
import { FormatError } from "../../object/format-error.ts";
import { Slice, type ByteSource } from "../../object/image.ts";
import { openMacho, type MachoFile } from "../../object/macho/file.ts";
import { versionText } from "../../object/macho/version.ts";
import type { DyldCheck } from "../check.ts";
import { need, unknown, unknownFromHere } from "../step.ts";
import { compareVersions } from "../../evidence/system/version-floor.ts";
import { acceptedBy, dyldArchName, joinedNames, needsHaswell, sameArchitecture } from "./architecture.ts";
import type { DyldHost } from "./host.ts";
import { checkImageRules } from "./image-rules.ts";
import { checkLinkedit, type LoadingReleases } from "./linkedit.ts";
import { checkCommands, uncheckedCommands } from "./load-commands.ts";
import { DYLD } from "./messages.ts";
import { dyldPlatformName, isLoadableInto, platformOf, zippered, type Built } from "./platform.ts";
import { readRawImage, type RawCommand, type RawImage } from "./raw-image.ts";
import { reasonsIn, refused, said, type FileStep } from "./reason.ts";
import { isMacosAtLeast, macosName, type MacosRelease } from "./release.ts";
import { checkSegments } from "./segments.ts";
import { checkSignature } from "./signature.ts";
import { looksUniversal, readFatTable } from "./universal.ts";

/** Fixed only by a different file, about which nothing is known. */
const rebuilt = new Set<DyldCheck>(["platform", "mach-o-file-type"]);

/**
 * macOS 15.4 (dyld-1284): since then dyld calls Header::valid (dyld/JustInTimeLoader.cpp, makeJustInTimeLoaderDisk). Releases before
 * that check less, and only in files of some SDKs.
 */
const deepInspection = 0x000f_0400;
const inspected = new Set<DyldCheck>(["load-command", "segment"]);

/** An image that can be read on its own. */
export interface SoundImage {
  readonly file: MachoFile;
  /** Packed version of the SDK that it was built with. */
  readonly sdk: number;
}

export interface ExaminedImage {
  /** What dyld finds, in its order. */
  readonly steps: readonly FileStep[];
  /** Undefined if the file cannot be read, or only a different file would get any further. */
  readonly sound: SoundImage | undefined;
}

/**
 * Checks one file as dyld does before it looks at what the file needs (dyld/JustInTimeLoader.cpp, makeJustInTimeLoaderDisk). The
 * checks go on after a bad signature or load command.
 * @param path as it was asked for, and its real path: dyld's messages name one or the other.
 */
export function examineImage(
  source: ByteSource,
  path: { readonly asked: string; readonly real: string },
  host: DyldHost,
): ExaminedImage {
  const image = chooseImage(source, host);
  if ("kind" in image) return { steps: [image], sound: undefined };
  const commands = uncheckedCommands(image);
  const kind = [...checkPlatform(image, commands, path.asked, host), ...checkKind(image, path.asked, host)];
  if (reasonsIn(kind).length > 0 && !isReadable(image, commands)) return { steps: kind, sound: undefined };
  const { steps: structure, built } = checkStructure(image, commands, host);
  const found = [...kind, ...structure];
  if (built === undefined) return { steps: found, sound: undefined };
  const slice =
    image.offset === 0 && image.size === source.size ? source : new Slice(source, image.offset, image.size);
  const { file, steps: reading } = open(slice);
  found.push(...reading);
  if (reasonsIn(found).some(({ check }) => check === "truncated-segment"))
    return { steps: found, sound: undefined };
  const range = file?.codeSignature ?? rawSignature(commands);
  const signed = {
    source: slice,
    path: path.real,
    uuid: file === undefined ? null : file.uuid,
    range: range?.size === 0 ? undefined : range,
  };
  found.push(...checkSignature(signed, host));
  if (file === undefined || reasonsIn(found).some(({ check }) => rebuilt.has(check)))
    return { steps: found, sound: undefined };
  return { steps: [...found, ...needsOf(image, built, host)], sound: { file, sdk: built.sdk } };
}

function needsOf(image: RawImage, built: Built, host: DyldHost): readonly FileStep[] {
  return [
    ...(needsHaswell(image) ? [need("an Intel processor of 2013 or later (x86_64h)")] : []),
    ...checkMinimum(built, host),
  ];
}

/** dyld does not check for which release a library is built, but the library may use what older releases lack. */
function checkMinimum(built: Built, host: DyldHost): readonly FileStep[] {
  const isMac = host.platform === platforms.macOS;
  if (built.platform !== host.platform && !(isMac && built.platform === zippered)) return [];
  const minos = versionText(built.minos);
  const { release } = host;
  if (isMac && release !== undefined) {
    const isMet = isMacosAtLeast(release, built.minos);
    if (isMet === true) return [];
    if (isMet === false) {
      const older = `The file is built for macOS ${minos}, which is newer than ${macosName(release)}`;
      return [unknown(`${older}: it may use what that release lacks. Build it for ${macosName(release)}.`)];
    }
  } else if (host.minos !== undefined && compareVersions(minos, host.minos) <= 0) {
    // Where the host runs, its own minimum is met.
    return [];
  }
  return [need(`${dyldPlatformName(host.platform)} >= ${minos}`, isMac ? "macos" : undefined)];
}

/** The image that dyld takes from the file, or why it takes none. */
function chooseImage(source: ByteSource, host: DyldHost): RawImage | FileStep {
  if (source.size === 0) {
    // dyld treats it as the tombstone of a file and goes on without a message (dyld/DyldDelegates.cpp, mapFileReadOnly).
    return refused({ check: "not-mach-o", text: null, cause: "The file is empty." });
  }
  const accepted = acceptedBy(host);
  let [offset, size] = [0, source.size];
  if (looksUniversal(source)) {
    const table = readFatTable(source);
    if (table.problem !== undefined) {
      const cause = `dyld rejects the slice table of the universal file: ${table.problem}.`;
      return refused({ check: "universal-header", text: table.problem, cause });
    }
    const best = accepted.flatMap((arch) => table.slices.filter((one) => sameArchitecture(one, arch)))[0];
    if (best === undefined) {
      return wrongArchitecture(DYLD.missingSlice, table.slices.map(dyldArchName).join(","), host);
    }
    [offset, size] = [Number(best.offset), Number(best.size)];
  }
  const image = readRawImage(source, offset, size);
  if (image === undefined) {
    const cause = "The file is not a little-endian Mach-O file, the only form that dyld accepts.";
    return refused({ ...said(DYLD.notMachO, {}), cause });
  }
  return accepted.some((arch) => sameArchitecture(arch, image))
    ? image
    : wrongArchitecture(DYLD.architecture, dyldArchName(image), host);
}

/** What comes after `need` differs: Rosetta prints 'x86_64' alone, macOS before 15 has shorter lists for arm64. */
function wrongArchitecture(
  form: typeof DYLD.architecture | typeof DYLD.missingSlice,
  have: string,
  host: DyldHost,
): FileStep {
  const hostArch = dyldArchName(host);
  return refused({
    ...said(form, { architecture: have, needed: `'${joinedNames(acceptedBy(host))}'` }),
    cause: `The file is built for ${have === "" ? "nothing" : have.replaceAll(",", " and ")}, the host runs as ${hostArch}. (The list of needed architectures differs a little between Macs.)`,
    plugin: { value: have, from: form === DYLD.architecture ? "cputype" : "fat_arch" },
    host: { value: hostArch, from: "cputype" },
  });
}

function checkPlatform(
  image: RawImage,
  commands: readonly RawCommand[],
  path: string,
  host: DyldHost,
): readonly FileStep[] {
  const claim = tolerant(() => platformOf(commands, image));
  if (claim === undefined) return [];
  const { platform } = claim.built;
  if (isLoadableInto(host.platform, platform, image.fileType === fileTypes.execute)) return [];
  const [have, needed] = [dyldPlatformName(platform), dyldPlatformName(host.platform)];
  return [
    refused({
      ...said(DYLD.platform, { path, platform: have, needed }),
      cause: `The file is built for ${have}, the host for ${needed}.`,
      plugin: { value: have, from: "LC_BUILD_VERSION" },
      host: { value: needed, from: "LC_BUILD_VERSION" },
    }),
  ];
}

function checkKind({ fileType, flags }: RawImage, path: string, host: DyldHost): readonly FileStep[] {
  const plugin = { value: String(fileType), from: "filetype" };
  if (fileType === fileTypes.execute) {
    if (host.platform === platforms.macOS) {
      return [
        unknown(
          "The file is an executable: macOS still lets programs load these, but the outcome can only be determined on a Mac.",
        ),
      ];
    }
    const cause = "The file is an executable, not a library or bundle.";
    return [refused({ ...said(DYLD.mainExecutable, { path }), cause, plugin })];
  }
  if (fileType !== fileTypes.dylib && fileType !== fileTypes.bundle) {
    const cause = "The file is neither a dynamic library nor a bundle.";
    return [refused({ ...said(DYLD.fileType, { type: fileType, path }), cause, plugin })];
  }
  if ((flags & MH_NO_DYNAMIC_ACCESS) === 0) return [];
  const cause = "The header forbids loading the file at run time (MH_NO_DYNAMIC_ACCESS).";
  return [refused({ ...said(DYLD.noDynamicAccess, { path }), cause, plugin })];
}

/** The checks of load commands, segments and what is in __LINKEDIT; without `built`, dyld goes no further. */
function checkStructure(
  image: RawImage,
  commands: readonly RawCommand[],
  host: DyldHost,
): { readonly steps: readonly FileStep[]; readonly built?: Built } {
  const found = tolerant(() => {
    const { steps, goesOn } = checkCommands(image, commands);
    if (!goesOn) return { steps };
    const { built, problem } = platformOf(commands, image);
    const cause = `dyld rejects the platform that the file is built for: ${problem ?? ""}.`;
    const claim = problem === undefined ? [] : [refused({ check: "platform", text: problem, cause })];
    const rules = checkImageRules(image, commands, built);
    const layout = [...claim, ...rules, ...checkSegments(image, commands, built)];
    // Where a segment is not what it should be, nothing follows from what is in it.
    const isSound = reasonsIn(layout).length === 0 && host.platform === platforms.macOS;
    const tables = isSound ? checkLinkedit(image, commands, built, releasesOf(built, host)) : [];
    return { steps: [...asOf(host.release, layout), ...tables], built };
  });
  const tooShort = "What dyld does is unknown: a load command is shorter than what dyld reads of it.";
  return found ?? { steps: [unknownFromHere(tooShort)] };
}

/** What is refused for its load commands and segments, as far as that is known of the release that was named. */
function asOf(release: MacosRelease | undefined, steps: readonly FileStep[]): readonly FileStep[] {
  if (release === undefined || isMacosAtLeast(release, deepInspection) === true) return steps;
  return steps.map((step) => {
    if (step.kind !== "obstacle" || !inspected.has(step.obstacle.check)) return step;
    const { cause } = step.obstacle;
    return unknown(`${cause} macOS 15.4 and later refuse that; what ${macosName(release)} does is unknown.`);
  });
}

/** Where the host does not run, no plugin is loaded. */
function releasesOf(built: Built, { release, minos = "0" }: DyldHost): LoadingReleases {
  return { release, oldest: Math.max(built.minos >>> 16, Number(minos.split(".")[0])) };
}

/** A file that is refused for what it is need not be a dynamic image inside: an object file has no __TEXT segment. */
function isReadable({ fileType }: RawImage, commands: readonly RawCommand[]): boolean {
  return commands.length > 0 && (fileType === fileTypes.dylib || fileType === fileTypes.bundle);
}

/** Undefined if a command ends before a field that is read. */
function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function open(source: ByteSource): {
  readonly file: MachoFile | undefined;
  readonly steps: readonly FileStep[];
} {
  try {
    return { file: openMacho(source), steps: [] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { file: undefined, steps: [unknown(`The file cannot be read: ${error.message}.`)] };
  }
}

function rawSignature(commands: readonly RawCommand[]): { offset: number; size: number } | undefined {
  const command = commands.find(({ cmd, size }) => cmd === lc.LC_CODE_SIGNATURE && size >= 16);
  return command && { offset: command.body.u32(8), size: command.body.u32(12) };
}
