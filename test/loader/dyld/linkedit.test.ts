import { describe, expect, it, test } from "vitest";
import { buildMacho } from "../../support/macho-builder.ts";
import {
  add,
  hostFor,
  lc,
  library,
  misalign,
  packed,
  poolOffset,
  spec,
  type Change,
} from "./linkedit-library.ts";
import { failureOf, firstOf, hostOf, intelHost, predict, tried, unknownOf } from "./open-host.ts";

/* No Mac takes part: what each release does is in dyld's sources and in reports (src/loader/dyld/linkedit.ts). */

it("a library whose tables are in order loads on every release", () => {
  expect(
    predict(
      library(() => undefined, "13.0", "27.0"),
      intelHost,
    ).outcome,
  ).toBe("loads");
});

describe("a string pool that is not aligned", () => {
  const built27 = library(misalign, "13.0", "27.0");

  it("is refused by macOS 27 in a file of its SDK, in these words", () => {
    expect(firstOf(predict(built27, hostFor("13.0", "27")))).toMatchObject({
      outcome: "refused",
      check: "linkedit",
      message: tried(`mis-aligned LINKEDIT string pool, fileOffset=0x${poolOffset(built27)}`),
      fix: expect.stringContaining("strip") as string,
      subject: "__LINKEDIT",
    });
  });

  it("is loaded by macOS 26 and earlier", () => {
    for (const release of ["13", "15.4", "26", "26.4"])
      expect(predict(built27, hostFor("13.0", release)).outcome).toBe("loads");
  });

  it("is unknown if the release is not named, which says where it fails and what to pass", () => {
    const { why } = unknownOf(predict(built27, hostFor("13.0")));
    expect(why).toBe(
      `The string pool in __LINKEDIT starts at 0x${poolOffset(built27)}, not at a multiple of 8: tools that strip a file can leave it so. It loads on macOS 13 to 26. It is refused on macOS 27 and later. Pass --target-macos to check for one release. To be sure: link it again without stripping it (strip = "none" in the Cargo profile), or strip it with an LLVM that aligns the string pool (llvm/llvm-project#203680), and sign it again.`,
    );
  });

  it("is refused without a doubt if host or library run on no earlier release", () => {
    for (const prediction of [
      predict(built27, hostFor("27.0")),
      predict(library(misalign, "27.0", "27.0"), hostFor("27.0")),
    ])
      expect(failureOf(prediction).first.check).toBe("linkedit");
  });

  it("is refused as well for an SDK that dyld takes for a later one, as gcc once wrote it", () => {
    const bytes = library(misalign, "13.0", "20.0");
    expect(firstOf(predict(bytes, hostFor("13.0", "27"))).check).toBe("linkedit");
  });

  it("is unknown with an SDK of macOS 26 on a macOS whose dyld is not published", () => {
    const bytes = library(misalign, "26.0", "26.0");
    const text =
      /^The string pool .* On macOS 27.* in files built with SDK 27 or later, and .* SDK 26\.0 is unknown/;
    expect(unknownOf(predict(bytes, hostFor("26.0"))).why).toMatch(text);
    expect(unknownOf(predict(bytes, hostFor("26.0"))).why).toMatch(/It loads on macOS 26\. .*--target-macos/);
    expect(unknownOf(predict(bytes, hostFor("26.0", "27"))).why).toMatch(text);
    expect(unknownOf(predict(bytes, hostFor("26.0", "27"))).why).not.toMatch("--target-macos");
    expect(predict(bytes, hostFor("26.0", "26")).outcome).toBe("loads");
  });

  it("is loaded by all releases in a file of an older SDK", () => {
    for (const release of [undefined, "13", "26", "27"])
      expect(predict(library(misalign, "13.0", "15.5"), hostFor("13.0", release)).outcome).toBe("loads");
  });
});

