import type { FileResult } from "../../check/model/result.ts";

/** Object file formats as people write them. */
export const formatNames = {
  elf: "ELF",
  macho: "Mach-O",
} as const satisfies Record<NonNullable<FileResult["format"]>, string>;

/** `ELF or Mach-O`. */
export const anyFormat = Object.values(formatNames).join(" or ");
