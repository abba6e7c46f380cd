import { describe, expect, it, test } from "vitest";
import { buildMacho, buildUniversal } from "../../support/macho-builder.ts";
import { armHost, failureOf, predict, tried } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho } from "./signed-macho.ts";

const intel = { cputype: 0x0100_0007, cpusubtype: 3, bytes: buildMacho(intelLibrary).bytes, align: 14 };
const arm = { cputype: 0x0100_000c, cpusubtype: 0, bytes: signedMacho(armLibrary), align: 14 };

const entryAt = (index: number) => 8 + index * 20;

describe("the table of a universal file", () => {
  const whole = buildUniversal([intel, arm]);
  const put = (at: number, value: number) => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt32BE(value, at);
    return bytes;
  };
  const offsetOf = (index: number) => whole.readUInt32BE(entryAt(index) + 8);

  test.each([
    ["that is cut off", whole.subarray(0, 27), "fat file too short"],
    [
      "of a Java class",
      Buffer.concat([Buffer.from("cafebabe00000041", "hex"), Buffer.alloc(100)]),
      "fat file has too many slices (65)",
    ],
    ["with too many slices", put(4, 17), "fat file has too many slices (17)"],
    ["with a count beyond 2^31", put(4, 0xffffffff), "fat file has too many slices (-1)"],
    [
      "longer than the file",
      Buffer.concat([put(4, 16).subarray(0, 60)]),
      "slice headers extend beyond end of file",
    ],
    ["with a slice cut off", whole.subarray(0, whole.length - 1), "arm64 slice extends beyond end of file"],
    ["with a slice outside", put(entryAt(0) + 8, 0xfffff000), "x86_64 slice extends beyond end of file"],
    ["with a slice off its page", put(entryAt(1) + 8, offsetOf(1) - 0x1000), undefined],
    [
      "with two slices of one architecture",
      put(entryAt(1), 0x0100_0007).fill(3, entryAt(1) + 7, entryAt(1) + 8),
      "duplicate x86_64 slices",
    ],
    [
      "that names another architecture",
      put(entryAt(1), 0x0100_0007),
      "cpu type/subtype in slice (arm64) does not match fat header (unknown)",
    ],
    [
      "that names another model",
      put(entryAt(1) + 4, 0x80000002),
      "cpu type/subtype in slice (arm64) does not match fat header (arm64e)",
    ],
  ])("%s is refused", (_, bytes, problem) => {
    const { first, further } = failureOf(predict(bytes, armHost));
    if (problem === undefined) {
      // What is there is no image any more.
      expect(first.message).toBe(tried("slice is not valid mach-o file"));
      return;
    }
    expect(first).toMatchObject({ check: "universal-header", message: tried(problem) });
    expect(further).toEqual([]);
  });

  it("with an image that does not start at a page is refused", () => {
    const bytes = buildUniversal([{ ...arm, align: 12 }]);
    expect(bytes.readUInt32BE(entryAt(0) + 8)).toBe(0x1000);
    expect(failureOf(predict(bytes, armHost)).first.message).toBe(tried("slice is not page aligned"));
  });

  it("with overlapping slices is refused", () => {
    const bytes = put(entryAt(0) + 12, offsetOf(1) + 0x1000 - offsetOf(0));
    expect(failureOf(predict(bytes, armHost)).first.message).toBe(tried("overlapping slices"));
  });

  it("with slices out of order is taken", () => {
    const swapped = Buffer.from(whole);
    whole.copy(swapped, entryAt(0), entryAt(1), entryAt(2));
    whole.copy(swapped, entryAt(1), entryAt(0), entryAt(1));
    expect(predict(swapped, armHost).outcome).toBe("loads");
  });

  it("with entries of 64 bits is read alike", () => {
    expect(predict(buildUniversal([intel, arm], { bits: 64 }), armHost).outcome).toBe("loads");
    const bytes = buildUniversal([intel, arm], { bits: 64 });
    bytes.writeUInt32BE(1, 8 + 32 + 8);
    expect(failureOf(predict(bytes, armHost)).first.message).toBe(
      tried("arm64 slice extends beyond end of file"),
    );
  });

  it("that lacks the bits of arm64e's ABI is taken", () => {
    const library = signedMacho({ ...armLibrary, cpuSubtype: 0x80000002 });
    const bytes = buildUniversal([{ ...arm, cpusubtype: 2, bytes: library }]);
    expect(predict(bytes, armHost).outcome).toBe("loads");
  });
});
