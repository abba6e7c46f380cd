import { relative, resolve, sep } from "node:path";

/** Where the command ran, as absolute paths. Reports that other machines read name files relative to it. */
export interface Place {
  /** What relative paths start from. */
  readonly folder: string;
  /** The repository's root: `folder` or one above it. */
  readonly root: string;
}

/** A file as a repository names it. */
export interface RepositoryPath {
  /** With slashes, without `./`; absolute if the file is outside the repository. */
  readonly path: string;
  readonly inside: boolean;
}

export function repositoryPath(path: string, { folder, root }: Place): RepositoryPath {
  const absolute = resolve(folder, path);
  const below = relative(root, absolute);
  const inside = below !== "" && below !== ".." && !below.startsWith(`..${sep}`) && resolve(below) !== below;
  return { path: (inside ? below : absolute).split(sep).join("/"), inside };
}

/**
 * The path as a URI reference (RFC 3986, 3.3 and 4.2): every byte except unreserved ones and slashes is
 * percent-encoded, so that no name is mistaken for a scheme, a query or a fragment.
 */
export function uriPath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

/** encodeURIComponent leaves `!'()*` as they are and throws on half a surrogate pair, which UTF-8 cannot encode. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
