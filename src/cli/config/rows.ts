import type { SettingRow } from "../../report/model/config-document.ts";
import { shown } from "./place.ts";
import { settingNames } from "./setting-table.ts";
import type { Origin, SettingsInForce } from "./settings.ts";

/** Every setting with its value and where that comes from, in the order of the documentation. */
export function settingRows(settings: SettingsInForce): readonly SettingRow[] {
  return settingNames.map((name) => {
    const origin = settings.given[name][0].originOf();
    return { name, value: settings[name] ?? null, origin, from: said(origin) };
  });
}

function said(origin: Origin): string {
  switch (origin.kind) {
    case "flag":
    case "environment":
      return origin.name;
    case "file":
      return `${shown(origin.path)}:${origin.line}`;
    case "default":
      return "default";
  }
}
