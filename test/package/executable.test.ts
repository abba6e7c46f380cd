import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { Image } from "../../src/object/image.ts";
import { openObject } from "../../src/object/open.ts";
import { describeWith, lackOf, notRoot, testWith } from "../support/need.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const build = join(root, "scripts/release-files.js");
const installed = join(root, "bin/run.js");

/** What docs/executables.md says that the ones for Linux need. */
const libraries = [
  "libc.so.6",
  "libm.so.6",
  "libdl.so.2",
  "libpthread.so.0",
  "libstdc++.so.6",
  "libgcc_s.so.1",
];

const lack =
  process.env["EXECUTABLE"] === "1"
    ? process.platform === "linux" && process.arch === "x64"
      ? undefined
      : "not Linux on x86-64"
    : "no EXECUTABLE=1, which fetches Node for four targets from npm";

describeWith(
  lack,
  "single-file executables",
  () => {
    let folder: string;
    const at = (...names: readonly string[]): string => join(folder, ...names);

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "plugins-executables-"));
      execFileSync(process.execPath, [build, "--out", folder], { stdio: ["ignore", "ignore", "inherit"] });
      // A system with nothing but what the executable needs.
      mkdirSync(at("system/lib64"), { recursive: true });
      mkdirSync(at("system/lib/x86_64-linux-gnu"), { recursive: true });
      copyFileSync(at("plugins-linux-x64"), at("system/plugins"));
      const listed = execFileSync("ldd", [at("plugins-linux-x64")], { encoding: "utf8" });
      const found = [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
      for (const path of found) {
        const place = path.includes("ld-linux") ? "lib64" : "lib/x86_64-linux-gnu";
        copyFileSync(realpathSync(path), at("system", place, basename(path)));
      }
      cpSync(join(root, "fixtures/sample-rust"), at("system/sample"), { recursive: true });
    }, 600_000);

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it("are four, beside the package and its bill of materials, and SHA256SUMS has the sum of each", () => {
      const { status, stdout } = spawnSync("sha256sum", ["-c", "SHA256SUMS"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(status).toBe(0);
      const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        readonly version: string;
      };
      const executables = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"];
      const names = [
        ...executables.map((target) => `plugins-${target}`),
        `otelcol-plugins-${version}.tgz`,
        "otelcol-plugins.cdx.json",
      ];
      expect(stdout.trim().split("\n").sort()).toEqual(names.map((name) => `${name}: OK`).sort());
      const list = execFileSync("tar", ["-tzf", at(`otelcol-plugins-${version}.tgz`)], { encoding: "utf8" });
      expect(list).toContain("package/dist/cli/start.cjs\n");
      const bom = JSON.parse(readFileSync(at("otelcol-plugins.cdx.json"), "utf8")) as object;
      expect(bom).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { version } } });
    });

    it("for Linux needs the libraries that the page names, and no others", () => {
      const text = execFileSync("readelf", ["-d", at("plugins-linux-x64")], { encoding: "utf8" });
      const needed = [...text.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name = ""]) => name);
      expect(needed.filter((name) => !name.startsWith("ld-linux")).sort()).toEqual([...libraries].sort());
      const page = readFileSync(join(root, "docs/executables.md"), "utf8");
      for (const name of libraries) expect(page).toContain(`\`${name}\``);
    });

    describe.each([
      ["--version", ["--version"]],
      ["check-all", ["check-all", "sample/plugins", "--host", "sample/otelcol", "--json"]],
      ["explain", ["explain", "claim-target"]],
      ["schema", ["schema", "report"]],
      ["completion", ["completion", "zsh"]],
      ["man", ["man"]],
      ["help", ["check-all", "--help"]],
      ["a wrong flag", ["list", "--wrong"]],
      ["cyclonedx", ["list", "sample/plugins", "-o", "cyclonedx"]],
    ])("%s", (_, args) => {
      const { PATH = "" } = process.env;
      /** What may differ: which Node runs it, and how long it took. */
      const got = (command: string, ...before: readonly string[]): readonly unknown[] => {
        const { status, stdout, stderr } = spawnSync(command, [...before, ...args], {
          cwd: at("system"),
          encoding: "utf8",
          env: { PATH, LANG: "C.UTF-8" },
        });
        return [status, stdout.replace(/linux-\w+ node-v\S+/, ""), stderr.replace(/\d+\.\d\d s$/m, "")];
      };
      const expected = (): readonly unknown[] => got(process.execPath, installed);

      testWith(notRoot, "is the package's, in a system without Node", () => {
        expect(got("chroot", at("system"), "/plugins")).toEqual(expected());
      });

      testWith(lackOf("qemu-aarch64"), "is the package's, on arm64", () => {
        const libraries = "/usr/aarch64-linux-gnu";
        expect(got("qemu-aarch64", "-L", libraries, at("plugins-linux-arm64"))).toEqual(expected());
      });
    });

    it.each(["darwin-arm64", "darwin-x64"])("for %s has a signature that fits every page", (target) => {
      const image = Image.open(disk, at(`plugins-${target}`));
      try {
        const [slice] = openObject(image).slices;
        if (slice?.object.format !== "macho") throw new Error("not Mach-O");
        expect(slice.object.signature?.directory.codeLimit).toBe(
          BigInt(slice.object.codeSignature?.offset ?? 0),
        );
        expect(slice.object.checkPages()).toMatchObject({ changed: 0 });
      } finally {
        image.close();
      }
    });

    testWith(notRoot ?? lackOf("musl-gcc"), "for Linux does not start where there is only musl", () => {
      const loader = "lib/ld-musl-x86_64.so.1";
      mkdirSync(at("musl/lib"), { recursive: true });
      copyFileSync(realpathSync(join("/", loader)), at("musl", loader));
      copyFileSync(at("plugins-linux-x64"), at("musl/plugins"));
      const { status, stderr } = spawnSync("chroot", [at("musl"), "/plugins"], { encoding: "utf8" });
      expect(status).toBe(127);
      expect(stderr).toContain("No such file or directory");
    });
  },
  { optional: true },
);
