import { expect, it } from "vitest";
import { unreadableText } from "../../src/artifact/unreadable.ts";

it.each([
  ["not ELF or Mach-O (text) at offset 0x0", "the file is not ELF or Mach-O (text) at offset 0x0"],
  ["is a folder, not a file (EISDIR)", "this is a folder, not a file (EISDIR)"],
  [
    "does not exist (or is a broken symlink) (ENOENT)",
    "the file does not exist (or is a broken symlink) (ENOENT)",
  ],
  ["no permission to read it (EACCES)", "there is no permission to read it (EACCES)"],
  ["its path is too long (ENAMETOOLONG)", "its path is too long (ENAMETOOLONG)"],
  ["cannot be read (EFAULT)", "the file cannot be read (EFAULT)"],
  [
    "section header table is cut off at offset 0x40",
    "the file cannot be read: section header table is cut off at offset 0x40",
  ],
  [
    "slice arm64: load commands at offset 0x20",
    "the file cannot be read: slice arm64: load commands at offset 0x20",
  ],
])("%s is said in a clause", (reason, text) => {
  expect(unreadableText({ reason })).toBe(text);
});

it.each([
  ["is a folder, not a file (EISDIR)", "the host is a folder, not a file (EISDIR)"],
  ["not ELF or Mach-O (text) at offset 0x0", "the host is not ELF or Mach-O (text) at offset 0x0"],
  ["no permission to read it (EACCES)", "there is no permission to read the host (EACCES)"],
])("%s is said of a host", (reason, text) => {
  expect(unreadableText({ reason }, "the host")).toBe(text);
});
