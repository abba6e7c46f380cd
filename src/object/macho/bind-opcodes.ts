import type { Segment } from "../object-file.ts";
import { Cursor } from "./cursor.ts";
import { FixupPlace } from "./fixup-place.ts";
import { FixupRuns, type FixupRun } from "./fixup-runs.ts";
import { libraryOrdinals, type BindTarget } from "./bind-target.ts";
import { fixupTypes } from "./rebase-opcodes.ts";
import type { Region } from "./region.ts";

/** mach-o/loader.h, BIND_OPCODE_*: the high half of a byte; the low half is an immediate. */
const opcodes = {
  done: 0x00,
  setOrdinal: 0x10,
  setOrdinalUleb: 0x20,
  setSpecialOrdinal: 0x30,
  setSymbol: 0x40,
  setType: 0x50,
  setAddend: 0x60,
  setSegmentAndOffset: 0x70,
  addAddress: 0x80,
  bind: 0x90,
  bindAddAddress: 0xa0,
  bindAddAddressScaled: 0xb0,
  ulebTimesSkipping: 0xc0,
  threaded: 0xd0,
} as const;

const weakImport = 0x1;

export type BindKind = "bind" | "weak" | "lazy";

/** A symbol put into places of the image. */
export interface Bind {
  readonly target: BindTarget;
  /** BIND_TYPE_*. */
  readonly type: number;
}

export interface Binds {
  readonly runs: FixupRuns<Bind>;
  /** Each symbol that is bound, in order. */
  readonly targets: readonly BindTarget[];
  /** The first arm64e linkers put the places into chains of their own (BIND_OPCODE_THREADED), which are not read. */
  readonly threaded: boolean;
}

/** What the loader binds, and where (dyld, mach_o/BindOpcodes.cpp, forEachBind). */
export function decodeBinds(
  region: Region,
  kind: BindKind,
  segments: readonly Segment[],
  pointerSize: 4 | 8,
): Binds {
  const decoder = new Decoder(region, kind, segments, pointerSize);
  while (decoder.step());
  return decoder.result();
}

class Decoder {
  readonly #cursor: Cursor;
  readonly #place: FixupPlace;
  readonly #runs: FixupRun<Bind>[] = [];
  readonly #targets: BindTarget[] = [];
  #type: number = fixupTypes.pointer;
  #symbol: string | undefined;
  #isWeak = false;
  #addend = 0n;
  #ordinal: number;
  #threaded = false;
  #current: Bind | undefined;

  constructor(
    private readonly region: Region,
    private readonly kind: BindKind,
    segments: readonly Segment[],
    pointerSize: 4 | 8,
  ) {
    this.#cursor = new Cursor(region, 0, region.size);
    this.#place = new FixupPlace(region, segments, pointerSize);
    // Weak binds name no library: every one is looked in.
    this.#ordinal = kind === "weak" ? libraryOrdinals.weakLookup : libraryOrdinals.self;
  }

  result(): Binds {
    return { runs: new FixupRuns(this.#runs), targets: this.#targets, threaded: this.#threaded };
  }

  /** Runs one opcode; false after the last. */
  step(): boolean {
    const cursor = this.#cursor;
    if (cursor.atEnd) return false;
    const at = cursor.position;
    const byte = cursor.u8();
    const immediate = byte & 0x0f;
    const opcode = byte & 0xf0;
    switch (opcode) {
      case opcodes.done:
        // Each lazy bind ends with one, so that it can be run alone.
        return this.kind === "lazy";
      case opcodes.setOrdinal:
        return this.#set(() => (this.#ordinal = immediate));
      case opcodes.setOrdinalUleb:
        return this.#set(() => (this.#ordinal = cursor.count("library ordinal")));
      case opcodes.setSpecialOrdinal:
        return this.#set(() => (this.#ordinal = immediate === 0 ? 0 : immediate - 16));
      case opcodes.setSymbol:
        return this.#set(() => {
          this.#isWeak = (immediate & weakImport) !== 0;
          this.#symbol = cursor.cString().toString("utf8");
        });
      case opcodes.setType:
        return this.#set(() => (this.#type = immediate));
      case opcodes.setAddend:
        return this.#set(() => (this.#addend = cursor.sleb()));
      case opcodes.setSegmentAndOffset:
        this.#place.set(immediate, cursor.distance("segment offset"), at);
        return true;
      case opcodes.addAddress:
        this.#place.advance(cursor.distance("distance"), at);
        return true;
      case opcodes.bind:
        return this.#bind(1, 0, at);
      case opcodes.bindAddAddress: {
        this.#bind(1, 0, at);
        this.#place.advance(cursor.distance("distance"), at);
        return true;
      }
      case opcodes.bindAddAddressScaled:
        this.#bind(1, 0, at);
        this.#place.advance(immediate * this.#place.pointerSize, at);
        return true;
      case opcodes.ulebTimesSkipping: {
        const count = cursor.count("count of binds");
        return this.#bind(count, cursor.distance("distance"), at);
      }
      case opcodes.threaded:
        this.#threaded = true;
        return false;
      default:
        throw this.region.problem("unknown bind opcode", at, byte);
    }
  }

  #set(change: () => void): true {
    change();
    this.#current = undefined;
    return true;
  }

  #bind(count: number, skip: number, at: number): true {
    this.#current ??= this.#target(at);
    this.#runs.push(...this.#place.repeat(this.#current, count, skip, at));
    return true;
  }

  #target(at: number): Bind {
    if (this.#symbol === undefined) throw this.region.problem("bind before any symbol is set", at);
    const target = {
      symbol: this.#symbol,
      ordinal: this.#ordinal,
      addend: this.#addend,
      weak: this.#isWeak,
      lazy: this.kind === "lazy",
    };
    this.#targets.push(target);
    return { target, type: this.#type };
  }
}
