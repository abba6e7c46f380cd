// One thread of `npm run fuzz`: loads the TypeScript, and makes and judges inputs.
import { register } from "node:module";

register("./typescript-hooks.js", import.meta.url);
await import("./worker.ts");
