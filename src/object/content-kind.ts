import type { ByteSource } from "./image.ts";

/** Beginnings of files that people put where a plugin belongs. */
const beginnings: readonly (readonly [string, string])[] = [
  ["!<arch>\n", "a static library"],
  ["!<thin>\n", "a static library"],
  ["MZ", "a Windows executable"],
  ["\0asm", "WebAssembly"],
  ["PK\x03\x04", "a ZIP archive"],
  ["\x1f\x8b", "gzip-compressed"],
  ["\x28\xb5\x2f\xfd", "zstd-compressed"],
  ["\xfd7zXZ", "xz-compressed"],
  ["\xca\xfe\xba\xbe", "a Java class"],
  ["version https://git-lfs", "a Git LFS pointer: run `git lfs pull`"],
  ["/* GNU ld script", "a linker script"],
  ["#!", "a script"],
];

/** What a file that is not an object file is instead, in a few words. */
export function describeContent(source: ByteSource): string {
  if (source.size === 0) return "empty";
  const head = source.read(0, Math.min(512, source.size), "beginning");
  const text = head.toString("latin1");
  const known = beginnings.find(([beginning]) => text.startsWith(beginning));
  if (known !== undefined) return known[1];
  if (head.every((byte) => byte === 0)) return "zeros";
  return /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(text) ? "text" : "unknown content";
}
