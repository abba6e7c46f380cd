import { FormatError } from "../../object/format-error.ts";
import type { ObjectFile, ObjectSymbol, Pointer } from "../../object/object-file.ts";
import { manifestLimit } from "../content.ts";
import { isOpener, isWhiteSpace, scanJson } from "../json-extent.ts";

/** The bytes that a symbol stands for, or why they cannot be had without running code. */
export type SymbolPayload =
  | { readonly kind: "bytes"; readonly bytes: Buffer; readonly offset: number }
  | { readonly kind: "refused"; readonly reason: string; readonly offset: number | undefined };

/**
 * Follows a C or Rust symbol: the bytes themselves, a C string pointer, a Rust `&str` or `&[u8]`. Whether it is a
 * pointer is decided by the relocation or fixup at its address, never by its size: a `static mut` or an array can
 * have any size. (Layouts: Rust reference, "Type layout", slices are {pointer, length}; System V ABI for the rest.)
 */
export function symbolPayload(object: ObjectFile, symbol: ObjectSymbol): SymbolPayload {
  const wrong = unusable(object, symbol);
  if (wrong !== undefined) return { kind: "refused", reason: wrong, offset: undefined };
  const pointer = boundPointer(object, symbol.address);
  switch (pointer.kind) {
    case "address":
      return followed(object, symbol, pointer.address);
    case "import":
      return refused(object, symbol, `is a pointer to ${pointer.symbol}, which another library defines`);
    case "unknown":
      return refused(object, symbol, `cannot be followed: ${pointer.reason}`);
    case "plain":
      return storesAddress(object, symbol, pointer.value)
        ? followed(object, symbol, pointer.value)
        : inline(object, symbol);
  }
}

/**
 * Follows a Go variable: a string header {data, length} or a slice header {data, length, capacity}
 * (Go: src/runtime/string.go stringStruct, src/runtime/slice.go slice), or an array's bytes.
 */
export function goVariablePayload(object: ObjectFile, symbol: ObjectSymbol): SymbolPayload {
  const wrong = unusable(object, symbol);
  if (wrong !== undefined) return { kind: "refused", reason: wrong, offset: undefined };
  const pointer = boundPointer(object, symbol.address);
  const address =
    pointer.kind === "address"
      ? pointer.address
      : pointer.kind === "plain" && object.locate(pointer.value).kind === "file"
        ? pointer.value
        : undefined;
  if (address === undefined) {
    return pointer.kind === "plain"
      ? inline(object, symbol)
      : refused(object, symbol, "is a string whose bytes cannot be found");
  }
  const length = wordAt(object, symbol.address + wordSize(object), "Go string length");
  if (length > BigInt(manifestLimit)) {
    return refused(object, symbol, `is a string of ${length} bytes, more than ${manifestLimit}`);
  }
  return bytesAt(object, address, Number(length));
}

/**
 * The pointer as the loader binds it. In a flat namespace, as Go links plugins for macOS, a file imports by name what it
 * defines itself: its own definition is taken.
 */
function boundPointer(object: ObjectFile, address: bigint): Pointer {
  const pointer = object.pointerAt(address);
  const own = pointer.kind === "import" ? object.findDynamicSymbol(pointer.symbol) : undefined;
  return own?.defined === true && !own.absolute ? { kind: "address", address: own.address } : pointer;
}

function unusable(object: ObjectFile, symbol: ObjectSymbol): string | undefined {
  if (symbol.type === "function" || symbol.type === "ifunc") {
    return "is a function: nothing is executed to read a manifest; embed it as data (an array or a section)";
  }
  if (symbol.type === "tls") return "is thread-local: it has no bytes until a thread runs";
  if (symbol.absolute) return "is an absolute value, not a place in the file";
  switch (object.locate(symbol.address).kind) {
    case "zero-fill":
      return "is in zero-filled memory: the file has no bytes for it";
    case "unmapped":
      return `has the address 0x${symbol.address.toString(16)}, which is in no segment`;
    case "file":
      return isCode(object, symbol.address)
        ? "is a function: nothing is executed to read a manifest; embed it as data (an array or a section)"
        : undefined;
  }
}

/** Whether code is at the address, if the symbol's own type did not tell. */
function isCode(object: ObjectFile, address: bigint): boolean {
  switch (object.format) {
    case "elf":
      return false;
    case "macho":
      // Symbols have no type: a function is known by the section that it is in.
      return object.sections.some(
        (section) =>
          section.name === "__text" &&
          address >= section.address &&
          address < section.address + BigInt(section.size),
      );
  }
}

/**
 * A position-dependent executable needs no relocation for its pointers, so there the word itself must tell: it is a
 * pointer when it cannot be JSON and leads into the file.
 */
