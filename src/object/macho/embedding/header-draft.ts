import { loadCommandKinds as lc } from "../constants.ts";
import type { ByteSource } from "../../image.ts";
import { readHeader, type MachoHeader } from "../header.ts";
import { readLoadCommands } from "../load-command.ts";
import { SegmentDraft, type SegmentHome } from "./segment-draft.ts";

/** Where a load command lies in the draft. */
export interface CommandPlace {
  readonly cmd: number;
  /** From the start of the image, in bytes. */
  readonly at: number;
  readonly size: number;
}

/** Where the header has its counts (struct mach_header). */
const commandCountAt = 16;
const commandsSizeAt = 20;

/**
 * Header and load commands of an image, in memory: they are changed here and then written back as a whole. Places are as of now: each
 * insertion and removal moves those behind it.
 */
export class HeaderDraft implements SegmentHome {
  readonly header: MachoHeader;
  #bytes: Buffer;

  /** @throws FormatError for commands that break their form: later reads rely on it. */
  constructor(source: ByteSource) {
    this.header = readHeader(source);
    readLoadCommands(source, this.header);
    this.#bytes = source.read(0, this.header.size + this.header.commandsSize, "load commands");
  }

  /** Header and commands as they are now. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  u32(at: number): number {
    return this.header.endian === "little" ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  setU32(at: number, value: number): void {
    if (this.header.endian === "little") this.#bytes.writeUInt32LE(value, at);
    else this.#bytes.writeUInt32BE(value, at);
  }

  u64(at: number): bigint {
    return this.header.endian === "little"
      ? this.#bytes.readBigUInt64LE(at)
      : this.#bytes.readBigUInt64BE(at);
  }

  setU64(at: number, value: bigint): void {
    if (this.header.endian === "little") this.#bytes.writeBigUInt64LE(value, at);
    else this.#bytes.writeBigUInt64BE(value, at);
  }

  /** A word of the image's size. */
  word(at: number): bigint {
    return this.header.bits === 64 ? this.u64(at) : BigInt(this.u32(at));
  }

  setWord(at: number, value: bigint): void {
    if (this.header.bits === 64) this.setU64(at, value);
    else this.setU32(at, Number(value));
  }

  commands(): readonly CommandPlace[] {
    const found: CommandPlace[] = [];
    let at: number = this.header.size;
    for (let left = this.u32(commandCountAt); left > 0; left--) {
      const size = this.u32(at + 4);
      found.push({ cmd: this.u32(at), at, size });
      at += size;
    }
    return found;
  }

  command(cmd: number): CommandPlace | undefined {
    return this.commands().find((one) => one.cmd === cmd);
  }

  /** In the order of the load commands, by which fixups number them. */
  segments(): readonly SegmentDraft[] {
    return this.commands()
      .filter(({ cmd }) => cmd === lc.LC_SEGMENT || cmd === lc.LC_SEGMENT_64)
      .map(({ at }) => new SegmentDraft(this, at));
  }

  /** Adds a command before the one at that place; its fields are all 0. */
  insertCommand({ cmd, at, size }: CommandPlace): void {
    this.splice(at, 0, Buffer.alloc(size));
    this.setU32(at, cmd);
    this.setU32(at + 4, size);
    this.setU32(commandCountAt, this.u32(commandCountAt) + 1);
  }

  removeCommand({ at, size }: CommandPlace): void {
    this.splice(at, size, Buffer.alloc(0));
    this.setU32(commandCountAt, this.u32(commandCountAt) - 1);
  }

  /** Replaces bytes inside the commands; the caller keeps the command's own size right. */
  splice(at: number, removed: number, added: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(0, at), added, this.#bytes.subarray(at + removed)]);
    this.setU32(commandsSizeAt, this.#bytes.length - this.header.size);
  }
}
