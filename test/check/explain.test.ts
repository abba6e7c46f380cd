import { describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import type { DiagnosisRequest } from "../../src/check/explain/diagnosis.ts";
import {
  explainError,
  explainErrors,
  explainRule,
  explainRules,
  type ErrorExplanation,
} from "../../src/check/explain/explain.ts";
import { validate } from "../../src/check/validate.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { describeWith } from "../support/need.ts";

const fixtures = builtFixtures();

function files(plugin: string, host = "otelcol"): DiagnosisRequest {
  return {
    fileSystem: disk,
    file: fixtures.get(`compat/${plugin}`).file,
    host: { kind: "binary", path: fixtures.get(`compat/${host}`).file },
    names,
    arch: undefined,
  };
}

async function explained(text: string, request?: DiagnosisRequest): Promise<ErrorExplanation> {
  const explanation = await explainError(text, request);
  if (explanation === undefined) throw new Error(`not understood: ${text}`);
  return explanation;
}

const mismatch = (name: string, plugin = "x"): string =>
  `plugin.Open("plugins/${plugin}"): plugin was built with a different version of package ${name}`;

describe("the rules", () => {
  it("are all listed, once", () => {
    expect(
      explainRules()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ruleIds].sort());
  });

  it.each(ruleIds)("%s is explained", (id) => {
    expect(explainRule(id)).toMatchObject({ id, documentation: `docs/rules/${id}.md` });
  });

  it.each(["", "toString", "__proto__", "toolchain"])("%j is none", (id) => {
    expect(explainRule(id)).toBeUndefined();
  });
});

