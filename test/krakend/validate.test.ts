import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { standIn } from "../support/need.ts";
import { describeFile, tool } from "../support/oracle/tool.ts";
import { runCli } from "../support/run-cli.ts";
import { missingGo, runGo } from "../collector/go-module.ts";
import { findGateway, testPlugin, type Gateway } from "./gateway.ts";

const patience = 600_000;
const source = fileURLToPath(new URL("plugin", import.meta.url));

/** The part of the JSON report that is looked at. */
interface Report {
  readonly plugins: readonly {
    readonly verdict: string;
    readonly loader: { readonly message: string | null };
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly subject?: string;
      readonly fix: readonly { readonly kind: string; readonly run?: string }[];
    }[];
  }[];
}

/** One dependency of the plugin out of step with the gateway. */
interface Skew {
  readonly module: string;
  /** By how many minor releases the plugin is off. */
  readonly by: number;
  /** By a replacement in go.mod; what is required is in step. */
  readonly isReplaced?: true;
  /** The package that plugin.Open names: the deepest of the module's that both link. */
  readonly refused: string;
  /** The command that fixes it, given the gateway's version. */
  readonly fix: (version: string) => string;
}

/** What `validate` comes to where nothing is wrong. */
const compatible = { code: 0, verdict: "compatible", message: null, errors: [] };

const net = "golang.org/x/net";
const text = "golang.org/x/text";

const skews: readonly (readonly [string, Skew])[] = [
  [
    "a direct dependency that is older than the gateway's",
    { module: net, by: -1, refused: `${net}/idna`, fix: (version) => `go get ${net}@${version}` },
  ],
  [
    "an indirect dependency that is newer than the gateway's",
    {
      module: text,
      by: 1,
      refused: `${text}/transform`,
      fix: (version) => `go mod edit -replace=${text}=${text}@${version} && go mod tidy`,
    },
  ],
  [
    "a dependency that is replaced by an older one",
    {
      module: net,
      by: -1,
      isReplaced: true,
      refused: `${net}/idna`,
      fix: (version) => `go mod edit -dropreplace=${net} && go get ${net}@${version}`,
    },
  ],
];

function gatewayTests(): void {
  let gateway: Gateway;
  let folder = "";
  const plugin = () => join(folder, "client.so");

  beforeAll(async () => {
    gateway = await findGateway();
  }, patience);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "krakend-"));
    cpSync(source, folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes the plugin's go.mod: everything in step with the gateway but one module. */
  async function require(skew?: Skew): Promise<void> {
    const template = readFileSync(join(folder, "go.mod.template"), "utf8");
    const goMod = template.replace(/\{\{(.*?)\}\}/g, (_, module: string) => {
      const version = versionOf(gateway, module);
      return module === skew?.module && skew.isReplaced !== true ? neighbour(version, skew.by) : version;
    });
    writeFileSync(join(folder, "go.mod"), goMod);
    if (skew?.isReplaced === true) {
      const other = neighbour(versionOf(gateway, skew.module), skew.by);
      await runGo(gateway.release, folder, [
        "mod",
        "edit",
        `-replace=${skew.module}=${skew.module}@${other}`,
      ]);
    }
    await runGo(gateway.release, folder, ["mod", "tidy"]);
  }

  async function build(): Promise<void> {
    const flags = ["-buildmode=plugin", ...gateway.flags];
    await runGo(gateway.release, folder, ["build", ...flags, "-o", plugin(), "."]);
  }

  async function validate() {
    const { code, stdout } = await runCli(["validate", plugin(), "--host", gateway.path, "--json"]);
    // Not findings but a tool that could not do its job: its own words are the best failure message.
    if (code === 2) throw new Error(stdout);
    const { plugins } = JSON.parse(stdout) as Report;
    const [report] = plugins;
    if (report === undefined) throw new Error("there is a plugin");
    const { verdict, loader, findings } = report;
    const errors = findings.filter(({ severity }) => severity === "error");
    return { code, verdict, message: loader.message, errors };
  }

  test(
    "a plugin in step with the gateway is loaded, and is compatible",
    async () => {
      await require();
      await build();
      expect(testPlugin(gateway, plugin())).toMatchObject({ code: 0 });
      expect(await validate()).toEqual(compatible);
    },
    patience,
  );

  test.each(skews)(
    "%s is named first, with the command that fixes it",
    async (_, skew) => {
      await require(skew);
      await build();
      const name = plugin().replace(/\.so$/, "");
      const refusal = `plugin.Open("${name}"): plugin was built with a different version of package ${skew.refused}`;
      const before = testPlugin(gateway, plugin());
      expect(before.code).not.toBe(0);
      expect(before.output).toContain(refusal);

      const { errors, ...judged } = await validate();
      const [first] = errors;
      expect(judged).toEqual({ code: 1, verdict: "incompatible", message: refusal });
      expect(first).toMatchObject({ rule: "dependency-mismatch", subject: skew.module });
      expect(errors.filter(({ rule }) => rule === "dependency-mismatch")).toHaveLength(1);
      const run = first?.fix[0]?.run ?? "";
      expect(run).toBe(skew.fix(versionOf(gateway, skew.module)));

      execFileSync("sh", ["-c", run], { cwd: folder, stdio: "pipe" });
      await build();
      expect(testPlugin(gateway, plugin())).toMatchObject({ code: 0 });
      expect(await validate()).toEqual(compatible);
    },
    patience,
  );
}

function versionOf(gateway: Gateway, module: string): string {
  const version = gateway.modules.get(module);
  if (version === undefined) throw new Error(`${gateway.path} does not link ${module}`);
  return version;
}

/** v0.56.0 and -1 give v0.55.0: the modules of golang.org/x have a minor release each month and no gaps. */
function neighbour(version: string, by: number): string {
  return version.replace(/^v0\.(\d+)\..*$/, (_, minor: string) => `v0.${(Number(minor) + by).toString()}.0`);
}

if (process.env["KRAKEND"] === "1") {
  const file = { label: "a gateway with client plugins", path: "", missing: missingGo(), isPinned: true };
  describeFile(file, [tool("cc")], gatewayTests);
} else {
  standIn("KRAKEND=1 is not set", "a gateway with client plugins, which takes some minutes to build", {
    optional: true,
  });
}
