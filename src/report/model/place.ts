import { relative, resolve, sep } from "node:path";

/** Where the command ran, as absolute paths. Reports that other machines read name files relative to it. */
export interface Place {
  /** What relative paths start from. */
  readonly folder: string;
  /** The repository's root: `folder` or one above it. */
  readonly root: string;
  /** Path of the archive that plugins and host are in, as it is given. */
  readonly archive?: string | undefined;
}

/** A file as a repository names it. */
export interface RepositoryPath {
  /** With slashes, without `./`; absolute if the file is outside the repository. */
  readonly path: string;
  readonly inside: boolean;
  /** Where in the file it is, if that is an archive. */
  readonly member?: string;
}

export function repositoryPath(path: string, place: Place): RepositoryPath {
  const { archive } = place;
  if (archive === undefined || !path.startsWith(`${archive}:/`)) return fileInRepository(path, place);
  return { ...fileInRepository(archive, place), member: path.slice(archive.length + 1) };
}

/** The file, and where in it it is: `app.tar:/plugins/kafka.so`. */
export function wholePath({ path, member }: RepositoryPath): string {
  return member === undefined ? path : `${path}:${member}`;
}

/** A text about a file, with where in it that is. */
export function aboutMember({ member }: RepositoryPath, text: string): string {
  return member === undefined ? text : `${member}: ${text}`;
}

function fileInRepository(path: string, { folder, root }: Place): RepositoryPath {
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
