/** Where the system's own libraries lie (dyld/Loader.cpp, mightBeInSharedCache); most are in the shared cache alone. */
const folders = [
  "/usr/lib/",
  "/System/Library/",
  "/System/iOSSupport/",
  "/System/DriverKit/",
  "/System/Cryptexes/",
] as const;

/**
 * Public libraries that every macOS since 11 has (Apple's SDK 11.0: usr/lib/*.tbd, System/Library/Frameworks); programs of all kinds
 * link them.
 */
const everywhere = new Set([
  "/usr/lib/libSystem.B.dylib",
  "/usr/lib/libc++.1.dylib",
  "/usr/lib/libc++abi.dylib",
  "/usr/lib/libobjc.A.dylib",
  "/usr/lib/libresolv.9.dylib",
  "/usr/lib/libz.1.dylib",
  "/usr/lib/libiconv.2.dylib",
  "/usr/lib/libsqlite3.dylib",
  "/usr/lib/libxml2.2.dylib",
  "/usr/lib/libcurl.4.dylib",
  "/usr/lib/libbz2.1.0.dylib",
  "/usr/lib/libncurses.5.4.dylib",
  "/usr/lib/libedit.3.dylib",
  "/usr/lib/libpam.2.dylib",
  "/usr/lib/libicucore.A.dylib",
  ...[
    "Accelerate",
    "AppKit",
    "ApplicationServices",
    "AudioToolbox",
    "AVFoundation",
    "Carbon",
    "CFNetwork",
    "Cocoa",
    "CoreAudio",
    "CoreData",
    "CoreFoundation",
    "CoreGraphics",
    "CoreMedia",
    "CoreServices",
    "CoreText",
    "CoreVideo",
    "CoreWLAN",
    "DiskArbitration",
    "Foundation",
    "IOKit",
    "ImageIO",
    "LocalAuthentication",
    "Metal",
    "Network",
    "OpenDirectory",
    "OpenGL",
    "QuartzCore",
    "Security",
    "ServiceManagement",
    "SystemConfiguration",
  ].map(
    (name) =>
      `/System/Library/Frameworks/${name}.framework/Versions/${name === "AppKit" || name === "Foundation" ? "C" : "A"}/${name}`,
  ),
]);

/** Whether a library of the system is there whatever its release. */
export function isOnEveryMac(name: string): boolean {
  return everywhere.has(name);
}

/** Whether a library comes with the system: it is not on disk, and is taken to be there. */
export function isSystemPath(name: string): boolean {
  return folders.some((folder) => name.startsWith(folder)) && !name.includes("/../");
}
