import { dirname, normalize } from "node:path";
import type { Files } from "../../files/files.ts";

/** A file that dyld knows by one path. Here it has another one if the target's files are unpacked into a folder. */
export interface Place {
  /** As dyld names it. */
  readonly path: string;
  /** Where it can be read; undefined if the target alone has it. */
  readonly local: string | undefined;
}

/** Whose LC_RPATH counts: a library's own, then those of the images that had it loaded, up to the host's. */
export interface RpathOwner {
  /** Undefined if it is unknown. */
  readonly place: Place | undefined;
  readonly rpaths: readonly string[];
}

/** Where dyld looks for a library. */
export interface SearchPath {
  /** In dyld's order. */
  readonly places: readonly Place[];
  /** Names that could not be followed, as it is not known what they are relative to. */
  readonly unknown: readonly string[];
  /**
   * dyld tries no other place. It does after an absolute path: newer systems look for it on their cryptex too
   * (dyld/DyldProcessConfig.cpp, forEachPathVariant).
   */
  readonly isWhole: boolean;
}

/**
 * Expands `@loader_path`, `@executable_path` and `@rpath` (dyld/Loader.cpp, forEachResolvedAtPathVar); other names
 * are literal.
 * @param chain the images whose LC_RPATH count, the one that links the library first.
 * @param host the executable of the process.
 * @param root a folder that holds the target's file system.
 * @param files where it is looked for.
 */
export function searchPath(
  name: string,
  chain: readonly RpathOwner[],
  host: Place | undefined,
  root: string | undefined,
  files: Pick<Files, "isArchived">,
): SearchPath {
  const rpath = "@rpath/";
  const asked: (readonly [name: string, loader: Place | undefined])[] = name.startsWith(rpath)
    ? chain.flatMap(({ place, rpaths }) =>
        rpaths.map((each) => [joined(each, name.slice(rpath.length)), place] as const),
      )
    : [[name, chain[0]?.place]];
  const places: Place[] = [];
  const unknown: string[] = [];
  let isWhole = true;
  for (const [each, loader] of asked) {
    const base = baseOf(each, loader, host, files);
    if (base !== undefined) {
      places.push(base);
    } else if (each.startsWith("/")) {
      isWhole = false;
      places.push({ path: each, local: root === undefined ? undefined : joined(root, each.slice(1)) });
    } else {
      isWhole = false;
      unknown.push(each);
    }
  }
  return { places, unknown, isWhole };
}

function baseOf(
  name: string,
  loader: Place | undefined,
  host: Place | undefined,
  files: Pick<Files, "isArchived">,
): Place | undefined {
  const afterLoader = after(name, "@loader_path");
  if (afterLoader !== undefined && loader !== undefined) return beside(loader, afterLoader);
  const afterHost = after(name, "@executable_path");
  if (afterHost === undefined || host === undefined) return undefined;
  const { path, local } = beside(host, afterHost);
  // dyld cuts `..` off the host's path alone (expandAndNormalizeAtExecutablePath).
  return { path: withoutUpward(path, files), local: local && withoutUpward(local, files) };
}

/** What is behind the root of an archive, `app.tar:/`, is left to the archive: there `..` leads nowhere. */
function withoutUpward(path: string, files: Pick<Files, "isArchived">): string {
  const [root] = [...path.matchAll(/:(?=\/)/g)]
    .map(({ index }) => path.slice(0, index + 1))
    .filter((each) => files.isArchived?.(`${each}/`));
  return root === undefined ? normalize(path) : root + normalize(path.slice(root.length));
}

function beside({ path, local }: Place, tail: string): Place {
  return { path: dirname(path) + tail, local: local === undefined ? undefined : dirname(local) + tail };
}

/** What follows a variable; undefined if the name does not start with it. */
function after(name: string, variable: string): string | undefined {
  return name === variable || name.startsWith(`${variable}/`) ? name.slice(variable.length) : undefined;
}

function joined(folder: string, tail: string): string {
  return folder.endsWith("/") ? folder + tail : `${folder}/${tail}`;
}
