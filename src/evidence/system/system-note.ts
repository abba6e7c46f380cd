import { ELF_NOTE_OS, NT_GNU_ABI_TAG } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";

/** What a note says of the system that a file is for. */
export interface SystemNote {
  /** As triples spell it: "linux", "android", "freebsd". */
  readonly os: string;
  /** The least release: the kernel's "3.2.0" for Linux, the API level "24" for Android; undefined for others. */
  readonly minimum: string | undefined;
  readonly from: string;
}

/** One word at least is in all of them; NT_GNU_ABI_TAG has four. */
const shortest = 4;
const longest = 256;

/** Owners whose note of the same type says the same; the C runtime's start files bring them. */
const osByOwner: Readonly<Record<string, string>> = {
  Android: "android",
  FreeBSD: "freebsd",
  NetBSD: "netbsd",
  OpenBSD: "openbsd",
};

/** The first note that tells; executables mostly have one, libraries for Android and the BSDs too. @throws FormatError */
export function systemNote(file: ElfFile): SystemNote | undefined {
  for (const note of file.notes) {
    if (note.type !== NT_GNU_ABI_TAG || note.size < shortest || note.size > longest) continue;
    const from = `note of ${note.name}`;
    if (note.name === "GNU") {
      const [system, ...release] = wordsOf(file.readNote(note, longest), file.endian);
      const os = ELF_NOTE_OS[system ?? -1];
      if (os !== undefined && release.length >= 3)
        return { os, minimum: os === "linux" ? release.slice(0, 3).join(".") : undefined, from };
    } else if (Object.hasOwn(osByOwner, note.name)) {
      const [level] = wordsOf(file.readNote(note, longest), file.endian);
      const os = osByOwner[note.name] ?? "";
      return { os, minimum: os === "android" ? String(level) : undefined, from };
    }
  }
  return undefined;
}

function wordsOf(content: Buffer, endian: "little" | "big"): readonly number[] {
  return Array.from({ length: Math.floor(content.length / 4) }, (_, index) =>
    endian === "little" ? content.readUInt32LE(index * 4) : content.readUInt32BE(index * 4),
  );
}
