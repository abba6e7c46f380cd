import type { Field } from "./field.ts";

/** ld.so.cache: the header, the entries, and an extension behind them, in words; the old format may come before. */
export function cacheFields(bytes: Buffer): readonly Field[] {
  const start = bytes.indexOf("glibc-ld.so.cache1.1");
  if (start === -1) return [];
  const word = (of: string, at: number): Field => ({ of, at, width: 4, endian: "little" });
  const fields = [20, 24, 28, 32].map((at) => word("cache header", start + at));
  const count = start + 24 > bytes.length ? 0 : Math.min(bytes.readUInt32LE(start + 20), 16);
  for (let index = 0; index < count; index++) {
    for (let at = 0; at < 24; at += 4) fields.push(word("cache entry", start + 48 + index * 24 + at));
  }
  const extension = bytes.indexOf(Buffer.from([0x74, 0x21, 0xa4, 0xea]));
  if (extension !== -1)
    for (let at = 0; at < 32; at += 4) fields.push(word("cache extension", extension + at));
  return fields;
}
