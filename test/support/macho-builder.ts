import { MachoCommands } from "./macho-commands.ts";
import { MachoLayout } from "./macho-layout.ts";
import { layTables, MachoLinkedit } from "./macho-linkedit.ts";
import type { BuiltMacho, MachoSpec } from "./macho-spec.ts";
import { MachoWriter } from "./macho-writer.ts";

export type * from "./macho-spec.ts";
export { buildUniversal } from "./macho-universal.ts";

/**
 * Makes a thin Mach-O file in the way of yaml2obj: what the spec does not say is laid out as linkers do, so that
 * `buildMacho()` is a valid, empty dylib. Places are named by section, and the result tells where everything went, so
 * that a test can break it there:
 *
 *     const { bytes, commandAt } = buildMacho({
 *       segments: [
 *         { name: "__TEXT", sections: [{ name: "__const", bytes: "{}" }] },
 *         { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
 *       ],
 *       exports: [{ name: "_otel_plugin_manifest", at: "__DATA,__data" }],
 *       rebases: [{ at: "__DATA,__data", to: "__TEXT,__const" }],
 *     });
 */
export function buildMacho(spec: MachoSpec = {}): BuiltMacho {
  const out = new MachoWriter(spec.bits ?? 64, spec.endian ?? "little");
  const headerSize = out.bits === 64 ? 32 : 28;
  // The length of the load commands does not hang on where things are: a first round measures it.
  const measured = layOut(spec, headerSize, out);
  const { layout, linkedit, tables, commands } = layOut(spec, headerSize + measured.commandsSize, out);
  const { content, offsets } = layTables(tables, layout.end);
  const bytes = Buffer.alloc(layout.end + content.length);
  Buffer.concat([header(spec, commands, out), ...commands]).copy(bytes);
  content.copy(bytes, layout.end);
  for (const section of layout.sections) {
    if (section.spec.bytes !== undefined) Buffer.from(section.spec.bytes).copy(bytes, section.offset);
  }
  linkedit.writePointers(bytes);
  for (const { at, bytes: over } of spec.patch ?? []) Buffer.from(over).copy(bytes, at);
  return {
    bytes,
    addressOf: (place) => layout.address(place),
    offsetOf: (place) => layout.offset(layout.address(place)),
    commandAt: (cmd, nth = 0) => {
      let at = headerSize;
      let left = nth;
      for (const command of commands) {
        if (command.subarray(0, 4).equals(out.u32(cmd)) && left-- === 0) return at;
        at += command.length;
      }
      throw new Error(`no load command 0x${cmd.toString(16)}`);
    },
    tableAt: (name) => {
      const at = offsets.get(name);
      if (at === undefined) throw new Error(`no table ${name}`);
      return at;
    },
  };
}

function layOut(spec: MachoSpec, room: number, out: MachoWriter) {
  const layout = new MachoLayout(spec, room);
  const linkedit = new MachoLinkedit(spec, layout, out);
  const tables = linkedit.tables();
  const commands = new MachoCommands(spec, layout, out).all(tables);
  const commandsSize = commands.reduce((sum, { length }) => sum + length, 0);
  return { layout, linkedit, tables, commands, commandsSize };
}

function header(spec: MachoSpec, commands: readonly Buffer[], out: MachoWriter): Buffer {
  const { cpuType, cpuSubtype, fileType = 6, flags = 0x85 } = spec;
  const { bits, endian } = out;
  const cpu = endian === "big" ? 18 : 7;
  const size = commands.reduce((sum, { length }) => sum + length, 0);
  return out.u32(
    bits === 64 ? 0xfeedfacf : 0xfeedface,
    cpuType ?? (bits === 64 ? cpu | 0x0100_0000 : cpu),
    cpuSubtype ?? (endian === "big" ? 0 : 3),
    fileType,
    commands.length,
    size,
    flags,
    ...(bits === 64 ? [0] : []),
  );
}
