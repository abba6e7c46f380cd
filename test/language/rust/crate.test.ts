import { describe, expect, it } from "vitest";
import { rustCrates } from "../../../src/language/rust/crate.ts";

const crate = { name: "syn", version: "2.0.1", hash: "", from: ".dep-v0" };

describe("a crate", () => {
  it("is updated to the host's version", () => {
    const [each] = rustCrates.fix({ ...crate, version: "2.0.109" }, [crate]);
    expect(each).toMatchObject({ run: "cargo update -p syn@2.0.109 --precise 2.0.1" });
    expect(rustCrates.fix({ ...crate, version: undefined }, [crate])).toMatchObject([
      { run: "cargo update -p syn --precise 2.0.1" },
    ]);
  });

  it("is asked for in Cargo.toml where no update leads to the host's version", () => {
    const [major] = rustCrates.fix({ ...crate, version: "1.0.109" }, [crate]);
    expect(major).toMatchObject({ run: "cargo add syn@=2.0.1" });
    const [minor] = rustCrates.fix({ ...crate, version: "0.3.1" }, [{ ...crate, version: "0.4.0" }]);
    expect(minor).toMatchObject({ run: "cargo add syn@=0.4.0" });
  });

  it("of a Git repository needs the host's commit", () => {
    const [each] = rustCrates.fix({ ...crate, version: "2.0.0", source: "git" }, [crate]);
    expect(each).toMatchObject({ text: expect.stringContaining("rev in Cargo.toml") as string });
  });

  it("is looked up in the host's Cargo.lock if no single version is known", () => {
    const text = "Build against the version of syn in the host's Cargo.lock.";
    for (const theirs of [[], [{ ...crate, version: undefined }], [crate, { ...crate, version: "2.0.2" }]]) {
      expect(rustCrates.fix(crate, theirs)).toEqual([{ kind: "advice", text }]);
    }
    expect(rustCrates.fix(crate, [crate])).toMatchObject([{ kind: "advice" }]);
  });

  it("has a checksum that is its archive's SHA-256", () => {
    expect(rustCrates.archiveSha256("A".repeat(64))).toBe("a".repeat(64));
    expect(rustCrates.archiveSha256("h1:x=")).toBeUndefined();
  });
});
