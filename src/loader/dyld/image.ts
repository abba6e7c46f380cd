import { FormatError } from "../../object/format-error.ts";
import { Slice, type ByteSource } from "../../object/image.ts";
import { openMacho, type MachoFile } from "../../object/macho/file.ts";
import { fileTypes } from "../../object/macho/header.ts";
import { loadCommandKinds as lc } from "../../object/macho/load-command-kind.ts";
import { versionText } from "../../object/macho/version.ts";
import { acceptedBy, dyldArchName, joinedNames, needsHaswell, sameArchitecture } from "./architecture.ts";
import type { DyldCheck } from "../check.ts";
import type { DyldHost } from "./host.ts";
import { checkImageRules } from "./image-rules.ts";
import { checkCommands, uncheckedCommands } from "./load-commands.ts";
import { dyldPlatformName, isLoadableInto, platformOf, platforms, type PlatformClaim } from "./platform.ts";
import { readRawImage, type RawCommand, type RawImage } from "./raw-image.ts";
import { checkSegments } from "./segments.ts";
import { checkSignature } from "./signature.ts";
import { looksUniversal, readFatTable } from "./universal.ts";
import type { Verdict } from "./verdict.ts";

/** MH_NO_DYNAMIC_ACCESS (mach_o/UnsafeHeader.h). */
const noDynamicAccess = 0x400;

/** Fixed by another file alone, of which nothing is known. */
const rebuilt = new Set<DyldCheck>(["platform", "mach-o-file-type"]);

/** An image that can be read on its own. */
export interface SoundImage {
  readonly file: MachoFile;
  /** Packed version of the SDK that it was built with. */
  readonly sdk: number;
}

/**
 * Looks at one file as dyld does before it looks at what the file needs (dyld/JustInTimeLoader.cpp,
 * makeJustInTimeLoaderDisk), and puts down what it would say.
 * @param path how it was asked for, and its real path: dyld's messages name one or the other.
 * @returns undefined where the file cannot be read here, or where it takes another file to get any further; what is
 * refused for its signature or a load command is looked at all the same.
 */
export function examineImage(
  source: ByteSource,
  path: { readonly asked: string; readonly real: string },
  host: DyldHost,
  verdict: Verdict,
): SoundImage | undefined {
  const image = chooseImage(source, host, verdict);
  if (image === undefined) return undefined;
  const commands = uncheckedCommands(image);
  checkPlatform(image, commands, path.asked, host, verdict);
  checkKind(image, path.asked, host, verdict);
  const built = checkStructure(image, commands, verdict);
  if (built === undefined) return undefined;
  const slice =
    image.offset === 0 && image.size === source.size ? source : new Slice(source, image.offset, image.size);
  const file = open(slice, verdict);
  const range = file?.codeSignature ?? rawSignature(commands);
  if (verdict.reasons.some(({ check }) => check === "truncated-segment")) return undefined;
  const signed = {
    source: slice,
    path: path.real,
    uuid: file === undefined ? null : file.uuid,
    range: range?.size === 0 ? undefined : range,
  };
  checkSignature(signed, host, verdict);
  if (file === undefined || verdict.reasons.some(({ check }) => rebuilt.has(check))) return undefined;
  if (needsHaswell(image)) verdict.need("an Intel processor of 2013 or later (x86_64h)");
  const isZippered = built.platform === platforms.zippered && host.platform === platforms.macOS;
  if (built.platform === host.platform || isZippered) {
    verdict.need(`${dyldPlatformName(host.platform)} >= ${versionText(built.minos)}`);
  }
  return { file, sdk: built.sdk };
}

function chooseImage(source: ByteSource, host: DyldHost, verdict: Verdict): RawImage | undefined {
  if (source.size === 0) {
    // dyld takes it for the tombstone of a file and goes on without a word (dyld/DyldDelegates.cpp, mapFileReadOnly).
    verdict.refuse({ check: "not-mach-o", text: null, cause: "The file is empty." });
    return undefined;
  }
  const accepted = acceptedBy(host);
  let [offset, size] = [0, source.size];
  if (looksUniversal(source)) {
    const table = readFatTable(source);
    if (table.problem !== undefined) {
      const cause = `dyld does not take the table of the universal file: ${table.problem}.`;
      verdict.refuse({ check: "universal-header", text: table.problem, cause });
      return undefined;
    }
    const best = accepted.flatMap((arch) => table.slices.filter((one) => sameArchitecture(one, arch)))[0];
    if (best === undefined) {
      const have = table.slices.map(dyldArchName).join(",");
      refuseArchitecture(
        "missing-slice",
        "fat file, but missing compatible architecture",
        have,
        host,
        verdict,
      );
      return undefined;
    }
    [offset, size] = [Number(best.offset), Number(best.size)];
  }
  const image = readRawImage(source, offset, size);
  if (image === undefined) {
    const cause =
      "It is no Mach-O file of 64-bit or 32-bit little-endian form, the only ones that dyld takes.";
    verdict.refuse({ check: "not-mach-o", text: "slice is not valid mach-o file", cause });
    return undefined;
  }
  if (accepted.some((arch) => sameArchitecture(arch, image))) return image;
  const what = "mach-o file, but is an incompatible architecture";
  refuseArchitecture("architecture", what, dyldArchName(image), host, verdict);
  return undefined;
}

