import { advise, run, type RulePage } from "../../rule-page.ts";

export const expectedPluginMissing = {
  rule: "expected-plugin-missing",
  confidence: "request",
  why: [
    "A folder without the plugin is a folder without a fault: everything in it fits. Hosts often pass over a plugin that is not there, with a line in the log of debug level, and a pipeline is then missing in production.",
  ],
  found: [
    "A plugin answers to its path, its file name with and without its ending or `lib`, and the `name` in its manifest. None in the set answers to the expected one.",
  ],
  example: { plugins: ["debugexporter"], expect: ["kafkaexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins list DIR"),
        advise(
          "Build or copy the plugin into the folder, or correct the name; --recursive looks in the folders below, too.",
        ),
      ],
    },
  ],
  accept: "Never: take the name out of --expect where it is not expected.",
  related: ["lock-mismatch"],
} satisfies RulePage;
