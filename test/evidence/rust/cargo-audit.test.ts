import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAuditedBuild, type AuditedBuild } from "../../../src/evidence/rust/cargo-audit.ts";
import { known, unknown, type Fact } from "../../../src/evidence/fact.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const sample = {
  packages: [
    { name: "itoa", version: "1.0.15", source: "crates.io" },
    { name: "my-plugin", version: "0.3.1", source: "local", dependencies: [0, 2], root: true },
    { name: "proc", version: "2.0.0", source: "git", kind: "build" },
  ],
  format: 1,
};

const plain = { source: "local", kind: "runtime", root: false, dependencies: [] } as const;
const expected: AuditedBuild = {
  format: 1,
  packages: [
    { ...plain, name: "itoa", version: "1.0.15", source: "crates.io" },
    { ...plain, name: "my-plugin", version: "0.3.1", root: true, dependencies: [0, 2] },
    { ...plain, name: "proc", version: "2.0.0", source: "git", kind: "build" },
  ],
};

function readSections(...contents: readonly Buffer[]): Fact<AuditedBuild> {
  const sections = contents.map((content) => ({ name: ".dep-v0", content, loaded: false }));
  return readAuditedBuild(open({ sections: [{ name: ".rodata", content: "x" }, ...sections] }));
}

function readText(text: string | Buffer): Fact<AuditedBuild> {
  return readSections(deflateSync(text));
}

/** Packages as they must be, but for what is given for one of them. */
function readPackages(...packages: readonly object[]): Fact<AuditedBuild> {
  const each = { name: "a", version: "1.0.0", source: "crates.io" };
  return readText(JSON.stringify({ packages: packages.map((one) => ({ ...each, ...one })) }));
}

describe("the package list of cargo-auditable", () => {
  test("in ELF", () => {
    expect(readText(JSON.stringify(sample))).toEqual(known(expected, ".dep-v0"));
  });

  test("in Mach-O", () => {
    const bytes = deflateSync(JSON.stringify(sample));
    const file = openMacho({ segments: [{ name: "__DATA", sections: [{ name: ".dep-v0", bytes }] }] });
    expect(readAuditedBuild(file)).toEqual(known(expected, "__DATA,.dep-v0"));
  });

  test("a file without one", () => {
    expect(readSections()).toMatchObject({
      known: false,
      why: expect.stringContaining("no section .dep-v0") as string,
    });
  });

  test("a file without section headers says that these are missing", () => {
    const file = open({ sections: [{ name: ".rodata", content: "x" }], sectionHeaders: false });
    expect(readAuditedBuild(file)).toEqual(unknown("the file has no section headers, which lead to .dep-v0"));
  });

  test("its format is 0 where it says none", () => {
    expect(readPackages({ root: true })).toMatchObject({ value: { format: 0 } });
  });

  test("padding of NULs after the stream", () => {
    const bytes = Buffer.concat([deflateSync(JSON.stringify(sample)), Buffer.alloc(5)]);
    expect(readSections(bytes).known).toBe(true);
  });

  test("a diamond of dependencies is no circle", () => {
    const packages = [{ dependencies: [1, 2], root: true }, { dependencies: [3] }, { dependencies: [3] }, {}];
    expect(readPackages(...packages).known).toBe(true);
  });
});

