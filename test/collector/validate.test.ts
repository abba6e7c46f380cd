import { linkSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { checked, errorsIn } from "../support/checked-report.ts";
import { disagreeing, namedCases } from "./cases.ts";
import { buildHost, buildPlugin } from "./collector-builds.ts";
import { describeCollector, patience } from "./collector-group.ts";
import { openInHost } from "./host-answer.ts";

describeCollector("without a manifest in either, a plugin of a real Collector", () => {
  let host = "";
  beforeAll(async () => {
    host = await buildHost();
  }, patience);

  test.each(namedCases)(
    "%s is judged, and what plugin.Open says is predicted",
    async (_, { build, error }) => {
      const path = await buildPlugin(build);
      const { code, report } = await checked(["validate", path, "--host", host]);
      const [plugin] = report.plugins;
      if (plugin === undefined) throw new Error("there is a plugin");
      const [first] = errorsIn(plugin.findings);
      expect({ code, verdict: plugin.verdict, rule: first?.rule }).toEqual({
        code: error === undefined ? 0 : 1,
        verdict: error === undefined ? "compatible" : "incompatible",
        rule: error?.rule,
      });
      if (error?.subject !== undefined) expect(first?.subject).toBe(error.subject);
      if (error?.run !== undefined) expect(first?.fix[0]?.run).toContain(error.run);
      const [{ outcome, message = null } = {}] = openInHost(host, [path]);
      expect(plugin.loader).toMatchObject({ outcome, message });
    },
    patience,
  );

  test(
    "is found to disagree with another one",
    async () => {
      const paths = await Promise.all(disagreeing.map(buildPlugin));
      // Beside the files, where they can be linked: they are large.
      const folder = mkdtempSync(join(paths[0] ?? "", "../set-"));
      try {
        for (const path of paths) linkSync(path, join(folder, basename(path)));
        const { code, report } = await checked(["check-all", folder, "--host", host]);
        expect(code).toBe(1);
        expect(errorsIn(report.findings)).toMatchObject([{ rule: "plugins-disagree" }]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    patience,
  );
});
