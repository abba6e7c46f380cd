import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, type CliRun } from "../support/run-cli.ts";

/** How many runs of each command are ended by each signal. `npm run test:interrupts` ends 200. */
const moments = Number(process.env["INTERRUPTS"] ?? 12);

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
const codes = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 } as const;
type Signal = keyof typeof codes;

let root: string;
const at = (...names: readonly string[]): string => join(root, ...names);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "plugins-interrupts-"));
  mkdirSync(at("plugins"));
  copyFileSync(join(sample, "otelcol"), at("otelcol"));
  for (let index = 0; index < 50; index++)
    symlinkSync(join(sample, "plugins/kafkaexporter.so"), at("plugins", `plugin-${index}.so`));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

interface Kind {
  readonly args: readonly string[];
  /** The file that it writes. */
  readonly file: string | undefined;
}

const common = ["plugins", "--host", "otelcol", "--no-config"];
const kinds = {
  "check-all": { args: ["check-all", ...common], file: undefined },
  lock: {
    args: ["lock", ...common, "--fail-on", "never", "--lock-file", "out/plugins.lock.json"],
    file: "plugins.lock.json",
  },
  "check-all -o json=FILE": {
    args: ["check-all", ...common, "-o", "json=out/report.json"],
    file: "report.json",
  },
} as const satisfies Readonly<Record<string, Kind>>;

interface Whole {
  readonly code: number;
  readonly stdout: string;
  readonly text: string;
  readonly milliseconds: number;
}

const wholes = new Map<string, Promise<Whole>>();

/** What a run that nothing ends gives, and how long it takes. */
function wholeOf(name: keyof typeof kinds): Promise<Whole> {
  const { args, file } = kinds[name];
  const made = async (): Promise<Whole> => {
    emptyOut();
    const start = performance.now();
    const { code, stdout } = await runCli(args, { cwd: root });
    const milliseconds = performance.now() - start;
    return { code, stdout, text: file === undefined ? "" : contentOf(file), milliseconds };
  };
  const known = wholes.get(name) ?? made();
  wholes.set(name, known);
  return known;
}

function emptyOut(): void {
  rmSync(at("out"), { recursive: true, force: true });
  mkdirSync(at("out"));
}

function contentOf(file: string): string {
  return existsSync(at("out", file)) ? readFileSync(at("out", file), "utf8") : "";
}

/** When the signal is sent: some time after the start, or after something appears in the folder that is written to. */
type Moment =
  | { readonly kind: "time"; readonly milliseconds: number }
  | { readonly kind: "write"; readonly milliseconds: number };

function momentOf(index: number, hasFile: boolean, { milliseconds }: Whole): Moment {
  // The file is written in a small part of the time: half of the signals are for that part.
  return hasFile && index % 2 === 1
    ? { kind: "write", milliseconds: Math.random() * 12 }
    : { kind: "time", milliseconds: Math.random() * milliseconds * 1.1 };
}

async function interrupted(args: readonly string[], signal: Signal, moment: Moment): Promise<CliRun> {
  let end = (): void => undefined;
  const run = await runCli(args, {
    cwd: root,
    during: (child) => {
      let timer: NodeJS.Timeout | undefined;
      const later = (): void => {
        timer ??= setTimeout(() => child.kill(signal), moment.milliseconds);
      };
      const watcher = moment.kind === "write" ? watch(at("out"), later) : undefined;
      if (watcher === undefined) later();
      end = () => {
        watcher?.close();
        clearTimeout(timer);
      };
    },
  });
  end();
  return run;
}

/** A file of an earlier run, which is replaced or stays. */
function earlier(text: string): string {
  return text.replace(/"plugins": \[[^]*$/, '"plugins": []\n}\n');
}

const asides = (): readonly string[] => readdirSync(at("out")).filter((name) => name.startsWith("."));

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])("%s", (name) => {
  const { args, file } = kinds[name];

  it.each(["SIGINT", "SIGTERM"] as const)(
    `that %s ends at ${moments} moments leaves whole files or none`,
    async (signal) => {
      const whole = await wholeOf(name);
      const counts = { ended: 0, finished: 0, written: 0 };
      for (let index = 0; index < moments; index++) {
        emptyOut();
        const before = index % 4 < 2 ? "" : earlier(whole.text);
        if (file !== undefined && before !== "") writeFileSync(at("out", file), before);
        const moment = momentOf(index, file !== undefined, whole);
        const { code, stdout, stderr } = await interrupted(args, signal, moment);
        const what = `${signal} ${JSON.stringify(moment)}: exit ${code}, ${stderr}`;
        expect([codes[signal], whole.code], what).toContain(code);
        counts[code === whole.code ? "finished" : "ended"] += 1;
        expect(asides(), what).toEqual([]);
        if (file === undefined) {
          expect(whole.stdout.startsWith(stdout), what).toBe(true);
          continue;
        }
        const text = contentOf(file);
        expect([before, whole.text].includes(text), what).toBe(true);
        if (code === whole.code) expect(text === whole.text, what).toBe(true);
        else if (text === whole.text) counts.written += 1;
        if (name !== "lock") expect(stdout, what).toBe("");
      }
      if (moments > 12) console.log(name, signal, JSON.stringify(counts));
      expect(counts.ended).toBeGreaterThan(0);
    },
    moments * 10_000,
  );
});