/** What stands after `need` differs: Rosetta says 'x86_64' alone, macOS before 15 has shorter lists for arm64. */
function refuseArchitecture(
  check: "architecture" | "missing-slice",
  what: string,
  have: string,
  host: DyldHost,
  verdict: Verdict,
): void {
  const hostArch = dyldArchName(host);
  verdict.refuse({
    check,
    text: `${what} (have '${have}', need '${joinedNames(acceptedBy(host))}')`,
    cause: `It is built for ${have === "" ? "nothing" : have.replaceAll(",", " and ")}, the host runs as ${hostArch}. (What dyld lists as needed differs a little between Macs.)`,
    plugin: { value: have, from: check === "architecture" ? "cputype" : "fat_arch" },
    host: { value: hostArch, from: "cputype" },
  });
}

function checkPlatform(
  image: RawImage,
  commands: readonly RawCommand[],
  path: string,
  host: DyldHost,
  verdict: Verdict,
): void {
  const claim = tolerant(() => platformOf(commands, image));
  if (claim === undefined) return;
  const { platform } = claim.built;
  if (isLoadableInto(host.platform, platform, image.fileType === fileTypes.execute)) return;
  const [have, need] = [dyldPlatformName(platform), dyldPlatformName(host.platform)];
  verdict.refuse({
    check: "platform",
    text: `mach-o file (${path}), but incompatible platform (have '${have}', need '${need}')`,
    cause: `It is built for ${have}, the host for ${need}.`,
    plugin: { value: have, from: "LC_BUILD_VERSION" },
    host: { value: need, from: "LC_BUILD_VERSION" },
  });
}

function checkKind({ fileType, flags }: RawImage, path: string, host: DyldHost, verdict: Verdict): void {
  const refuse = (text: string, cause: string) => {
    const plugin = { value: String(fileType), from: "filetype" };
    verdict.refuse({ check: "mach-o-file-type", text, cause, plugin });
  };
  if (fileType === fileTypes.execute) {
    if (host.platform === platforms.macOS) {
      verdict.doubt(
        "it is an executable: macOS still lets programs load these, but what then happens only a Mac tells",
      );
    } else
      refuse(`cannot dlopen a main executable '${path}'`, "It is an executable, not a library or bundle.");
  } else if (fileType !== fileTypes.dylib && fileType !== fileTypes.bundle) {
    refuse(
      `unloadable mach-o file type ${fileType} '${path}'`,
      "It is neither a dynamic library nor a bundle.",
    );
  } else if ((flags & noDynamicAccess) !== 0) {
    refuse(
      `cannot dlopen() image marked for no dynamic access '${path}'`,
      "Its header says that it must not be loaded at run time (MH_NO_DYNAMIC_ACCESS).",
    );
  }
}

/** @returns what it is built for; undefined where dyld goes no further. */
function checkStructure(
  image: RawImage,
  commands: readonly RawCommand[],
  verdict: Verdict,
): PlatformClaim["built"] | undefined {
  if (verdict.isRefused && !isReadable(image, commands)) return undefined;
  const claim = tolerant(() => {
    if (!checkCommands(image, commands, verdict)) return null;
    const found = platformOf(commands, image);
    if (found.problem !== undefined) {
      const cause = `dyld does not take what it says it is built for: ${found.problem}.`;
      verdict.refuse({ check: "platform", text: found.problem, cause });
    }
    checkImageRules(image, commands, found.built, verdict);
    checkSegments(image, commands, found.built, verdict);
    return found;
  });
  if (claim === undefined) {
    verdict.doubt("a load command is shorter than what dyld reads of it");
    return undefined;
  }
  return claim?.built;
}

/** What is refused for what it is need not be a dynamic image inside: an object file has no __TEXT segment. */
function isReadable({ fileType }: RawImage, commands: readonly RawCommand[]): boolean {
  return commands.length > 0 && (fileType === fileTypes.dylib || fileType === fileTypes.bundle);
}

/** Undefined where a command ends before a field that is read. */
function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function open(source: ByteSource, verdict: Verdict): MachoFile | undefined {
  try {
    return openMacho(source);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    verdict.doubt(`it cannot be read here: ${error.message}`);
    return undefined;
  }
}

function rawSignature(commands: readonly RawCommand[]): { offset: number; size: number } | undefined {
  const command = commands.find(({ cmd, size }) => cmd === lc.LC_CODE_SIGNATURE && size >= 16);
  return command && { offset: command.body.u32(8), size: command.body.u32(12) };
}