describe("a message without files", () => {
  it("leaves names in capitals in commands for what it does not say", async () => {
    const { next, files: none } = await explained("plugin: not implemented");
    expect(none).toBeNull();
    expect(next[0]).toEqual({
      kind: "command",
      run: "go version -m HOST | grep -E 'CGO_ENABLED|GOOS|GOARCH'",
    });
  });

  it("has no value of it as an option of a command", async () => {
    const { next } = await explained("-x: cannot open shared object file: No such file or directory");
    const runs = next.flatMap((step) => (step.kind === "command" ? [step.run] : []));
    expect(runs).toContain("ldconfig -p | grep -F ./-x");
    expect(runs.filter((run) => / -x\b/.test(run))).toEqual([]);
  });

  it("names the plugin by the file that package plugin leaves the ending of out", async () => {
    const { next } = await explained(mismatch("fmt", "kafkaexporter"));
    expect(next[0]).toEqual({
      kind: "command",
      run: "plugins validate plugins/kafkaexporter.so --host HOST",
    });
  });

  it("quotes what a shell would act on", async () => {
    const { next } = await explained(mismatch("example.com/$(id)", "a b;c"));
    expect(next[0]).toEqual({ kind: "command", run: "plugins validate 'plugins/a b;c.so' --host HOST" });
  });

  it("has nothing left to fill in", async () => {
    for (const text of ["plugin: not implemented", mismatch("a.b/c"), "undefined symbol: g", "Bus error"]) {
      const { meaning, causes, next } = await explained(text);
      expect(JSON.stringify([meaning, causes, next])).not.toMatch(/(?<!\{)\{[a-z]+\}/);
    }
  });

  it("that is not known is not explained", async () => {
    expect(await explainError("exit status 1")).toBeUndefined();
  });
});

describeWith(fixtures.missing("compat/otelcol"), "a message with files", () => {
  it("that the loader is predicted to say is explained by their findings", async () => {
    const refused = await explained(mismatch("internal/goarch", "kafkaexporter"), files("kafkaexporter"));
    expect(refused.files?.findings[0]).toMatchObject({ rule: "toolchain-mismatch" });
    const { loader } = refused.files ?? {};
    const words = loader?.message ?? "";
    expect((await explained(words, files("kafkaexporter"))).files).toMatchObject({ agreement: "same" });
  });

  it("about a module is explained by that module alone", async () => {
    const { files: diagnosis } = await explained(
      mismatch("github.com/IBM/sarama"),
      files("routingconnector"),
    );
    expect(diagnosis?.findings[0]).toMatchObject({
      rule: "dependency-mismatch",
      subject: "github.com/IBM/sarama",
    });
    expect(diagnosis?.findings.filter(({ rule }) => rule === "dependency-mismatch")).toHaveLength(1);
  });

  it("about the standard library is never explained by a module", async () => {
    const { files: diagnosis } = await explained(mismatch("runtime"), files("attributesprocessor"));
    expect(diagnosis?.findings.map(({ rule }) => rule)).not.toContain("dependency-mismatch");
  });

  it("of files that are predicted to load comes from others", async () => {
    const { files: diagnosis } = await explained(mismatch("runtime"), files("debugexporter"));
    expect(diagnosis).toMatchObject({ agreement: "loads", verdict: "compatible", findings: [] });
    expect(diagnosis?.conclusion).toContain("a different build");
  });

  it("of files that fail otherwise says how they fail", async () => {
    const { files: diagnosis } = await explained("plugin: not implemented", files("filelogreceiver"));
    expect(diagnosis).toMatchObject({ agreement: "other" });
    expect(diagnosis?.conclusion).toContain("no plugin module data");
  });

  it("of a process that died is explained by what crashes it", async () => {
    const { files: diagnosis } = await explained(
      "fatal error: runtime: no plugin module data",
      files("filelogreceiver"),
    );
    expect(diagnosis).toMatchObject({ agreement: "same", findings: [{ rule: "loader-crashes" }] });
  });

  it("of a file that is cut off is explained, whatever was said of the signal", async () => {
    for (const text of ["Bus error (core dumped)", "fatal error: fault\n[signal SIGBUS: bus error]"]) {
      const { files: diagnosis } = await explained(text, files("cut-off"));
      expect(diagnosis).toMatchObject({ agreement: "same-check", findings: [{ rule: "loader-crashes" }] });
    }
  });

  it("names a host that can load nothing", async () => {
    const { files: diagnosis } = await explained(
      "plugin: not implemented",
      files("debugexporter", "otelcol-no-cgo"),
    );
    expect(diagnosis).toMatchObject({
      agreement: "same",
      findings: [{ rule: "host-cannot-load-plugins" }],
    });
  });

  it("of a file for another machine says so", async () => {
    const { files: diagnosis } = await explained(
      'plugin.Open("p/filterprocessor.so"): /p/filterprocessor.so: cannot open shared object file: No such file or directory',
      files("filterprocessor"),
    );
    expect(diagnosis?.findings[0]).toMatchObject({ rule: "target-mismatch" });
  });

  it("of a file that is none at all says what it is", async () => {
    const { files: diagnosis } = await explained("/p/notes.so: invalid ELF header", files("notes"));
    expect(diagnosis).toMatchObject({ verdict: "unreadable" });
  });

  it("is shown beside all that the check finds, each finding once", async () => {
    const request = files("filterprocessor");
    const { files: diagnosis } = await explained("p.so: undefined symbol: nobody", request);
    const { fileSystem, file, host, arch } = request;
    const { plugins, findings } = await validate({ fileSystem, files: [file], host, names, arch });
    const all = [...(plugins[0]?.findings ?? []), ...findings];
    expect(all.length).toBeGreaterThan(0);
    const shown = [...(diagnosis?.findings ?? []), ...(diagnosis?.others ?? [])].map(
      ({ message }) => message,
    );
    expect(shown.sort()).toEqual(all.map(({ message }) => message).sort());
  });

  it("among others is the one that is compared with the files", async () => {
    const text = `/elsewhere/y.so: undefined symbol: g\n${mismatch("runtime", "debugexporter")}`;
    const [first, second] = await explainErrors(text, files("debugexporter"));
    expect(first).toMatchObject({ message: { check: "package-hash" }, files: { agreement: "loads" } });
    expect(second).toMatchObject({ message: { check: "undefined-symbol" }, files: null });
  });

  it("of a file that is not there is refused", async () => {
    const request = { ...files("debugexporter"), file: "/nowhere/x.so" };
    await expect(explainError("plugin: not implemented", request)).rejects.toMatchObject({
      code: "file-not-found",
    });
  });
});
