import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import { builds } from "../../support/go-builds.ts";
import { Patient } from "../../support/go-patient.ts";
import { buildGo } from "../../support/go-program.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";
import { releases } from "./release-pairs.ts";

const folder = mkdtempSync(join(tmpdir(), "opening-tables-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const source = `package main

import "fmt"

type Own struct{ A, B int }

func (o *Own) Error() string { return "own" }

var Err error = &Own{1, 2}

var Made = map[string]*Own{"a": {1, 2}}

func Hello() string { return fmt.Sprint(Made, Err) }
`;

/** Where the tables of a release are in moduledata, in words (Go: src/runtime/symtab.go of each). */
interface Places {
  readonly types: number;
  readonly hashes: number;
  readonly size: number;
}

function placesOf(minor: number): Places {
  if (minor >= 27) return { types: 37, hashes: 53, size: 71 };
  if (minor === 26) return { types: 37, hashes: 56, size: 74 };
  if (minor >= 20) return { types: 37, hashes: 55, size: minor === 20 ? 71 : minor >= 23 ? 73 : 74 };
  return { types: 35, hashes: minor >= 18 ? 53 : 51, size: minor >= 18 ? 69 : 67 };
}

type Change = (patient: Patient, places: Places) => void;

const far = 0x1000_0000n;
const move =
  (place: (places: Places) => number, by: bigint): Change =>
  (patient, places) => {
    patient.move(patient.word(place(places)), by);
  };
const set =
  (place: (places: Places) => number, value: bigint): Change =>
  (patient, places) => {
    patient.bytes.writeBigUInt64LE(value, patient.offset(patient.word(place(places))));
  };
/** The names and types of exported names stand in turn. */
const setExport =
  (half: number, value: number): Change =>
  (patient, { hashes }) => {
    const table = patient.pointer(patient.word(hashes - 5));
    patient.bytes.writeInt32LE(value, patient.offset(table) + 4 * half);
  };

/** What is changed, and from which minor release to which. */
const changes: readonly (readonly [what: string, change: Change, from: number, to: number])[] = [
  ["nothing", () => undefined, 16, 99],
  ["a name behind the types", setExport(0, 0x7000_0000), 16, 99],
  ["a name before the types", setExport(0, -0x7000_0000), 16, 99],
  ["a name that is another text", setExport(2, 64), 16, 99],
  ["a type behind the types", setExport(1, 0x7000_0000), 16, 99],
  ["no type", setExport(3, 0), 16, 99],
  ["types, a little", move(({ types }) => types, 8n), 16, 99],
  ["types, a page", move(({ types }) => types, 4096n), 16, 99],
  ["the map of data", move(({ types }) => types - 2, 8n), 16, 99],
  ["the map of bss", move(({ types }) => types - 1, far), 16, 99],
  ["data, a page shorter", move(() => 26, 4096n), 16, 99],
  ["the links of types", move(({ hashes }) => hashes - 11, 4096n), 16, 26],
  ["the links of itabs", move(({ hashes }) => hashes - 8, 8n), 16, 26],
  ["the itabs", set(({ types }) => types + 3, 1n), 27, 99],
  ["the exported names", move(({ hashes }) => hashes - 5, -8n), 16, 99],
  ["the count of exported names", set(({ hashes }) => hashes - 4, 100n), 16, 99],
  ["the init tasks", move(({ hashes }) => hashes + 3, 8n), 21, 99],
  ["the next module", set(({ size }) => size - 1, 1n), 16, 99],
];

for (const toolchain of releases()) {
  const minor = Number(toolchain.version.split(".")[1]);
  describeWith(
    toolchain.missing ?? lackOf("gcc"),
    `a plugin of Go ${toolchain.version} whose module data was changed`,
    () => {
      let host = "";
      let plugin = "";
      beforeAll(async () => {
        host = await buildGo(toolchain, builds.host);
        plugin = await buildGo(toolchain, { ...builds.plugin, files: { "main.go": source } });
      });

      it.each(changes.filter(([, , from, to]) => minor >= from && minor <= to))(
        "is not said to load where the host fails: %s",
        (what, change) => {
          const patient = new Patient(plugin);
          change(patient, placesOf(minor));
          const name = `${toolchain.version}-${what.replaceAll(" ", "-")}.so`;
          writeFileSync(join(folder, name), patient.bytes);
          const [real] = openReally(host, folder, [name], "\n");
          const { go, elf } = hostAt(host);
          const { plugin: read, request } = candidateOf(elf, folder, name);
          const prediction = predictPluginOpen(read, go, request);
          if (what !== "nothing" && prediction.outcome === "unknown") return;
          const message = "first" in prediction ? prediction.first.message : null;
          expect({ outcome: prediction.outcome, message }).toEqual(real);
        },
      );

      it.each([0, 1])(
        "is answered as the host answers: half %i of an exported name behind the types",
        (half) => {
          const patient = new Patient(plugin);
          setExport(half, 0x7000_0000)(patient, placesOf(minor));
          const name = `${toolchain.version}-half-${half}.so`;
          writeFileSync(join(folder, name), patient.bytes);
          const { go, elf } = hostAt(host);
          const { plugin: read, request } = candidateOf(elf, folder, name);
          expect(predictPluginOpen(read, go, request)).toMatchObject({
            outcome: "crash",
            first: { message: `fatal error: runtime: ${half === 0 ? "name" : "type"} offset out of range` },
          });
        },
      );
    },
  );
}