function storesAddress(object: ObjectFile, symbol: ObjectSymbol, value: bigint): boolean {
  if (object.kind !== "executable" || object.locate(value).kind !== "file") return false;
  return !canBeJson(object.readAddress(symbol.address, Number(wordSize(object)), "manifest symbol"));
}

/**
 * Whether a text in JSON can begin so. The first byte of an address is often that of a space: 0x402020. But its last ones are
 * control characters, which JSON has nowhere but as white space (RFC 8259, sections 2 and 7).
 */
function canBeJson(word: Buffer): boolean {
  const [first = 0] = word;
  const isStart = isOpener(first) || isWhiteSpace(first);
  return isStart && word.every((byte) => byte >= 0x20 || isWhiteSpace(byte));
}

function followed(object: ObjectFile, symbol: ObjectSymbol, target: bigint): SymbolPayload {
  const place = object.locate(target);
  if (place.kind !== "file") {
    const where = place.kind === "zero-fill" ? "zero-filled memory" : "no segment of the file";
    return refused(object, symbol, `points to 0x${target.toString(16)}, which is in ${where}`);
  }
  const length = sliceLength(object, symbol);
  const text = jsonAt(object, target, length);
  if (text !== undefined) return { kind: "bytes", bytes: text, offset: place.offset };
  return bytesAt(object, target, Math.min(length ?? manifestLimit, place.available));
}

/** The word after the pointer, where it can be the length of a Rust slice. */
function sliceLength(object: ObjectFile, symbol: ObjectSymbol): number | undefined {
  const word = wordSize(object);
  if (symbol.size !== undefined && symbol.size < 2n * word) return undefined;
  const place = object.locate(symbol.address + word);
  if (place.kind !== "file" || BigInt(place.available) < word) return undefined;
  const second = object.pointerAt(symbol.address + word);
  if (second.kind !== "plain") return undefined;
  return second.value > 0n && second.value <= BigInt(manifestLimit) ? Number(second.value) : undefined;
}

/**
 * The text at an address: `length` bytes where these hold a whole JSON value, else the value alone. Literals of Rust
 * and Mach-O files stand back to back without a NUL, so what follows a thin pointer's value says nothing.
 */
function jsonAt(object: ObjectFile, address: bigint, length: number | undefined): Buffer | undefined {
  for (let room = 4096; ; room *= 4) {
    const bytes = object.readAddress(address, Math.min(room, manifestLimit + 1), "manifest text");
    const extent = scanJson(bytes);
    if (extent.complete && extent.end > extent.start) {
      return length !== undefined && length >= extent.end
        ? object.readAddress(address, length, "manifest text")
        : bytes.subarray(0, extent.end);
    }
    if (bytes.length < room || bytes.length > manifestLimit) return undefined;
  }
}

/** The symbol's own bytes; where the format records no size, as many as its JSON value takes. */
function inline(object: ObjectFile, symbol: ObjectSymbol): SymbolPayload {
  if (symbol.size !== undefined && symbol.size > 0n) {
    return symbol.size > BigInt(manifestLimit)
      ? refused(object, symbol, `is ${symbol.size} bytes long, more than ${manifestLimit}`)
      : bytesAt(object, symbol.address, Number(symbol.size));
  }
  const place = object.locate(symbol.address);
  const text = jsonAt(object, symbol.address, undefined);
  const room = place.kind === "file" ? Math.min(place.available, manifestLimit) : 0;
  return text === undefined || place.kind !== "file"
    ? bytesAt(object, symbol.address, room)
    : { kind: "bytes", bytes: text, offset: place.offset };
}

function bytesAt(object: ObjectFile, address: bigint, length: number): SymbolPayload {
  const place = object.locate(address);
  const bytes = length === 0 ? Buffer.alloc(0) : object.readAddress(address, length, "manifest text");
  const offset = place.kind === "file" ? place.offset : undefined;
  if (offset === undefined || bytes.length < length) {
    return {
      kind: "refused",
      reason: `needs ${length} bytes at address 0x${address.toString(16)}, but the file has only ${bytes.length}`,
      offset,
    };
  }
  return { kind: "bytes", bytes, offset };
}

function refused(object: ObjectFile, symbol: ObjectSymbol, reason: string): SymbolPayload {
  const place = object.locate(symbol.address);
  return { kind: "refused", reason, offset: place.kind === "file" ? place.offset : undefined };
}

function wordSize(object: ObjectFile): bigint {
  return object.bits === 64 ? 8n : 4n;
}

function wordAt(object: ObjectFile, address: bigint, what: string): bigint {
  const length = Number(wordSize(object));
  const bytes = object.readAddress(address, length, what);
  if (bytes.length < length) throw new FormatError({ what: `${what} is cut off`, offset: 0 });
  if (length === 8) return object.endian === "little" ? bytes.readBigUInt64LE() : bytes.readBigUInt64BE();
  return BigInt(object.endian === "little" ? bytes.readUInt32LE() : bytes.readUInt32BE());
}
