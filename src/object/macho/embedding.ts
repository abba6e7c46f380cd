import type { Edit, EditRefusal } from "../edit.ts";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { refusal } from "./embedding/refusal.ts";
import type { EmbedRequest } from "./embedding/request.ts";
import { embedInThin } from "./embedding/thin-embedding.ts";
import { embedInUniversal } from "./embedding/universal-embedding.ts";
import { isUniversal } from "./universal.ts";

const mostNameBytes = 16;

/**
 * Puts bytes into a section of a linked Mach-O file: over an older section of that name, else into the free end of a segment's last page,
 * else into a new segment before `__LINKEDIT`. An ad-hoc signature is renewed. In a universal file every slice gets them, or none.
 *
 * Nothing is written; the answer was read again and checked by our reader. A file that is signed must be written to a new inode: macOS
 * keeps what it knows of a signature with the old one, and kills the process (golang/go#42684).
 */
export function embedInMacho(source: ByteSource, request: EmbedRequest): Edit | EditRefusal {
  const { name, payload } = request;
  if (payload.length === 0) return refusal("there is nothing to embed");
  if (Buffer.byteLength(name) > mostNameBytes) {
    return refusal(
      `the section name ${name} is longer than the ${mostNameBytes} bytes that Mach-O has for it`,
    );
  }
  if (!isUniversal(source.read(0, Math.min(8, source.size), "magic"))) return embedInThin(source, request);
  try {
    return embedInUniversal(source, request);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return refusal(`it is damaged, or of a form that is not read: ${error.message}`);
  }
}
