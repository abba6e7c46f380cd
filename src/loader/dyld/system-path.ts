/** Where the system's own libraries lie (dyld/Loader.cpp, mightBeInSharedCache); most are in the shared cache alone. */
const folders = [
  "/usr/lib/",
  "/System/Library/",
  "/System/iOSSupport/",
  "/System/DriverKit/",
  "/System/Cryptexes/",
] as const;

/** Whether a library comes with the system: it is not on disk, and is taken to be there. */
export function isSystemPath(name: string): boolean {
  return folders.some((folder) => name.startsWith(folder)) && !name.includes("/../");
}
