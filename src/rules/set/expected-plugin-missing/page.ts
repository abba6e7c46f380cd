import { advise, run, type RulePage } from "../../rule-page.ts";

export const expectedPluginMissing = {
  rule: "expected-plugin-missing",
  confidence: "request",
  why: [
    "A folder that lacks the plugin still passes, since everything in it is compatible. Hosts often skip a missing plugin with only a debug log line, and then a pipeline is missing in production.",
  ],
  found: [
    "A plugin can be named by its path, its file name with or without `lib` and extension, or the `name` in its manifest. No plugin in the set has the expected name.",
  ],
  example: { plugins: ["debugexporter"], expect: ["kafkaexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins list DIR"),
        advise(
          "Build or copy the plugin into the folder, or correct the name; --recursive also searches subfolders.",
        ),
      ],
    },
  ],
  accept: "Never: if the plugin is not required, remove its name from --expect.",
  related: ["lock-mismatch"],
} satisfies RulePage;
