import { platforms } from "./constants.ts";

/** A packed version of loader.h, xxxx.yy.zz in nibbles: "13.0", "1.2.3"; a patch of 0 is left out. */
export function versionText(packed: number): string {
  const patch = packed & 0xff;
  const start = `${packed >>> 16}.${(packed >>> 8) & 0xff}`;
  return patch === 0 ? start : `${start}.${patch}`;
}

/** The opposite of `versionText`: "13.0" is 0x000d0000. Parts that are left out are 0. */
export function packedVersion(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
  return major * 0x1_0000 + minor * 0x100 + patch;
}

const platformNames = new Map<number, string>([
  [platforms.macOS, "macOS"],
  [platforms.iOS, "iOS"],
  [platforms.tvOS, "tvOS"],
  [platforms.watchOS, "watchOS"],
  [platforms.bridgeOS, "bridgeOS"],
  [platforms.catalyst, "Mac Catalyst"],
  [platforms.iOSSimulator, "iOS Simulator"],
  [platforms.tvOSSimulator, "tvOS Simulator"],
  [platforms.watchOSSimulator, "watchOS Simulator"],
  [platforms.driverKit, "DriverKit"],
  [platforms.visionOS, "visionOS"],
  [platforms.visionOSSimulator, "visionOS Simulator"],
  [platforms.firmware, "firmware"],
  [platforms.sepOS, "sepOS"],
]);

/** What an image was built for. */
export interface BuildVersion {
  /** PLATFORM_* of loader.h; also for the older LC_VERSION_MIN_* commands, which name none. */
  readonly platform: number;
  readonly platformName: string;
  /** The oldest system it runs on: "13.0". */
  readonly minos: string;
  /** The SDK it was built with; undefined if the linker was not told. */
  readonly sdk: string | undefined;
  /** The load command that says so. */
  readonly command: string;
}

/** @param minos @param sdk packed versions. */
export function buildVersionOf(platform: number, minos: number, sdk: number, command: string): BuildVersion {
  return {
    platform,
    platformName: platformNames.get(platform) ?? `unknown-${platform}`,
    minos: versionText(minos),
    sdk: sdk === 0 ? undefined : versionText(sdk),
    command,
  };
}
