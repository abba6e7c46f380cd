import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAuditedBuild, type AuditedBuild } from "../../../src/evidence/rust/cargo-audit.ts";
import type { AuditedPackage } from "../../../src/evidence/rust/cargo-audit-package.ts";
import { readRustEvidence } from "../../../src/evidence/rust/evidence.ts";
import { cargoBuilds } from "../../support/cargo-builds.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeFile } from "../../support/oracle/tool.ts";

const builds = await cargoBuilds();

describeFile(
  { label: "cargo auditable's output", path: "", missing: builds.missing, isPinned: true },
  [],
  () => {
    describe.each(["debug", "release", "strip-symbols"] as const)("%s", (variant) => {
      const read = readAuditedBuild(openFile(builds.file(variant)));
      const build = (read as { value?: AuditedBuild }).value;
      const named = (name: string): AuditedPackage | undefined =>
        build?.packages.find((each) => each.name === name);

      test("its packages are those of Cargo.lock", () => {
        const lock = readFileSync(builds.file("Cargo.lock"), "utf8");
        const locked = [...lock.matchAll(/^name = "(.*)"\nversion = "(.*)"$/gm)].map((match) =>
          match.slice(1),
        );
        expect(build?.packages.map(({ name, version }) => [name, version])).toEqual(locked);
      });

      test("the plugin is the root", () => {
        expect(named("otel-sample")).toMatchObject({ version: "0.3.1", source: "local", root: true });
      });

      test("a dependency is of crates.io and in the binary", () => {
        expect(named("slab")).toMatchObject({
          version: "0.4.9",
          source: "crates.io",
          kind: "runtime",
          root: false,
        });
      });

      test("a build dependency is told from one that is in the binary", () => {
        expect(named("cfg-if")).toMatchObject({ kind: "build" });
      });

      test("dependencies lead from package to package", () => {
        const indices = named("otel-sample")?.dependencies ?? [];
        expect(indices.map((index) => build?.packages[index]?.name)).toEqual([
          "cfg-if",
          "itoa",
          "slab",
          "smallvec",
        ]);
      });
    });

    test("llvm-strip takes the list away", () => {
      expect(readAuditedBuild(openFile(builds.file("llvm-strip")))).toMatchObject({ known: false });
    });

    test.each([
      ["debug", ["itoa@1.0.15", "slab@0.4.9", "smallvec@1.13.2"]],
      ["release", ["slab@0.4.9", "smallvec@1.13.2"]],
      ["llvm-strip", ["slab@0.4.9", "smallvec@1.13.2"]],
    ] as const)("packages by the paths of their panics in %s", (variant, expected) => {
      const crates = readRustEvidence(openFile(builds.file(variant)))?.crates;
      expect(
        crates?.known === true ? crates.value.map(({ name, version }) => `${name}@${version}`) : [],
      ).toEqual(expected);
    });

    test("the registry is named as Cargo names it", () => {
      const crates = readRustEvidence(openFile(builds.file("release")))?.crates;
      expect(crates).toMatchObject({
        value: [{ registry: "index.crates.io" }, { registry: "index.crates.io" }],
      });
    });

    test.each([
      ["debug", ["debug moderate", "debug weak"]],
      ["release", []],
      ["strip-symbols", []],
    ] as const)("hints at the profile in %s", (variant, expected) => {
      const hints = readRustEvidence(openFile(builds.file(variant)))?.profile.hints;
      expect(hints?.map(({ profile, strength }) => `${profile} ${strength}`)).toEqual(expected);
    });
  },
);
