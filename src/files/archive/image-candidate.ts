import type { Content } from "./content.ts";

export interface Layer {
  /** As the manifest names it. */
  readonly name: string;
  readonly content: Content;
  /** `sha256:…`; undefined if nothing says it. */
  readonly digest: string | undefined;
  /** What it is the digest of: the content, or what that becomes if it is compressed. */
  readonly digested: "content" | "inflated";
}

/** One image of several. */
export interface Candidate {
  /** Names of the image, if it has any. */
  readonly names: readonly string[];
  /** Digest of its manifest or its configuration, by which one without a name is chosen; a path if that has none. */
  readonly id: string;
  /** `linux/arm64/v8` */
  readonly platform: string;
  readonly layers: () => readonly Layer[];
}

/** A file of the archive or the folder, by its relative path; undefined if there is none. */
export type Parts = (path: string) => Content | undefined;
