import type { ByteSource } from "../../../src/object/image.ts";

/** A file some of whose bytes are other ones: a map from offset to the byte that stands there instead. */
export class DamagedSource implements ByteSource {
  readonly origin: number;
  readonly size: number;

  constructor(
    private readonly sound: ByteSource,
    private readonly changes: ReadonlyMap<number, number>,
  ) {
    this.origin = sound.origin;
    this.size = sound.size;
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const bytes = this.sound.read(offset, length, what);
    for (const [at, value] of this.changes) {
      const inside = at - Number(offset);
      if (inside >= 0 && inside < bytes.length) bytes[inside] = value;
    }
    return bytes;
  }
}