describe("a package list that is broken is unknown, with what is wrong", () => {
  test.each<readonly [what: string, fact: () => Fact<AuditedBuild>, why: string]>([
    [
      "a stream that is cut off",
      () => readSections(deflateSync(JSON.stringify(sample)).subarray(0, 40)),
      ".dep-v0 is not a valid zlib stream (Z_BUF_ERROR)",
    ],
    [
      "an empty section",
      () => readSections(Buffer.alloc(0)),
      ".dep-v0 is not a valid zlib stream (Z_BUF_ERROR)",
    ],
    [
      "text in place of a stream",
      () => readSections(Buffer.from("{}")),
      ".dep-v0 is not a valid zlib stream (Z_DATA_ERROR)",
    ],
    [
      "two streams, as a linker joins them",
      () => readSections(Buffer.concat([deflateSync("{}"), deflateSync("{}")])),
      ".dep-v0 contains more than one zlib stream",
    ],
    [
      "two sections",
      () => readSections(deflateSync("{}"), deflateSync("{}")),
      "there are 2 sections .dep-v0",
    ],
    ["a bomb", () => readText(Buffer.alloc(9 * 1024 * 1024)), ".dep-v0 inflates to more than 8388608 bytes"],
    [
      "millions of objects",
      () => readText(`{"packages":[${"{},".repeat(2_000_000)}{}]}`),
      ".dep-v0 has more than 262144 objects and arrays",
    ],
    ["a deep nest", () => readText("[".repeat(5000)), ".dep-v0 is nested 5000 deep, more than 16"],
    ["no JSON", () => readText("packages"), ".dep-v0 is not JSON"],
    ["an array", () => readText("[]"), ".dep-v0 is not a JSON object"],
    ["no packages", () => readText("{}"), ".dep-v0 has no array of packages"],
    [
      "a format in words",
      () => readText('{"packages":[],"format":"1"}'),
      ".dep-v0 has a format that is not a number",
    ],
    ["no root", () => readPackages({}), ".dep-v0 has 0 root packages instead of one"],
    [
      "two roots",
      () => readPackages({ root: true }, { root: true }),
      ".dep-v0 has 2 root packages instead of one",
    ],
    [
      "an index out of range",
      () => readPackages({ root: true, dependencies: [1] }),
      ".dep-v0 has a package, number 0, that depends on number 1 of 1",
    ],
    [
      "a negative index",
      () => readPackages({ root: true, dependencies: [-1] }),
      ".dep-v0 has a package, number 0, whose dependencies are not indices",
    ],
    [
      "a package that depends on itself",
      () => readPackages({ root: true, dependencies: [0] }),
      ".dep-v0 has packages that depend on each other in a circle",
    ],
    [
      "a circle beside the root",
      () => readPackages({ root: true }, { dependencies: [2] }, { dependencies: [1] }),
      ".dep-v0 has packages that depend on each other in a circle",
    ],
    [
      "no object for a package",
      () => readText('{"packages":[3]}'),
      ".dep-v0 has a package, number 0, that is not an object",
    ],
    ["no name", () => readPackages({ name: "" }), ".dep-v0 has a package, number 0, without a name"],
    ["no version", () => readPackages({ version: 1 }), ".dep-v0 has a package, number 0, without a version"],
    ["no source", () => readPackages({ source: null }), ".dep-v0 has a package, number 0, without a source"],
    [
      "an unknown kind",
      () => readPackages({ kind: "dev" }),
      ".dep-v0 has a package, number 0, of an unknown kind",
    ],
    [
      "a root in words",
      () => readPackages({ root: "yes" }),
      ".dep-v0 has a package, number 0, whose root is neither true nor false",
    ],
  ])("%s", (_, fact, why) => {
    expect(fact()).toEqual(unknown(why));
  });

  test("a section that leaves the file", () => {
    const file = open({
      sections: [{ name: ".dep-v0", content: "x", loaded: false }],
      patch: [{ section: ".dep-v0", field: "sh_size", value: 4096 }],
    });
    expect(readAuditedBuild(file)).toMatchObject({
      known: false,
      why: expect.stringContaining("section .dep-v0 is cut off") as string,
    });
  });

  test("a section longer than any list is not read", () => {
    const file = open({
      sections: [{ name: ".dep-v0", content: "x", loaded: false }],
      patch: [{ section: ".dep-v0", field: "sh_size", value: 2n ** 62n }],
    });
    expect(readAuditedBuild(file)).toMatchObject({
      known: false,
      why: expect.stringContaining("section .dep-v0 is too long") as string,
    });
  });

  test("a long chain of packages takes no stack", () => {
    const packages = Array.from({ length: 50_000 }, (_, index) => ({
      dependencies: index === 0 ? [] : [index - 1],
    }));
    packages.push({ dependencies: [49_999], ...{ root: true } });
    expect(readPackages(...packages).known).toBe(true);
  });

  test("any bytes give a fact and never a crash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !readSections(Buffer.from(bytes)).known),
    );
  });

  test("any JSON gives a fact and never a crash", () => {
    const entry = fc.record(
      {
        name: fc.oneof(fc.string(), fc.integer()),
        version: fc.oneof(fc.string(), fc.constant(null)),
        source: fc.string(),
        kind: fc.constantFrom("build", "runtime", "x"),
        root: fc.boolean(),
        dependencies: fc.array(fc.integer({ min: -1, max: 4 })),
      },
      { requiredKeys: [] },
    );
    const document = fc.oneof(fc.jsonValue(), fc.record({ packages: fc.array(entry, { maxLength: 5 }) }));
    fc.assert(
      fc.property(document, (value) => {
        const fact = readText(JSON.stringify(value));
        const roots = fact.known ? fact.value.packages.filter(({ root }) => root).length : 1;
        expect(roots).toBe(1);
      }),
    );
  });
});
