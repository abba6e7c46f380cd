import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../../src/author/generate/generate.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { compiledFor } from "../../support/cargo-sources.ts";
import { need, standIn } from "../../support/need.ts";

/** Components of the Collector that are built as plugins. */
const collector = "v0.155.0";
const components = [
  "processor/batchprocessor",
  "processor/memorylimiterprocessor",
  "exporter/debugexporter",
  "exporter/nopexporter",
  "exporter/otlpexporter",
  "receiver/nopreceiver",
  "receiver/otlpreceiver",
  "connector/forwardconnector",
  "extension/zpagesextension",
  "extension/memorylimiterextension",
] as const;

/** A version without the assembly that no plugin can contain. */
const lz4 = "github.com/pierrec/lz4/v4@v4.1.31";

/** Crates of crates.io, and what else the package has. */
const crates: Readonly<Record<string, string>> = {
  json: 'serde_json = "1"\nserde = { version = "1", features = ["derive"] }\n',
  regex: 'regex = "1"\n',
  tokio: 'tokio = { version = "1", features = ["full"] }\n',
  prost: 'prost = "0.14"\n',
  chrono: 'chrono = { version = "0.4", features = ["serde"] }\n',
  clap: 'clap = { version = "4", features = ["derive"] }\n',
  tracing: 'tracing-subscriber = { version = "0.3", features = ["env-filter"] }\n',
  "two-rands": 'rand = "0.9"\nolder = { package = "rand", version = "0.8" }\n',
  uuid: 'uuid = { version = "1", features = ["v4"] }\nurl = "2"\n',
  "with-build": 'bytes = "1"\nhttp = "1"\n\n[build-dependencies]\nserde_json = "1"\nregex = "1"\n',
};

const name = "real packages";

if (process.env["MANIFEST"] === "1") {
  describe(name, () => {
    let root: string;
    beforeAll(() => {
      need("go", "gcc", "cargo");
      root = mkdtempSync(join(tmpdir(), "real-packages-"));
    });
    afterAll(() => {
      rmSync(root, { recursive: true, force: true });
    });

    const write = (folder: string, files: Readonly<Record<string, string>>): string => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, folder, path)), { recursive: true });
        writeFileSync(join(root, folder, path), text);
      }
      return join(root, folder);
    };
    const run = (cwd: string, program: string, ...args: readonly string[]): string =>
      execFileSync(program, args, {
        cwd,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        stdio: ["ignore", "pipe", "pipe"],
      });
    const manifestOf = async (path: string, ...buildArguments: readonly string[]): Promise<Manifest> => {
      const settings = new Map([["build_time", "2026-01-02T03:04:05Z"]]);
      return (await generate({ files: disk, path, buildArguments, settings, started: () => undefined }))
        .manifest;
    };

    test.each(components)("%s: the Go set is that of the build info", async (component) => {
      const path = `go.opentelemetry.io/collector/${component}`;
      const [kind = "", own = ""] = component.split("/");
      const folder = write(`go/${own}`, {
        "go.mod": `module example.com/${own}\n\ngo 1.25\n`,
        "main.go": `package main\n\nimport (\n\t"${path}"\n\t"go.opentelemetry.io/collector/${kind}"\n)\n\nfunc NewFactory() ${kind}.Factory { return ${own}.NewFactory() }\n\nfunc main() {}\n`,
      });
      run(folder, "go", "get", `${path}@${collector}`, lz4);
      run(folder, "go", "mod", "tidy");
      const built = join(root, `${own}.so`);
      run(folder, "go", "build", "-buildmode=plugin", "-trimpath", "-o", built, ".");
      const manifest = await manifestOf(folder, "-buildmode=plugin", "-trimpath");
      expect(manifest.components).toEqual([
        { kind, type: expect.any(String) as string, symbol: "NewFactory" },
      ]);
      const { components: found = [], ...rest } = manifest;
      console.log(
        `${component}: ${Object.keys(rest.dependency_hashes).length} modules, type ${found[0]?.type ?? ""}`,
      );
      expect(rest).toEqual(await manifestOf(built));
    });

    test.each(Object.entries(crates))(
      "%s: the Rust set is what cargo compiles",
      async (crate, dependencies) => {
        const folder = write(`rust/${crate}`, {
          "Cargo.toml": `[package]\nname = "plugin"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n\n[dependencies]\n${dependencies}`,
          "src/lib.rs": "",
          ...(crate === "with-build" ? { "build.rs": "fn main() {}\n" } : {}),
        });
        run(folder, "cargo", "generate-lockfile");
        const target = /^host: (.+)$/m.exec(run(folder, "rustc", "-vV"))?.[1] ?? "";
        const manifest = await manifestOf(folder, "--target", target);
        const shared = ["--target", target, "--target-dir", join(root, "target")];
        const messages = run(folder, "cargo", "build", "--locked", ...shared, "--message-format=json");
        const linked = Object.keys(manifest.dependency_hashes).sort();
        console.log(`${crate}: ${linked.length} crates`);
        expect(linked).toEqual(compiledFor(target, messages, "plugin@0.1.0"));
        for (const hash of Object.values(manifest.dependency_hashes)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
        expect(existsSync(join(folder, "target"))).toBe(false);
      },
    );
  });
} else {
  standIn("MANIFEST=1 is not set", `${name}, which take some minutes to build`, { optional: true });
}
