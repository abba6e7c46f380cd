import type { Field } from "./field.ts";

/** Of a longer table only so much is changed: words or bytes. */
const MOST = 192;

const fat = 0xcafebabe;
const fat64 = 0xcafebabf;
const segments = new Set([0x1, 0x19]);
const symtab = 0x2;
const dyldInfo = new Set([0x22, 0x80000022]);
/** linkedit_data_command: a trie, chained fixups, a signature, function starts, … */
const linkedit = new Set([0x1d, 0x1e, 0x26, 0x29, 0x2b, 0x2e, 0x80000033, 0x80000034]);
/** Read in words; the others are opcodes and LEB128 numbers, which are changed byte by byte. */
const inWords = new Set([0x1d, 0x80000034]);

/** Every number of a Mach-O file, thin or universal, that its headers lead to. What is outside the file is left out later. */
export function machoFields(bytes: Buffer): readonly Field[] {
  if (bytes.length < 32) return [];
  const magic = bytes.readUInt32BE(0);
  return magic === fat || magic === fat64 ? universalFields(bytes, magic === fat64) : thinFields(bytes, 0);
}

function universalFields(bytes: Buffer, wide: boolean): readonly Field[] {
  const count = Math.min(bytes.readUInt32BE(4), 4);
  const entry = wide ? 32 : 20;
  const fields: Field[] = run("universal header", 0, 2, 4, "big");
  for (let index = 0; index < count; index++) {
    const at = 8 + index * entry;
    if (at + entry > bytes.length) break;
    fields.push(...run("slice", at, 2, 4, "big"), ...run("slice", at + 8, 2, wide ? 8 : 4, "big"));
    fields.push(...run("slice", at + (wide ? 24 : 16), 1, 4, "big"));
    const start = wide ? Number(bytes.readBigUInt64BE(at + 8)) : bytes.readUInt32BE(at + 8);
    if (start + 32 <= bytes.length) fields.push(...thinFields(bytes.subarray(start), start));
  }
  return fields;
}

/** @param base where the image starts in the file. */
function thinFields(image: Buffer, base: number): readonly Field[] {
  const magic = image.readUInt32LE(0);
  const endian = magic === 0xfeedface || magic === 0xfeedfacf ? "little" : "big";
  const wide = (endian === "little" ? image[0] : image[3]) === 0xcf;
  const u32 = (at: number): number =>
    at + 4 > image.length ? 0 : endian === "little" ? image.readUInt32LE(at) : image.readUInt32BE(at);
  const words = (of: string, at: number, count: number, width: 1 | 2 | 4 | 8 = 4): readonly Field[] =>
    run(of, base + at, Math.min(count, MOST), width, endian);
  const bytesOf = (of: string, at: number, size: number): readonly Field[] => words(of, at, size, 1);

  const head = wide ? 32 : 28;
  const fields = [...words("Mach-O header", 0, head / 4)];
  for (let index = 0, at = head; index < Math.min(u32(16), 64); index++) {
    const [command, size] = [u32(at), u32(at + 4)];
    if (size < 8 || at + size > image.length) break;
    const name = `load command 0x${command.toString(16)}`;
    fields.push(...words(name, at, size / 4));
    if (segments.has(command) && wide) fields.push(...words(name, at + 24, 4, 8));
    if (linkedit.has(command)) {
      const [start, length] = [u32(at + 8), u32(at + 12)];
      const of = `content of ${name}`;
      fields.push(...(inWords.has(command) ? words(of, start, length / 4) : bytesOf(of, start, length)));
    }
    if (dyldInfo.has(command)) {
      for (const each of [8, 16, 24, 32, 40]) {
        fields.push(...bytesOf(`opcodes ${each}`, u32(at + each), u32(at + each + 4)));
      }
    }
    if (command === symtab) {
      const [start, count] = [u32(at + 8), u32(at + 12)];
      const entry = wide ? 16 : 12;
      for (let symbol = 0; symbol < Math.min(count, 32); symbol++) {
        const from = start + symbol * entry;
        fields.push(...words("nlist", from, 1), ...bytesOf("nlist", from + 4, 2));
        fields.push(...words("nlist", from + 6, 1, 2), ...words("nlist", from + 8, 1, wide ? 8 : 4));
      }
    }
    at += size;
  }
  return fields;
}

function run(
  of: string,
  start: number,
  count: number,
  width: 1 | 2 | 4 | 8,
  endian: "little" | "big",
): Field[] {
  return Array.from({ length: Math.floor(count) }, (_, index) => ({
    of,
    at: start + index * width,
    width,
    endian,
  }));
}
