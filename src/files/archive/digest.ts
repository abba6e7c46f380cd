import { createHash } from "node:crypto";
import { ArchiveError } from "./archive-error.ts";

/** Whether the text is a digest that can be checked. */
export function isDigest(text: string): boolean {
  return /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

/** The digest of bytes that come in pieces, by the algorithm of a known one. */
export class Digest {
  readonly #hash;

  constructor(private readonly known: string) {
    this.#hash = createHash(known.startsWith("sha512:") ? "sha512" : "sha256");
  }

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
  }

  of(bytes: Buffer): string {
    this.add(bytes);
    return this.end();
  }

  end(): string {
    return `${this.known.replace(/:.*/, "")}:${this.#hash.digest("hex")}`;
  }
}

/** @throws ArchiveError if they differ. */
export function compareDigest(said: string, real: string): void {
  if (said !== real) throw new ArchiveError(`the blob ${said} has the digest ${real}: it is damaged`);
}