describe("tables in disorder", () => {
  test.each<[string, Change, RegExp]>([
    [
      "two that overlap",
      (bytes, { commandAt, tableAt }) => {
        bytes.writeUInt32LE(tableAt("symbols") + 8, commandAt(lc.dysymtab) + 56);
      },
      /the indirect symbol table at \d+ overlaps the symbol table/,
    ],
    [
      "one that starts before the segment",
      (bytes, { commandAt }) => {
        bytes.writeUInt32LE(0x2000, commandAt(lc.trie) + 8);
      },
      /the exports trie at 8192 overlaps the start of the segment/,
    ],
    [
      "one that ends after the segment",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.symtab) + 20, 0x100);
      },
      /the symbol table strings ends at \d+, the segment at \d+/,
    ],
    [
      "one that is not aligned",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.trie) + 8, 1);
        add(bytes, commandAt(lc.trie) + 12, -1);
      },
      /the exports trie starts at \d+, not at a multiple of 8/,
    ],
    [
      "a gap between the runs of symbols",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.dysymtab) + 16, 1);
      },
      /the exported symbols start at number 2, after 1 local ones/,
    ],
    [
      "local symbols that are not the first",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.dysymtab) + 8, 1);
      },
      /the local symbols start at number 1, not at 0/,
    ],
    [
      "imported symbols at a wrong place",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.dysymtab) + 24, 1);
      },
      /the imported symbols start at number 2, after 1 others/,
    ],
    [
      "counts of symbols that differ",
      (bytes, { commandAt }) => {
        add(bytes, commandAt(lc.dysymtab) + 28, 3);
      },
      /LC_DYSYMTAB counts 4 symbols, LC_SYMTAB 1/,
    ],
  ])("%s: only releases that check it leave it open", (_, change, problem) => {
    const bytes = library(change, "13.0", "14.0");
    const inDoubt = /^The tables in __LINKEDIT are in disorder: /;
    for (const host of [hostFor("13.0"), hostFor("13.0", "27")]) {
      const { why } = unknownOf(predict(bytes, host));
      expect(why).toMatch(inDoubt);
      expect(why).toMatch(problem);
    }
    expect(JSON.stringify(predict(bytes, hostFor("13.0", "14")))).not.toMatch("in disorder");
  });

  it("are open on macOS 11 as well, which has checks of its own", () => {
    const bytes = library(
      (all, { commandAt }) => {
        add(all, commandAt(lc.dysymtab) + 28, 3);
      },
      "11.0",
      "14.0",
    );
    const { why } = unknownOf(predict(bytes, hostFor("11.0")));
    expect(why).toMatch(/On macOS 11 this is unknown: .* It loads on macOS 12 to 26\. On macOS 27 and later/);
    expect(unknownOf(predict(bytes, hostFor("11.0", "11"))).why).toMatch("On macOS 11 this is unknown");
    expect(predict(bytes, hostFor("11.0", "12")).outcome).toBe("loads");
  });

  it("are not those in another order, which no release asks for", () => {
    const swapped = library(
      (bytes, { commandAt }) => {
        // The trie, now an empty one, moves into what was the end of the string pool.
        const [symtab, trie] = [commandAt(lc.symtab), commandAt(lc.trie)];
        add(bytes, symtab + 20, -8);
        bytes.writeUInt32LE(bytes.readUInt32LE(symtab + 16) + 24, trie + 8);
        bytes.writeUInt32LE(8, trie + 12);
      },
      "13.0",
      "27.0",
    );
    expect(JSON.stringify(predict(swapped, hostFor("13.0", "27")))).not.toMatch("LINKEDIT");
  });

  it("do not matter where a segment is wrong already", () => {
    const bytes = library(
      (all, built) => {
        misalign(all, built);
        all.writeUInt32LE(7, built.commandAt(lc.segment64, 0) + 60);
      },
      "13.0",
      "27.0",
    );
    expect(failureOf(predict(bytes, hostFor("27.0"))).further).toEqual([]);
  });

  it("are not looked at for a platform other than macOS", () => {
    const iOS = { platform: 2, minos: packed("14.0"), sdk: packed("27.0") };
    const built = buildMacho({ ...spec("14.0", "27.0"), buildVersion: iOS });
    misalign(built.bytes, built);
    const host = hostOf({ cpuType: 0x0100_0007, cpuSubtype: 3, buildVersion: iOS });
    expect(JSON.stringify(predict(built.bytes, host))).not.toMatch("LINKEDIT");
  });
});
