import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import prettier from "prettier";
import { describe, expect, it } from "vitest";
import { lockOf, policyDigest } from "../../../src/cli/config/lock-request.ts";
import { wholeHelp, type Setting } from "../../../src/cli/config/setting.ts";
import {
  settingNames,
  settingOf,
  settingTable,
  spelled,
  type SettingName,
} from "../../../src/cli/config/setting-table.ts";
import { inForce, type SomeSettings } from "../../../src/cli/config/settings.ts";
import { environmentVariables } from "../../../src/cli/config/environment.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

const root = new URL("../../../", import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), "utf8");
const schema = JSON.parse(textOf("schemas/config.schema.json")) as {
  readonly properties: Readonly<Record<string, JsonSchema>>;
};

async function formatted(path: string, text: string): Promise<string> {
  const filepath = new URL(path, root).pathname;
  return prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
}

/** What the schema says of a key. The items of a table are written in the schema itself. */
function keySchema(name: SettingName): JsonSchema {
  const row: Setting = settingOf(name);
  const { excludes } = row;
  const description = excludes === undefined ? row.help : `${row.help} Not together with ${excludes}.`;
  const text = { type: "string", minLength: 1 };
  switch (row.form) {
    case "text": {
      const { pattern, examples } = row;
      const form = pattern === undefined ? text : { type: "string", pattern };
      return { description, ...form, ...(examples === undefined ? {} : { examples }) };
    }
    case "path":
      return { description, ...text };
    case "texts":
    case "paths": {
      const some = row.default === undefined ? { minItems: 1 } : {};
      return { description, type: ["array", "string"], ...some, minLength: 1, items: text };
    }
    case "yes-or-no":
      return { description, type: "boolean", default: row.default };
    case "count":
      return { description, type: "integer", minimum: 0 };
    case "word":
      return { description, enum: row.words, default: row.default };
    case "severities":
    case "suppressions":
      return { ...schema.properties[name], description };
  }
}

/** One row of the table in docs/configuration.md. */
function documented(name: SettingName): string {
  const row = settingOf(name);
  const flag = row.form === "yes-or-no" ? spelled(name).replace("--", "--[no-]") : spelled(name);
  const see = row.page === undefined ? "" : ` See [${row.page}](${row.page}).`;
  const cells = [
    `\`${name}\``,
    flag === name ? "" : `\`${flag === "DIR" ? "DIR…" : flag}\``,
    row.variable === undefined ? "" : `\`${row.variable}\``,
    row.decides ? "yes" : "",
    `${wholeHelp(row)}${see}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

describe("the table of settings", () => {
  it("gives the keys of schemas/config.schema.json", async () => {
    const { $schema = {} } = schema.properties;
    const keys = settingNames.map((name) => [name, keySchema(name)] as const);
    const whole = { ...schema, properties: { $schema, ...Object.fromEntries(keys) } };
    const text = await formatted("schemas/config.schema.json", JSON.stringify(whole, null, 2));
    await expect(text).toMatchFileSnapshot("../../../schemas/config.schema.json");
  });

  it("gives the table of docs/configuration.md", async () => {
    const head = "| key | flag | environment | in the lock | meaning |\n| --- | --- | --- | --- | --- |";
    const table = [head, ...settingNames.map(documented)].join("\n");
    const page = textOf("docs/configuration.md").replace(
      /(?<=<!-- settings -->\n).*(?=<!-- \/settings -->)/s,
      `\n${table}\n\n`,
    );
    const text = await formatted("docs/configuration.md", page);
    await expect(text).toMatchFileSnapshot("../../../docs/configuration.md");
  });

  it("gives each flag and each variable to one setting", () => {
    const given = settingNames.flatMap((name) => [spelled(name), settingOf(name).variable ?? name]);
    const twice = given.filter((each, at) => given.indexOf(each) !== at);
    expect(twice.filter((each) => !(each in settingTable))).toEqual([]);
  });

  it("says in plain words what each of them is", () => {
    const help = [
      ...settingNames.map((name) => settingOf(name).help),
      ...Object.values(environmentVariables),
    ];
    for (const each of help) expect(each).toMatch(/^[A-Za-z0-9].*\.$/);
  });

  it("excludes only settings that there are", () => {
    const excluded = settingNames.flatMap((name) => settingOf(name).excludes ?? []);
    expect(excluded.filter((name) => !(name in settingTable))).toEqual([]);
  });
});

describe("schemas/config.schema.json", () => {
  it("is a valid schema", () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });
});

/** For each setting a value that is not its default. */
const another: Required<SomeSettings> = {
  folders: ["dist"],
  recursive: true,
  host: ["otelcol"],
  hostManifest: ["host.json"],
  arch: "aarch64",
  sysroot: "image",
  targetGlibc: "2.31",
  targetCpu: "x86-64-v3",
  targetMacos: "26",
  archiveFolders: ["/opt/plugins"],
  platform: "linux/arm64",
  image: "app:1",
  sections: [".manifest"],
  symbols: ["manifest"],
  expect: ["kafkaexporter"],
  allowUnknown: true,
  failOn: "warning",
  maxWarnings: 0,
  policy: "loader",
  severities: { "claim-flags": "off" },
  suppressions: [{ rule: "claim-flags", reason: "known" }],
  requireManifest: true,
  locked: true,
  lockFile: "other.lock.json",
};

function digest(values: SomeSettings): string {
  return policyDigest(inForce([{ values, originOf: () => ({ kind: "default" }) }]));
}

describe("what a lock and a shard cover", () => {
  it.each(settingNames)("follows from whether %s decides", (name) => {
    const isCovered = digest({ [name]: another[name] }) !== digest({});
    expect(isCovered).toBe(settingOf(name).decides);
  });

  it("is listed in the lock's request, as people give each setting", () => {
    const settings = inForce([{ values: {}, originOf: () => ({ kind: "default" }) }]);
    const deciding = settingNames.filter((name) => settingOf(name).decides);
    expect(lockOf({ ...settings, configFile: undefined, configFoundBy: undefined }).settings).toEqual(
      deciding.map(spelled),
    );
  });

  it("is the same wherever the files of the system are, and in whatever order plugins are expected", () => {
    expect(digest({ sysroot: "/mnt/a" })).toBe(digest({ sysroot: "/mnt/b" }));
    expect(digest({ expect: ["a", "b", "a"] })).toBe(digest({ expect: ["b", "a"] }));
  });

  it("has the digest that locks have had so far", () => {
    expect(digest({ failOn: "never", policy: "strict" })).toMatch(/^9e002f76f7d2225d/);
    expect(
      digest({
        expect: ["b", "a", "b"],
        sections: [".x"],
        symbols: ["y", "z"],
        maxWarnings: 3,
        policy: "loader",
        allowUnknown: true,
        failOn: "never",
      }),
    ).toMatch(/^80476b161dbca3f9/);
  });
});
