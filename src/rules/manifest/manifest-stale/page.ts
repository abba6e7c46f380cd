import { advise, type RulePage } from "../../rule-page.ts";

export const manifestStale = {
  rule: "manifest-stale",
  confidence: "request",
  why: [
    "The manifest was made before the last change of the sources, or with different flags than the build. Whoever checks the plugin against a host trusts what it says: a plugin that is built of these sources would be judged by an old list.",
  ],
  found: [
    "`plugins manifest --verify FILE` makes the manifest again from the sources and compares it with the one in the file, field by field, by what the values mean. Fields of your own are compared if `--set` gives them. `build_time` and `build_environment` are not compared. A manifest in another language, whose sources were not given, is a finding too: nobody looked at it. No other command has this finding.",
  ],
  example: { plugins: ["kafkaexporter"], sourcesOf: "awss3exporter" },
  fix: [
    {
      language: "any",
      steps: [
        advise(
          "Make it again, with the flags of the build: `plugins manifest DIR -o manifest.json -- FLAGS`.",
        ),
        advise(
          "Then build the file again if the build embeds the manifest, or embed it into the built file.",
        ),
      ],
    },
  ],
  accept: "Never: make the manifest again.",
  related: ["claim-toolchain", "claim-dependency", "claim-flags"],
} satisfies RulePage;
