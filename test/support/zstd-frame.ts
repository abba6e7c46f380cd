/** A block of a zstd frame (RFC 8878, 3.1.1.2): its type, its size field and its bytes. */
interface Block {
  readonly type: "raw" | "repeated" | "reserved";
  readonly size: number;
  readonly bytes: Buffer;
}

const types = { raw: 0, repeated: 1, reserved: 3 } as const;

/** A zstd frame that is put together by hand. @param window the window descriptor; @param flags of the frame header. */
export function zstdFrame(blocks: readonly Block[], { window = 0x38, flags = 0 } = {}): Buffer {
  const parts = blocks.map(({ type, size, bytes }, at) => {
    const start = Buffer.alloc(3);
    start.writeUIntLE((size << 3) | (types[type] << 1) | (at === blocks.length - 1 ? 1 : 0), 0, 3);
    return Buffer.concat([start, bytes]);
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, flags, window]), ...parts]);
}

/** A frame with these bytes as they are. */
export function rawFrame(bytes: Buffer): Buffer {
  const blocks: Block[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = bytes.subarray(at, at + 65_536);
    blocks.push({ type: "raw", size: part.length, bytes: part });
  }
  return zstdFrame(blocks);
}

/** A frame that a reader skips. */
export function skippedFrame(length: number): Buffer {
  const bytes = Buffer.alloc(8 + length);
  bytes.writeUInt32LE(0x184d2a53, 0);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}
