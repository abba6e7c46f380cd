import { describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { readWith, type Artifact } from "../../src/artifact/artifact.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import type { Carrier } from "../../src/manifest/claim.ts";
import { builtFixtures, type Fixture } from "../support/built-fixtures.ts";
import { describeWith } from "../support/need.ts";

const built = builtFixtures();
const matrix = built.some(({ format, id }) => format !== "none" && !id.startsWith("compat/"));

function open({ file, role }: Fixture): Artifact {
  const artifact = readWith(disk, file, defaultCarrierNames, role, () => undefined).file;
  if (artifact.kind === "unreadable") throw new Error(artifact.reason);
  return artifact;
}

/** The places a reader sees: a static symbol that repeats a dynamic one is the same place. */
function distinct({ places }: Fixture): readonly string[] {
  return places.filter((place) => place !== "static-symbol" || !places.includes("dynamic-symbol"));
}

function readable(carriers: readonly Carrier[]): readonly string[] {
  return [...new Set(carriers.filter(({ content }) => content.kind === "json").map(({ source }) => source))];
}

describe("a manifest in a thin file", () => {
  it.each(matrix.filter(({ members }) => members === undefined))("$id", (fixture) => {
    const [slice] = open(fixture).slices;
    expect(slice?.arch).toBe(fixture.arch);
    const { carriers, chosen } = slice?.claim ?? { carriers: [] };
    expect(readable(carriers)).toEqual(distinct(fixture));
    // Where carriers differ the fixture names no value; the conflict itself is shown in test/rules.
    if (fixture.manifest !== null || fixture.places.length === 0) {
      expect(chosen?.content.kind === "json" ? chosen.content.value : null).toEqual(fixture.manifest);
    }
  });
});

const universal = matrix.filter(({ members }) => members !== undefined);
const lack = universal.length === 0 ? built.lack(/universal/) : undefined;

describeWith(lack, "a manifest in a universal file", () => {
  it.each(universal)("$id", (fixture) => {
    const slices = open(fixture).slices.map(({ arch, claim: { chosen } }) => ({
      arch,
      manifest: chosen?.content.kind === "json" ? chosen.content.value : null,
    }));
    expect(slices).toEqual(fixture.members);
  });
});

describe("what carries a name but no bytes", () => {
  const refusals: Readonly<Record<string, RegExp>> = {
    function: /is a function/,
    "indirect-function": /is a function/,
    "thread-local": /thread-local/,
    "zero-fill": /zero-filled memory/,
    import: /another library defines/,
    absolute: /absolute value|no segment/,
  };
  it.each(matrix.filter(({ shape }) => shape in refusals))("$id is refused with its reason", (fixture) => {
    const reasons = open(fixture).slices.flatMap(({ claim }) =>
      claim.carriers.map(({ content }) => (content.kind === "unreadable" ? content.reason : "")),
    );
    expect(reasons).not.toEqual([]);
    for (const reason of reasons) expect(reason).toMatch(refusals[fixture.shape] ?? /^$/);
  });
});
