import { expect, test } from "vitest";
import {
  isGlibcItself,
  isGlibcLibrary,
  isMuslLibrary,
  isReservedByMusl,
  isSystemLibrary,
} from "../../../src/evidence/system/library-name.ts";

const questions = {
  glibc: isGlibcItself,
  "glibc alone": isGlibcLibrary,
  "musl alone": isMuslLibrary,
  reserved: isReservedByMusl,
  system: isSystemLibrary,
};

test.each([
  ["libc.so.6", ["glibc", "reserved", "system"]],
  ["libc.so.6.1", ["glibc", "reserved", "system"]],
  ["ld-linux-x86-64.so.2", ["glibc", "glibc alone", "system"]],
  ["ld64.so.2", ["glibc", "glibc alone", "system"]],
  ["/lib64/ld-linux-x86-64.so.2", ["glibc alone", "system"]],
  ["libm.so.6", ["reserved", "system"]],
  ["libpthread.so.0", ["reserved", "system"]],
  ["libresolv.so.2", ["glibc alone", "system"]],
  ["libnss_files.so.2", ["glibc alone", "system"]],
  ["libc.so", ["reserved", "system"]],
  ["libc.musl-x86_64.so.1", ["musl alone", "reserved", "system"]],
  ["ld-musl-mips-sf.so.1", ["musl alone", "system"]],
  ["/lib/ld-musl-aarch64.so.1", ["musl alone", "system"]],
  ["libgcc_s.so.1", ["system"]],
  ["libstdc++.so.6", ["system"]],
  // Names that somebody's own library may have.
  ["libutil.so", ["reserved"]],
  ["librt.custom.so", ["reserved"]],
  ["libresolv.so", []],
  ["libnsl.so.3", []],
  ["libcrypto.so.3", []],
  ["libz.so.1", []],
] as const)("%s is of %j", (name, expected) => {
  const found = Object.entries(questions).filter(([, isOf]) => isOf(name));
  expect(found.map(([question]) => question)).toEqual(expected);
});