describe("lock", () => {
  const { args, file } = kinds.lock;

  it(
    `that SIGKILL ends at ${moments} moments leaves a whole lock or none, and the next run removes what is left`,
    async () => {
      const whole = await wholeOf("lock");
      const counts = { killed: 0, left: 0 };
      for (let index = 0; index < moments; index++) {
        emptyOut();
        const before = index % 4 < 2 ? "" : earlier(whole.text);
        if (before !== "") writeFileSync(at("out", file), before);
        const moment = momentOf(index, true, whole);
        // To hit the time in which the temporary file is there, no wait after it.
        const at0 = moment.kind === "write" && index % 4 === 1 ? { ...moment, milliseconds: 0 } : moment;
        const { code } = await interrupted(args, "SIGKILL", at0);
        expect([codes.SIGKILL, whole.code]).toContain(code);
        if (code === codes.SIGKILL) counts.killed += 1;
        expect([before, whole.text].includes(contentOf(file)), JSON.stringify(at0)).toBe(true);
        counts.left += asides().length;
      }
      if (moments > 12) console.log("lock SIGKILL", JSON.stringify(counts));
      expect(counts.killed).toBeGreaterThan(0);
      const left = at("out", `.${file}.0123456789ab`);
      writeFileSync(left, whole.text.slice(0, 2000));
      const then = Date.now() / 1000 - 120;
      for (const name of asides()) utimesSync(at("out", name), then, then);
      expect((await runCli(args, { cwd: root })).code).toBe(whole.code);
      expect(asides()).toEqual([]);
      expect(contentOf(file) === whole.text).toBe(true);
    },
    moments * 10_000,
  );
});

describe("embed", () => {
  const args = ["embed", "out/plugin.so", "--manifest", "m.json", "--no-config"];
  const temporary = (name: string): boolean => name.startsWith(".plugin.so.");

  it(
    `that a signal ends at ${moments} moments leaves the old file or the new one`,
    async () => {
      // As large as a Go plugin: a good part of the time goes to writing.
      const old = Buffer.concat([
        readFileSync(join(sample, "plugins/kafkaexporter.so")),
        Buffer.alloc(24 * 2 ** 20, 1),
      ]);
      writeFileSync(
        at("m.json"),
        JSON.stringify({
          language: "rust",
          toolchain_version: "1.95.0",
          build_profile: "release",
          dependency_hashes: {},
          build_flags: [],
          target: "x86_64-unknown-linux-gnu",
          build_time: "2026-10-02T11:20:31Z",
          name: "a new one",
        }),
      );
      const prepare = (): void => {
        emptyOut();
        writeFileSync(at("out/plugin.so"), old);
      };
      prepare();
      const start = performance.now();
      expect((await runCli(args, { cwd: root })).code).toBe(0);
      const milliseconds = performance.now() - start;
      const made = readFileSync(at("out/plugin.so"));
      expect(made.equals(old)).toBe(false);
      const counts = { ended: 0, left: 0, old: 0, new: 0 };
      for (let index = 0; index < moments; index++) {
        const signal = (["SIGKILL", "SIGINT", "SIGTERM"] as const)[index % 3] ?? "SIGKILL";
        prepare();
        const moment = {
          kind: index % 4 === 0 ? "time" : "write",
          milliseconds: Math.random() * (index % 4 === 0 ? milliseconds : milliseconds / 4),
        } as const;
        const { code, stderr } = await interrupted(args, signal, moment);
        const what = `${signal} ${JSON.stringify(moment)}: exit ${code}, ${stderr}`;
        expect([0, codes[signal]], what).toContain(code);
        const now = readFileSync(at("out/plugin.so"));
        const isNew = now.equals(made);
        expect(isNew || now.equals(old), what).toBe(true);
        if (code === 0) expect(isNew, what).toBe(true);
        else counts.ended += 1;
        counts[isNew ? "new" : "old"] += 1;
        const left = readdirSync(at("out")).filter(temporary);
        if (signal !== "SIGKILL") expect(left, what).toEqual([]);
        counts.left += left.length;
      }
      if (moments > 12) console.log("embed", JSON.stringify(counts));
      expect(counts.ended).toBeGreaterThan(0);
      // What a killed run left is removed by the next one, once it is old.
      prepare();
      writeFileSync(at("out/.plugin.so.0123456789ab"), old.subarray(0, 5000));
      const then = Date.now() / 1000 - 120;
      utimesSync(at("out/.plugin.so.0123456789ab"), then, then);
      expect((await runCli(args, { cwd: root })).code).toBe(0);
      expect(readdirSync(at("out"))).toEqual(["plugin.so"]);
    },
    moments * 10_000,
  );
});
