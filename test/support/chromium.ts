import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { has } from "./need.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The browser at hand; undefined if there is none. */
export function findChromium(): string | undefined {
  return names.find((name) => has(name));
}

type Message = Readonly<Record<string, unknown>> & {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  readonly script: boolean;
}

/** A page in a headless Chromium, driven by its DevTools protocol: JSON messages that end with NUL on pipes 3 and 4. */
export class Page {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #session: string | undefined;
  #count = 0;
  #pending = "";
  /** Complaints of console and policy, uncaught errors. */
  readonly complaints: string[] = [];
  /** Addresses that were asked for. */
  readonly requests: string[] = [];
  #loaded: (() => void) | undefined;

  private constructor(program: string) {
    this.#profile = mkdtempSync(join(tmpdir(), "plugins-chromium-"));
    const flags = [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--hide-scrollbars",
      "--no-first-run",
      "--disable-background-networking",
      "--remote-debugging-pipe",
      `--user-data-dir=${this.#profile}`,
      "about:blank",
    ];
    this.#child = spawn(program, flags, {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      // Its helpers end with it, as one group.
      detached: true,
    });
    (this.#child.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      this.#read(text);
    });
  }

  static async open(program: string, file: string, options: PageOptions): Promise<Page> {
    const page = new Page(program);
    const { targetInfos } = (await page.#send("Target.getTargets")) as {
      readonly targetInfos: readonly { readonly type: string; readonly targetId: string }[];
    };
    const targetId = targetInfos.find(({ type }) => type === "page")?.targetId;
    // A headless browser has nobody to ask.
    const permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
    await page.#send("Browser.grantPermissions", { permissions });
    const attached = await page.#send("Target.attachToTarget", { targetId, flatten: true });
    page.#session = String(attached["sessionId"]);
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.#send(`${domain}.enable`);
    await page.#send("Page.bringToFront");
    const { width, height, scheme, script } = options;
    await page.#send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.#send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
    await page.#send("Emulation.setScriptExecutionDisabled", { value: !script });
    const loaded = new Promise<void>((resolve) => (page.#loaded = resolve));
    await page.#send("Page.navigate", { url: `file://${file}` });
    await loaded;
    return page;
  }

  /** The value of a JavaScript expression in the page, awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (answer["exceptionDetails"] !== undefined) throw new Error(JSON.stringify(answer["exceptionDetails"]));
    return (answer["result"] as { readonly value?: unknown }).value;
  }

  /** A key as a person presses it. */
  async press(key: string): Promise<void> {
    const text = key === "Enter" ? { text: "\r" } : {};
    await this.#send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, ...virtual(key), ...text });
    await this.#send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, ...virtual(key) });
  }

  /** The whole page as a PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.#send("Page.captureScreenshot", {
      format: "png",
      captureBeyondViewport: true,
    });
    return Buffer.from(String(data), "base64");
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once("close", resolve));
      process.kill(-(this.#child.pid ?? 0), "SIGKILL");
      await ended;
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.#count += 1);
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => {
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
  }

  #read(text: string): void {
    const messages = (this.#pending + text).split("\0");
    this.#pending = messages.pop() ?? "";
    for (const each of messages) this.#take(JSON.parse(each) as Message);
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) {
      this.#waiting.get(id)?.(message);
      this.#waiting.delete(id);
    }
    if (method === "Page.loadEventFired") this.#loaded?.();
    if (method === "Network.requestWillBeSent")
      this.requests.push((params?.["request"] as { readonly url: string }).url);
    if (["Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"].includes(method ?? ""))
      this.complaints.push(JSON.stringify(params));
  }
}

function virtual(key: string): object {
  const codes: Readonly<Record<string, number>> = { Tab: 9, Enter: 13 };
  return { windowsVirtualKeyCode: codes[key] ?? 0 };
}
