import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { buildModule } from "../../collector/go-module.ts";
import { openInHost } from "../../collector/host-answer.ts";
import { answerByEnvironment, tellGoStory, type GoBuild } from "./go-story.ts";
import { describeReal, patience } from "./real-group.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

const release = "1.26.8";
const environment = { GOTOOLCHAIN: `go${release}`, CGO_ENABLED: "1", GOFLAGS: "", GOWORK: "off" };
const build = (one: GoBuild): Promise<string> => buildModule("author", { ...one, release });
const programs = ["go", "cc", "strip", "readelf", "cargo"];

describeReal("a Collector by ocb, and an exporter of contrib as a plugin", programs, () => {
  tellGoStory({
    module: fileURLToPath(new URL("collector", import.meta.url)),
    host: ".",
    plugin: "./prometheusremotewriteexporter",
    environment,
    build,
    shown: "prometheusremotewrite",
    type: "prometheus_remote_write",
    isComponent: true,
    moved: {
      module: "github.com/klauspost/compress",
      from: "v1.20.3",
      to: "v1.20.4",
      refused: "github.com/klauspost/compress/internal/race",
    },
    size: 30 * 1024,
    flags: ["-trimpath"],
    forms: ["plain", "without symbols", "stripped"],
    isWithoutCgo: false,
    open: answerByEnvironment,
    command: ["components"],
  });
});

describeReal(
  "a Collector with the paths of its sources, and one of its own exporters as a plugin",
  programs,
  () => {
    tellGoStory({
      module: fileURLToPath(new URL("../../collector/module", import.meta.url)),
      host: "./host",
      plugin: "./otlpexporter",
      environment,
      build,
      shown: "otlp_http",
      type: "otlp_grpc",
      isComponent: true,
      moved: {
        module: "golang.org/x/sys",
        from: "v0.46.0",
        to: "v0.47.0",
        refused: "golang.org/x/sys/unix",
      },
      size: 10 * 1024,
      flags: [],
      forms: ["plain", "without symbols", "stripped"],
      isWithoutCgo: true,
      open: (host, plugin) => openInHost(host, [plugin])[0],
      command: ["--", "components"],
    });
  },
);
