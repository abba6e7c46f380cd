import { cpuTypes, loadCommandKinds as lc, platforms } from "../../object/macho/constants.ts";
import type { Architecture } from "./architecture.ts";
import { filled } from "../message-form.ts";
import { DYLD } from "./messages.ts";
import type { RawCommand } from "./raw-image.ts";

/** Beside the format's platforms dyld has one of its own, for images that are for both macOS and Mac Catalyst. */
export const zippered = -1;

/** dyld's names (mach_o/Platform.cpp); they are not those of other tools. */
const names = new Map<number, string>([
  [1, "macOS"],
  [2, "iOS"],
  [3, "tvOS"],
  [4, "watchOS"],
  [5, "bridgeOS"],
  [6, "macCatalyst"],
  [7, "iOS-simulator"],
  [8, "tvOS-simulator"],
  [9, "watchOS-simulator"],
  [10, "driverKit"],
  [11, "visionOS"],
  [12, "visionOS-simulator"],
  [13, "firmware"],
  [14, "sepOS"],
  [15, "macOS-exclaveCore"],
  [16, "macOS-exclaveKit"],
  [17, "iOS-exclaveCore"],
  [18, "iOS-exclaveKit"],
  [19, "tvOS-exclaveCore"],
  [20, "tvOS-exclaveKit"],
  [21, "watchOS-exclaveCore"],
  [22, "watchOS-exclaveKit"],
  [23, "visionOS-exclaveCore"],
  [24, "visionOS-exclaveKit"],
  [zippered, "zippered(macOS/Catalyst)"],
]);

export function dyldPlatformName(platform: number): string {
  return names.get(platform) ?? (platform === 0 ? "unknown" : "future");
}

/** What an image is built for; versions are packed as in loader.h. */
export interface Built {
  readonly platform: number;
  readonly minos: number;
  readonly sdk: number;
}

/** What an image says it is built for, combined as dyld does it. */
export interface PlatformClaim {
  readonly built: Built;
  /** Why dyld finds the commands contradictory or unknown. */
  readonly problem?: string;
}

/** @param commands checked ones: dyld does this before its checks, but a file that fails them is refused anyway. */
export function platformOf(commands: readonly RawCommand[], arch: Architecture): PlatformClaim {
  const all = commands.flatMap((command) => builtBy(command, arch));
  // Images from before these commands existed, and from Go's old linker, are for macOS.
  const guess = arch.cpuType === cpuTypes.arm64 ? 0x000b_0000 : 0x000a_0500;
  const [first = { platform: platforms.macOS, minos: guess, sdk: guess }, ...more] = all;
  let built = first;
  let problem: string | undefined = names.has(first.platform) ? undefined : DYLD.unknownPlatform.words;
  for (const other of more) {
    const joined = names.has(other.platform) ? zip(built, other) : undefined;
    if (joined !== undefined) built = joined;
    else problem ??= problemOf(built, other);
  }
  return problem === undefined ? { built } : { built, problem };
}

function problemOf(built: Built, other: Built): string {
  if (!names.has(other.platform)) return DYLD.unknownPlatform.words;
  const [platform, second] = [dyldPlatformName(built.platform), dyldPlatformName(other.platform)];
  return filled(DYLD.platforms, { platform, other: second });
}

function builtBy({ cmd, body }: RawCommand, { cpuType }: Architecture): readonly Built[] {
  if (cmd === lc.LC_BUILD_VERSION) {
    return [{ platform: body.u32(8), minos: body.u32(12), sdk: body.u32(16) }];
  }
  const isIntel = cpuType === cpuTypes.x86_64 || cpuType === cpuTypes.i386;
  const minimum = (platform: number) => [{ platform, minos: body.u32(8), sdk: body.u32(12) }];
  switch (cmd) {
    case lc.LC_VERSION_MIN_MACOSX: {
      const sdk = body.u32(12);
      return [{ platform: platforms.macOS, minos: body.u32(8), sdk: sdk === 0 ? body.u32(8) : sdk }];
    }
    case lc.LC_VERSION_MIN_IPHONEOS:
      return minimum(isIntel ? 7 : 2);
    case lc.LC_VERSION_MIN_TVOS:
      return minimum(cpuType === cpuTypes.x86_64 ? 8 : 3);
    case lc.LC_VERSION_MIN_WATCHOS:
      return minimum(isIntel ? 9 : 4);
    default:
      return [];
  }
}

/** Only macOS and Mac Catalyst can be combined (mach_o/Platform.cpp, PlatformAndVersions::zip). */
function zip(a: Built, b: Built): Built | undefined {
  if (a.platform === b.platform) return b;
  const { macOS, catalyst } = platforms;
  if (a.platform === macOS && b.platform === catalyst) return { ...a, platform: zippered };
  if (a.platform === catalyst && b.platform === macOS) return { ...b, platform: zippered };
  if (a.platform === zippered && b.platform === catalyst) return a;
  return a.platform === zippered && b.platform === macOS ? { ...b, platform: zippered } : undefined;
}

/** mach_o/UnsafeHeader.cpp, loadableIntoProcess, without the host libraries that simulators borrow. */
export function isLoadableInto(process: number, image: number, isExecutable: boolean): boolean {
  const { macOS, iOS, catalyst, iOSSimulator, visionOS, visionOSSimulator } = platforms;
  if (image === process) return true;
  if (image === zippered) return process === macOS || process === catalyst;
  if (process === macOS) return isExecutable && (image === catalyst || image === iOS);
  if (process === iOS) return image === visionOS;
  if (process === iOSSimulator) return image === visionOSSimulator;
  return process === catalyst && image === macOS;
}

/**
 * When the SDK of an image was released, as year × 10, and 5 more for fall: dyld is stricter with newer images
 * (mach_o/Policy.cpp). Undefined for platforms other than macOS, whose rules are not implemented.
 */
export function sdkEpoch({ platform, sdk }: Built): number | undefined {
  if (platform !== platforms.macOS && platform !== zippered) return undefined;
  const major = sdk >>> 16;
  const minor = (sdk >>> 8) & 0xff;
  if (major < 11) {
    // In dyld this wraps at 16 bits: a missing SDK counts as one of the far future.
    const year = (2004 + ((sdk - 0x000a_0000) >>> 8)) & 0xffff;
    return (sdk & 0xff) >= 4 ? (year - 1) * 10 : year * 10 + 5;
  }
  const isSpring = minor >= (major <= 13 ? 3 : 4);
  const year = major >= 26 ? 1999 + major : Math.min(2009 + major, 2026);
  return isSpring ? (year + 1) * 10 : year * 10 + 5;
}
