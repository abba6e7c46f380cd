import { MH_MAGIC, MH_MAGIC_64 } from "../../object/macho/constants.ts";
import type { ByteSource } from "../../object/image.ts";
import { Region } from "../../object/macho/region.ts";
import type { Architecture } from "./architecture.ts";

/*
 * The header as dyld reads it before it has checked anything, for files that are too broken for the object reader.
 * dyld takes little-endian images alone (mach_o/UnsafeHeader.cpp, hasMachOMagic).
 */
const leastSize = 28;

/** Load commands of more than this are not looked at; linkers write some kilobytes. */
const mostCommandBytes = 16 * 1024 * 1024;

/** An image in a file: all of it, or a slice. */
export interface RawImage extends Architecture {
  /** The file, whole. */
  readonly source: ByteSource;
  /** Where the image starts in the file, and its length. */
  readonly offset: number;
  readonly size: number;
  readonly bits: 32 | 64;
  readonly fileType: number;
  readonly commandCount: number;
  readonly commandsSize: number;
  readonly flags: number;
  readonly headerSize: 28 | 32;
}

/** A load command as it is in the file; `body` holds all of it, cmd and cmdsize included. */
export interface RawCommand {
  /** From 1, as dyld counts them. */
  readonly index: number;
  readonly cmd: number;
  readonly size: number;
  readonly body: Region;
}

/** Undefined if no little-endian Mach-O header starts there. */
export function readRawImage(source: ByteSource, offset: number, size: number): RawImage | undefined {
  if (size < leastSize || offset + leastSize > source.size) return undefined;
  const header = Region.read(source, offset, leastSize, "Mach-O header", "little");
  const magic = header.u32(0);
  if (magic !== MH_MAGIC && magic !== MH_MAGIC_64) return undefined;
  return {
    source,
    offset,
    size,
    bits: magic === MH_MAGIC_64 ? 64 : 32,
    cpuType: header.u32(4),
    cpuSubtype: header.u32(8),
    fileType: header.u32(12),
    commandCount: header.u32(16),
    commandsSize: header.u32(20),
    flags: header.u32(24),
    headerSize: magic === MH_MAGIC_64 ? 32 : 28,
  };
}

/** All bytes of the load commands; undefined if they are not all in the file, or are too many to look at. */
export function readCommandBytes(image: RawImage): Region | undefined {
  const start = image.offset + image.headerSize;
  const { source, commandsSize } = image;
  if (commandsSize > mostCommandBytes || start + commandsSize > source.size) return undefined;
  return Region.read(source, start, commandsSize, "load commands", "little");
}

/** The command at a place in the load commands; undefined if it does not end within them, which dyld calls malformed. */
export function commandAt(all: Region, at: number, index: number): RawCommand | undefined {
  if (at + 8 > all.size) return undefined;
  const size = all.u32(at + 4);
  if (size < 8 || at + size > all.size) return undefined;
  const body = new Region(all.bytes.subarray(at, at + size), all.origin + at, "load command", "little");
  return { index, cmd: all.u32(at), size, body };
}

/** A name in a field of 16 bytes. */
export function fixedName(body: Region, at: number): string {
  const field = body.bytes.subarray(at, at + 16);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? 16 : end).toString("utf8");
}
