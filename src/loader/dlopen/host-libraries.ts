import { FormatError } from "../../object/format-error.ts";
import { NotAFileError } from "../../object/image.ts";
import { fileErrorCode } from "../../files/files.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { LinkMap } from "../elf/link-map.ts";
import type { System } from "../elf/system.ts";
import { glibcProcess, glibcSearches } from "../glibc/process.ts";
import { muslProcess } from "../musl/walk.ts";

/**
 * The libraries in the host's process before it opens anything, nearest first. If the processor is not known, the copies for each that it
 * may have. undefined if not all of them are known.
 */
export function hostLibraries(host: DlopenHost, system: System): readonly LinkMap[] | undefined {
  try {
    const scopes = scopesOf(host, system);
    return scopes?.flat().filter(({ object }) => object !== host.program);
  } catch (error) {
    const isOfFile = error instanceof FormatError || error instanceof NotAFileError;
    if (!isOfFile && fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

function scopesOf(host: DlopenHost, system: System): readonly (readonly LinkMap[])[] | undefined {
  switch (host.libc) {
    case "gnu": {
      const scopes: (readonly LinkMap[])[] = [];
      for (const search of glibcSearches(host, system)) {
        const process = glibcProcess(host, system, search);
        if (!("scope" in process)) return undefined;
        scopes.push(process.scope);
        if (search.graded.size === 0) break;
      }
      return scopes;
    }
    case "musl": {
      const process = muslProcess(host, system);
      return "scope" in process ? [process.scope] : undefined;
    }
    default:
      return undefined;
  }
}
