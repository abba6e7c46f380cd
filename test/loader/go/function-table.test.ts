import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFunctionTable } from "../../../src/evidence/go/function-table.ts";
import { moduledataLayouts, type ModuledataLayout } from "../../../src/evidence/go/moduledata.ts";
import { readPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds } from "../../support/go-builds.ts";
import { changeTableHeader, Patient, valueOf } from "../../support/go-patient.ts";
import { buildGo } from "../../support/go-program.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";
import { releases } from "./release-pairs.ts";

const folder = mkdtempSync(join(tmpdir(), "function-table-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Words of moduledata (Go: src/runtime/symtab.go, since 1.16). */
const at = { functions: 16, minpc: 20, maxpc: 21, text: 22, etext: 23, types: 37 };

const source = "package main\n\nvar Name = 1\n\nfunc Hello() int { return Name }\n";

type Change = (patient: Patient, hasOffsets: boolean) => void;

const changeHeader =
  (byte: number, value: number): Change =>
  (patient) => {
    changeTableHeader(patient, byte, value);
  };

const movePointer =
  (word: number, by: bigint): Change =>
  (patient) => {
    patient.move(patient.word(word), by);
  };

const moveEntry =
  (index: number, by: bigint): Change =>
  (patient, hasOffsets) => {
    const entry = patient.pointer(patient.word(at.functions)) + BigInt(index * (hasOffsets ? 8 : 16));
    if (!hasOffsets) {
      patient.move(entry, by);
      return;
    }
    const place = patient.offset(entry);
    patient.bytes.writeUInt32LE((patient.bytes.readUInt32LE(place) + Number(by)) >>> 0, place);
  };

/** What is changed, and from which minor release to which. */
const changes: readonly (readonly [what: string, change: Change, from: number, to: number])[] = [
  ["nothing", () => undefined, 16, 99],
  ["magic", changeHeader(0, 0x42), 16, 99],
  ["magic of another release", changeHeader(0, 0xee), 16, 99],
  ["first padding", changeHeader(4, 1), 16, 99],
  ["second padding", changeHeader(5, 1), 16, 99],
  ["smallest instruction", changeHeader(6, 4), 16, 99],
  ["size of a pointer", changeHeader(7, 4), 16, 99],
  ["count of functions in the header, which nobody checks", changeHeader(8, 1), 16, 99],
  [
    "text in the header",
    (patient) => {
      patient.move(patient.pointer(patient.word(0)) + 24n, 16n);
    },
    18,
    25,
  ],
  ["an entry before the one in front of it", moveEntry(7, -4096n), 16, 99],
  ["an entry far behind the text", moveEntry(5, 0x7000_0000n), 16, 99],
  ["minpc lower", movePointer(at.minpc, -1n), 16, 99],
  ["minpc higher", movePointer(at.minpc, 1n), 16, 99],
  ["maxpc lower", movePointer(at.maxpc, -1n), 16, 99],
  ["maxpc higher", movePointer(at.maxpc, 1n), 16, 99],
  ["text", movePointer(at.text, 16n), 18, 99],
];

for (const toolchain of releases()) {
  const minor = Number(toolchain.version.split(".")[1]);
  if (minor < 16) continue;
  describeWith(
    toolchain.missing ?? lackOf("gcc"),
    `a plugin of Go ${toolchain.version} whose function table was changed`,
    () => {
      let host = "";
      let plugin = "";
      beforeAll(async () => {
        host = await buildGo(toolchain, builds.host);
        // Without a package of the host, so that no hash is refused before the table is looked at.
        plugin = await buildGo(toolchain, { ...builds.plugin, files: { "main.go": source } });
      });

      it.each(changes.filter(([, , from, to]) => minor >= from && minor <= to))(
        "is answered as the host answers: %s",
        (what, change) => {
          const patient = new Patient(plugin);
          change(patient, minor >= 18);
          const name = `${toolchain.version}-${what.replaceAll(" ", "-")}.so`;
          writeFileSync(join(folder, name), patient.bytes);
          const [real] = openReally(host, folder, [name], "\n");
          const { go, elf } = hostAt(host);
          const { plugin: read, request } = candidateOf(elf, folder, name);
          const prediction = predictPluginOpen(read, go, request);
          const message = "first" in prediction ? prediction.first.message : null;
          // A function that the runtime cannot name ends the host in other words, which no prediction has.
          const isUnnamed = real?.message === "fatal error: index out of range";
          expect({ outcome: prediction.outcome, message }).toEqual(
            isUnnamed ? { ...real, message: null } : real,
          );
        },
      );

      it("is unknown if a range of it is outside of the file", () => {
        const patient = new Patient(plugin);
        patient.move(patient.word(at.etext), 0x1000_0000n);
        writeFileSync(join(folder, `${toolchain.version}-range.so`), patient.bytes);
        const object = openFile(join(folder, `${toolchain.version}-range.so`));
        const table = valueOf(readPluginTable(object));
        const layout = layoutOf(minor);
        if (layout === undefined) throw new Error(`Go 1.${minor} has no layout that is known`);
        expect(readFunctionTable(object, table, layout)).toMatchObject({ known: false });
      });
    },
  );
}

function layoutOf(minor: number): ModuledataLayout | undefined {
  const number = (line: string): number => Number(line.replace("go1.", ""));
  return moduledataLayouts.find(({ from, to }) => number(from) <= minor && minor <= number(to));
}
