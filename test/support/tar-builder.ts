/** One entry of a tar archive, with whatever mistakes a test wants. */
export interface TarPart {
  readonly name: string;
  /** Of POSIX or GNU; a file if absent. */
  readonly type?: string;
  readonly body?: Buffer | string;
  /** Where a link leads. */
  readonly target?: string;
  /** In place of the length of the body. */
  readonly size?: number;
  /** The field itself, in place of octal digits. */
  readonly sizeField?: Buffer;
  /** The beginning of a name that is too long for its field. */
  readonly prefix?: string;
  /** In place of the sum of the header's bytes. */
  readonly checksum?: number;
  /** `ustar\0` and `00` if absent. */
  readonly magic?: string;
}

const BLOCK = 512;

/** A tar archive, with the two blocks of zeros at its end. */
export function tarOf(...parts: readonly TarPart[]): Buffer {
  return Buffer.concat([...parts.map(entryOf), Buffer.alloc(2 * BLOCK)]);
}

/** One entry: its header and its body, filled up to whole blocks. */
export function entryOf(part: TarPart): Buffer {
  const body = Buffer.from(part.body ?? "");
  const header = Buffer.alloc(BLOCK);
  header.write(part.name, 0, 100, "utf8");
  header.write("0000644\0", 100, "latin1");
  header.write("0000000\0", 108, "latin1");
  header.write("0000000\0", 116, "latin1");
  const size = part.size ?? body.length;
  if (part.sizeField === undefined) header.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  else part.sizeField.copy(header, 124);
  header.write("00000000000\0", 136, "latin1");
  header.write("        ", 148, "latin1");
  header.write(part.type ?? "0", 156, "latin1");
  header.write(part.target ?? "", 157, 100, "utf8");
  header.write(part.magic ?? "ustar\x0000", 257, "latin1");
  header.write(part.prefix ?? "", 345, 155, "utf8");
  const sum = part.checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)]);
}

/** An extended header of pax, for the entry behind it, or for all with the type `g`. */
export function paxOf(records: Readonly<Record<string, string>>, type = "x"): TarPart {
  const body = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = Buffer.byteLength(rest);
    // The length counts its own digits.
    while (length !== Buffer.byteLength(`${length}${rest}`)) length = Buffer.byteLength(`${length}${rest}`);
    return `${length}${rest}`;
  });
  return { name: "pax", type, body: body.join("") };
}
