import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Version } from "@cyclonedx/cyclonedx-library/Spec";
import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
};
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};
const page = readFileSync(join(root, "docs/dependencies.md"), "utf8");
const licenses = readFileSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");

let folder: string;
let tarball: string;
const at = (...names: readonly string[]): string => join(folder, ...names);

/** @returns the tarball's path. */
function pack(from: string, to: string): string {
  mkdirSync(to, { recursive: true });
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", to];
  return join(to, execFileSync("npm", args, { cwd: from, encoding: "utf8" }).trim());
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-package-"));
  tarball = pack(root, at("one"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the package", () => {
  it("has few files", () => {
    const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
    expect(files.length).toBeLessThan(40);
    expect(files).toContain("package/dist/THIRD-PARTY-LICENSES.txt");
  });

  it("has the same bytes wherever and whenever it is packed", () => {
    const copy = at("copy");
    execFileSync("tar", ["-xzf", tarball, "-C", folder]);
    cpSync(at("package"), copy, { recursive: true });
    utimesSync(join(copy, "package.json"), new Date(), new Date());
    expect(readFileSync(pack(copy, at("two"))).equals(readFileSync(tarball))).toBe(true);
  });

  it("runs where it is unpacked, with nothing else", () => {
    execFileSync("tar", ["-xzf", tarball, "-C", folder]);
    const run = (...args: readonly string[]): string =>
      execFileSync(process.execPath, [at("package/bin/run.js"), ...args], { cwd: folder, encoding: "utf8" });
    expect(run("--version")).toContain(`otelcol-plugins/${version} `);
    expect(run("explain", "claim-target")).toContain("claim-target");
    expect(run("schema", "manifest")).toBe(readFileSync(join(root, "schemas/manifest.schema.json"), "utf8"));
    expect(run("completion", "bash")).toContain("complete ");
    expect(run("man")).toBe(readFileSync(at("package/dist/man/plugins.1"), "utf8"));
    const plugins = join(root, "fixtures/sample-rust/plugins");
    expect(run("list", plugins, "--json")).toContain('"kafkaexporter"');
  });

  it("is installed without the network, brings no other package, and is a library too", () => {
    mkdirSync(at("project"));
    writeFileSync(at("project/package.json"), "{}");
    const options = { cwd: at("project"), encoding: "utf8" } as const;
    execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", tarball], options);
    expect(readdirSync(at("project/node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "otelcol-plugins",
    ]);
    expect(execFileSync(at("project/node_modules/.bin/plugins"), ["--version"], options)).toContain(version);
    const text = `import { rules } from "otelcol-plugins"; console.log(Object.keys(rules).length > 20);`;
    const args = ["--input-type=module", "-e", text];
    expect(execFileSync(process.execPath, args, options)).toBe("true\n");
    const required = `console.log(typeof require("otelcol-plugins").checkAll)`;
    expect(execFileSync(process.execPath, ["-e", required], options)).toContain("function\n");
  });
});

describe("a Node that is too old", () => {
  const entry = join(root, "bin/run.js");

  it.each(["16.20.2", "18.20.8", "20.18.3"])("is told so in one line, with exit code 2: %s", (old) => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "${old}" })`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", pretend, entry, "list"], {
      encoding: "utf8",
    });
    expect([status, stdout, stderr]).toEqual([
      2,
      "",
      `plugins: Node 20.19 or later is needed, and this is Node ${old}\n`,
    ]);
  });

  it("can read the entry file", () => {
    // esbuild refuses what it cannot say in the words of 2009.
    expect(() => transformSync(readFileSync(entry, "utf8"), { target: "es5" })).not.toThrow();
    expect(() => transformSync("const a = 1;", { target: "es5", logLevel: "silent" })).toThrow();
  });
});

describe("the packages that are bundled", () => {
  const bundled = [...licenses.matchAll(/^=+\n\n(\S+) (\S+) \((.+)\)\n/gm)].map(
    ([, name = "", at = "", license = ""]) => ({
      name,
      version: at,
      license,
    }),
  );

  it("are those of the lock file", () => {
    expect(bundled.length).toBeGreaterThan(20);
    const versions = new Set(
      Object.entries(lock.packages).map(
        ([path, each]) => `${path.replace(/^.*node_modules\//, "")} ${each.version ?? ""}`,
      ),
    );
    expect(bundled.filter((each) => !versions.has(`${each.name} ${each.version}`))).toEqual([]);
  });

  it("are under a license that docs/dependencies.md names", () => {
    const named = (/^- \*\*Licenses\.\*\*.*?\n(?=- )/ms.exec(page)?.[0] ?? "").split(/[\s,]+/);
    const isNamed = (license: string): boolean => named.some((name) => license === name.replace(/\.$/, ""));
    const allowed = (license: string): boolean => license.replace(/[()]/g, "").split(" OR ").some(isNamed);
    expect(bundled.filter(({ license }) => !allowed(license))).toEqual([]);
  });

  it("are all in the table of docs/dependencies.md", () => {
    const named = [...page.matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    );
    expect(named.sort()).toEqual([...new Set(bundled.map(({ name }) => name))].sort());
  });
});

describe("the bill of materials", () => {
  const sbom = (): string =>
    execFileSync(process.execPath, [join(root, "scripts/sbom.js")], { encoding: "utf8" });

  it("is valid, names what is bundled, and is the same again", async () => {
    const text = sbom();
    expect(await new JsonStrictValidator(Version.v1dot6).validate(text)).toBeNull();
    const { components } = JSON.parse(text) as {
      readonly components: readonly {
        readonly name: string;
        readonly version: string;
        readonly hashes: unknown;
      }[];
    };
    const named = [...licenses.matchAll(/^=+\n\n(\S+ \S+) \(/gm)].map(([, name]) => name);
    expect(components.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(named.sort());
    for (const { hashes } of components) expect(hashes).toMatchObject([{ alg: "SHA-512" }]);
    expect(sbom()).toBe(text);
  });
});

describe("a build", () => {
  it("is refused if a part of it loads what no file has", async () => {
    // @ts-expect-error -- the script is JavaScript without types
    const { refuseUnknownLoads } = (await import("../../scripts/bundle.js")) as {
      readonly refuseUnknownLoads: (
        chunks: readonly { readonly id: string; readonly code: string }[],
      ) => void;
    };
    const chunks = [
      { id: "a.js", code: 'const b = require("./b.js"), fs = require("node:fs")' },
      { id: "b.js", code: "" },
    ];
    expect(() => {
      refuseUnknownLoads(chunks);
    }).not.toThrow();
    expect(() => {
      refuseUnknownLoads([{ id: "a.js", code: 'Promise.resolve().then(() => require("./object/open.js"))' }]);
    }).toThrow("a.js loads object/open.js");
  });

  it("gives the same bundle in every folder", () => {
    const bundle = (name: string): Record<string, string> => {
      const script = `import { bundleCommandLine } from ${JSON.stringify(join(root, "scripts/bundle.js"))};
        await bundleCommandLine(${JSON.stringify(at(name))}, { commands: {}, manPage: "" });`;
      execFileSync(process.execPath, ["--input-type=module", "-e", script]);
      return Object.fromEntries(
        readdirSync(at(name)).map((file) => [file, readFileSync(at(name, file), "utf8")]),
      );
    };
    const first = bundle("built/here");
    expect(Object.keys(first)).toContain("start.cjs");
    expect(bundle("elsewhere")).toEqual(first);
  });
});
