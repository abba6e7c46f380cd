import { MachoWriter } from "./macho-writer.ts";

export interface UniversalSliceSpec {
  readonly cputype: number;
  readonly cpusubtype?: number;
  readonly bytes: Buffer;
  /** As a power of two; 12 if left out. */
  readonly align?: number;
}

/** Makes a universal file: the slices in order, each at the next multiple of its alignment. */
export function buildUniversal(
  slices: readonly UniversalSliceSpec[],
  { bits = 32 }: { bits?: 32 | 64 } = {},
): Buffer {
  const out = new MachoWriter(bits, "big");
  const entrySize = bits === 64 ? 32 : 20;
  const entries: Buffer[] = [];
  const content: Buffer[] = [];
  let at = 8 + entrySize * slices.length;
  for (const { cputype, cpusubtype = 0, bytes, align = 12 } of slices) {
    const start = Math.ceil(at / 2 ** align) * 2 ** align;
    content.push(Buffer.alloc(start - at), bytes);
    const tail = bits === 64 ? out.u32(align, 0) : out.u32(align);
    entries.push(Buffer.concat([out.u32(cputype, cpusubtype), out.word(start, bytes.length), tail]));
    at = start + bytes.length;
  }
  const header = out.u32(bits === 64 ? 0xcafebabf : 0xcafebabe, slices.length);
  return Buffer.concat([header, ...entries, ...content]);
}
