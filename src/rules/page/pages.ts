import type { RuleId } from "../finding.ts";
import { buildFlagsMismatch } from "./build-flags-mismatch.ts";
import { buildProfileMismatch } from "./build-profile-mismatch.ts";
import { claimDependency } from "./claim-dependency.ts";
import { claimFlags } from "./claim-flags.ts";
import { claimLanguage } from "./claim-language.ts";
import { claimProfile } from "./claim-profile.ts";
import { claimTarget } from "./claim-target.ts";
import { claimToolchain } from "./claim-toolchain.ts";
import { dependencyMismatch } from "./dependency-mismatch.ts";
import { dependencyNotInHost } from "./dependency-not-in-host.ts";
import { duplicateComponent } from "./duplicate-component.ts";
import { duplicatePluginPath } from "./duplicate-plugin-path.ts";
import { expectedPluginMissing } from "./expected-plugin-missing.ts";
import { hostCannotLoadPlugins } from "./host-cannot-load-plugins.ts";
import { languageUnsupported } from "./language-unsupported.ts";
import { loaderCrashes } from "./loader-crashes.ts";
import { loaderRefuses } from "./loader-refuses.ts";
import { lockMismatch } from "./lock-mismatch.ts";
import { manifestConflict } from "./manifest-conflict.ts";
import { manifestInvalid } from "./manifest-invalid.ts";
import { manifestMissing } from "./manifest-missing.ts";
import { manifestNewerSchema } from "./manifest-newer-schema.ts";
import { manifestUnknownField } from "./manifest-unknown-field.ts";
import { manifestUnreadable } from "./manifest-unreadable.ts";
import { pluginsDisagree } from "./plugins-disagree.ts";
import { suppressionExpired } from "./suppression-expired.ts";
import { suppressionStale } from "./suppression-stale.ts";
import { targetMismatch } from "./target-mismatch.ts";
import { toolchainMismatch } from "./toolchain-mismatch.ts";
import type { RulePage } from "./rule-page.ts";

/** The documentation of every rule, in the order of the index. */
export const rulePages: Readonly<Record<RuleId, RulePage>> = {
  "manifest-missing": manifestMissing,
  "manifest-unreadable": manifestUnreadable,
  "manifest-invalid": manifestInvalid,
  "manifest-conflict": manifestConflict,
  "manifest-newer-schema": manifestNewerSchema,
  "manifest-unknown-field": manifestUnknownField,
  "claim-language": claimLanguage,
  "claim-toolchain": claimToolchain,
  "claim-target": claimTarget,
  "claim-flags": claimFlags,
  "claim-dependency": claimDependency,
  "claim-profile": claimProfile,
  "target-mismatch": targetMismatch,
  "language-unsupported": languageUnsupported,
  "toolchain-mismatch": toolchainMismatch,
  "dependency-mismatch": dependencyMismatch,
  "build-flags-mismatch": buildFlagsMismatch,
  "build-profile-mismatch": buildProfileMismatch,
  "dependency-not-in-host": dependencyNotInHost,
  "host-cannot-load-plugins": hostCannotLoadPlugins,
  "loader-refuses": loaderRefuses,
  "loader-crashes": loaderCrashes,
  "expected-plugin-missing": expectedPluginMissing,
  "lock-mismatch": lockMismatch,
  "duplicate-plugin-path": duplicatePluginPath,
  "plugins-disagree": pluginsDisagree,
  "duplicate-component": duplicateComponent,
  "suppression-stale": suppressionStale,
  "suppression-expired": suppressionExpired,
};
