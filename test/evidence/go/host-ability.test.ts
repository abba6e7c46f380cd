import { expect, test } from "vitest";
import { known, unknown, type Fact } from "../../../src/evidence/fact.ts";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { readHostAbility } from "../../../src/evidence/go/host-ability.ts";
import { open as openMacho } from "../../support/macho-open.ts";
import { open } from "../../support/elf-open.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds, describeReleases } from "../../support/go-builds.ts";
import { elfPlugin } from "../../support/go-plugin-file.ts";
import { buildGo, type GoBuild } from "../../support/go-program.ts";
import { fewToolchains } from "../../support/go-releases.ts";

const staticFlags = ["-ldflags=-linkmode=external -extldflags=-static"];
const darwin = { CGO_ENABLED: "0", GOOS: "darwin", GOARCH: "amd64" };

function values(path: string): readonly unknown[] {
  const object = openFile(path);
  const { pluginPackage, cgo, dynamic } = readHostAbility(object, readGoBuildInfo(object));
  return [pluginPackage, cgo, dynamic].map((fact: Fact<unknown>) => (fact.known ? fact.value : "unknown"));
}

type Expected = readonly (readonly [string, GoBuild, readonly unknown[]])[];

const simple: Expected = [
  ["that imports package plugin", builds.host, ["linked", true, true]],
  ["that is stripped", { ...builds.host, strip: ["strip"] }, ["linked", true, true]],
  ["that has no cgo", { ...builds.host, ...builds.staticProgram }, ["stub", false, false]],
  ["that does not import package plugin", builds.program, ["absent", true, true]],
];

const special: Expected = [
  ["that is position-independent", { ...builds.host, flags: ["-buildmode=pie"] }, ["linked", true, true]],
  ["that is static", { ...builds.host, flags: staticFlags }, ["linked", true, false]],
  ["for darwin that has no cgo", { ...builds.host, environment: darwin }, ["stub", false, true]],
];

describeReleases("of a host by", (toolchain) => {
  test.each(simple)("%s", async (_, build, answer) => {
    expect(values(await buildGo(toolchain, build))).toEqual(answer);
  });
});

describeReleases(
  "of a host by",
  (toolchain) => {
    test.each(special)("%s", async (_, build, answer) => {
      expect(values(await buildGo(toolchain, build))).toEqual(answer);
    });
  },
  { only: fewToolchains() },
);

const noInfo = unknown("no build info");

/** What build info with this one setting says. */
function setting(key: string, value: string): Parameters<typeof readHostAbility>[1] {
  const settings = [{ key, value }];
  return known({ goVersion: "go1.22.3", path: "p", main: undefined, deps: [], settings }, ".go.buildinfo");
}

test("a message of package plugin is found anywhere in the read-only data", () => {
  const text = 'plugin.Open(""): realpath failed';
  const content = Buffer.concat([Buffer.alloc(600_000, 0x20), Buffer.from(text)]);
  const ability = readHostAbility(open({ sections: [{ name: ".rodata", content }] }), noInfo);
  expect(ability).toMatchObject({
    pluginPackage: {
      value: "linked",
      from: 'text "): realpath failed" in .rodata',
    },
    cgo: { value: true },
  });
});

test("the stub's message is found in Go's literals of Mach-O", () => {
  const rodata = { name: "__rodata", bytes: "xplugin: not implementedx" };
  const object = openMacho({ segments: [{ name: "__TEXT", sections: [rodata] }] });
  expect(readHostAbility(object, noInfo).pluginPackage).toMatchObject({ value: "stub" });
});

test("a file without read-only data is unknown", () => {
  const object = openMacho({ segments: [{ name: "__DATA", sections: [{ name: "__data", bytes: "x" }] }] });
  expect(readHostAbility(object, noInfo).pluginPackage).toMatchObject({ known: false });
});

test("cgo is unknown where nothing tells", () => {
  const object = open({ sections: [{ name: ".rodata", content: "nothing" }] });
  expect(readHostAbility(object, setting("CGO_ENABLED", "1")).cgo).toMatchObject({ known: false });
});

test("the build info can rule out cgo", () => {
  const object = open({ sections: [{ name: ".rodata", content: "nothing" }] });
  expect(readHostAbility(object, setting("CGO_ENABLED", "0")).cgo).toEqual({
    known: true,
    value: false,
    from: ".go.buildinfo, CGO_ENABLED=0",
  });
});

test.each([
  ["linked with cgo", ["plugin", "runtime/cgo"], "linked"],
  ["its stub, as Go up to 1.15 linked it", ["plugin"], "stub"],
])("a program that exports the hash of package plugin has it %s", (_, names, value) => {
  const packages = names.map((name) => [name, "0123456789abcdef"] as const);
  expect(readHostAbility(open(elfPlugin({ packages })), noInfo)).toMatchObject({
    pluginPackage: { value },
    cgo: { value: value === "linked" },
  });
});
