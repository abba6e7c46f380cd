import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { checked, errorsIn } from "../support/checked-report.ts";
import { standIn } from "../support/need.ts";
import { describeFile, tool } from "../support/oracle/tool.ts";
import { PluginModule, versionOf, type BuiltHost } from "../support/plugin-module.ts";
import { missingGo } from "../collector/go-module.ts";
import { findGateway, testPlugin } from "./gateway.ts";

const patience = 600_000;
const source = fileURLToPath(new URL("plugin", import.meta.url));

/** One dependency of the plugin out of step with the gateway. */
interface Skew {
  readonly module: string;
  /** By how many minor releases the plugin is off. */
  readonly by: number;
  /** By a replacement in go.mod; what is required is in step. */
  readonly isReplaced?: true;
  /** The package that plugin.Open names: the deepest of the module's that both link. */
  readonly refused: string;
  /** What the command that fixes it contains, given the gateway's version. */
  readonly fix: (version: string) => string;
}

/** What `validate` comes to where nothing is wrong. */
const compatible = { code: 0, verdict: "compatible", message: null, errors: [] };

const net = "golang.org/x/net";
const text = "golang.org/x/text";

const skews: readonly (readonly [string, Skew])[] = [
  [
    "a direct dependency that is older than the gateway's",
    {
      module: net,
      by: -1,
      refused: `${net}/idna`,
      fix: (version) => `go get ${net}@${version} && go mod tidy`,
    },
  ],
  [
    "an indirect dependency that is newer than the gateway's",
    {
      module: text,
      by: 1,
      refused: `${text}/transform`,
      fix: (version) => `go mod edit -require=${text}@${version} && go mod tidy`,
    },
  ],
  [
    "a dependency that is replaced by an older one",
    {
      module: net,
      by: -1,
      isReplaced: true,
      refused: `${net}/idna`,
      fix: (version) =>
        `go mod edit -dropreplace=${net} -dropreplace=${net}@${version} -require=${net}@${version}`,
    },
  ],
];

function gatewayTests(): void {
  let gateway: BuiltHost;
  let folder = "";
  let module: PluginModule;
  const plugin = () => join(folder, "client.so");

  beforeAll(async () => {
    gateway = await findGateway();
  }, patience);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "krakend-"));
    module = new PluginModule(source, gateway);
  });
  afterEach(() => {
    module.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function validate() {
    const { code, report } = await checked(["validate", plugin(), "--host", gateway.path]);
    const [first] = report.plugins;
    if (first === undefined) throw new Error("there is a plugin");
    const { verdict, loader, findings } = first;
    return { code, verdict, message: loader.message, errors: errorsIn(findings) };
  }

  test(
    "a plugin in step with the gateway is loaded, and is compatible",
    async () => {
      await module.require();
      await module.build(plugin());
      expect(testPlugin(gateway, plugin())).toMatchObject({ code: 0 });
      expect(await validate()).toEqual(compatible);
    },
    patience,
  );

  test.each(skews)(
    "%s is named first, with the command that fixes it",
    async (_, skew) => {
      const version = neighbour(versionOf(gateway, skew.module), skew.by);
      await module.require({ ...skew, version });
      await module.build(plugin());
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
      expect(run).toContain(skew.fix(versionOf(gateway, skew.module)));

      module.run(run);
      await module.build(plugin());
      expect(testPlugin(gateway, plugin())).toMatchObject({ code: 0 });
      expect(await validate()).toEqual(compatible);
    },
    patience,
  );
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
