import type { Files } from "../../files/files.ts";
import type { CarrierNames } from "../../manifest/carrier/carrier-names.ts";

/** What is to be embedded, and where. */
export interface EmbedRequest {
  readonly fileSystem: Files;
  /** The finished plugin or host. */
  readonly file: string;
  readonly manifest: {
    /** For messages: a path, or "stdin". */
    readonly name: string;
    readonly bytes: Buffer;
  };
  /** What embedded manifests are called. */
  readonly names: CarrierNames;
  /** Whether a code signature that the change makes invalid may be removed (Mach-O). */
  readonly removeSignature: boolean;
  /** Whether only what would be done is wanted. */
  readonly dryRun: boolean;
}

/** Where an edited file goes. The files of the disk are the command line's. */
export interface Destination {
  /** What there is to know about it before it is written, for a person. */
  readonly notes: readonly string[];
  /** The path, for a person. */
  readonly path: string;
  /** Whether it is the file that is edited. */
  readonly isSame: boolean;
  /**
   * Writes a whole file or nothing: under a temporary name, which is then given to `check`; if that throws, nothing changes.
   * @returns what could not be kept, for a person.
   */
  put(pieces: Iterable<Buffer>, check: (temporary: string) => void): Promise<readonly string[]>;
}
