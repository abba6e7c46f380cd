import type { RuleId } from "./finding.ts";
import { buildFlagsMismatch } from "./host/build-flags-mismatch/page.ts";
import { buildProfileMismatch } from "./host/build-profile-mismatch/page.ts";
import { claimDependency } from "./claim/claim-dependency/page.ts";
import { claimFlags } from "./claim/claim-flags/page.ts";
import { claimLanguage } from "./claim/claim-language/page.ts";
import { claimProfile } from "./claim/claim-profile/page.ts";
import { claimTarget } from "./claim/claim-target/page.ts";
import { claimToolchain } from "./claim/claim-toolchain/page.ts";
import { dependencyMismatch } from "./host/dependency-mismatch/page.ts";
import { dependencyNotInHost } from "./host/dependency-not-in-host/page.ts";
import { duplicateComponent } from "./set/duplicate-component/page.ts";
import { duplicatePluginPath } from "./set/duplicate-plugin-path/page.ts";
import { expectedPluginMissing } from "./set/expected-plugin-missing/page.ts";
import { hostCannotLoadPlugins } from "./loader/host-cannot-load-plugins/page.ts";
import { languageUnsupported } from "./host/language-unsupported/page.ts";
import { loaderCrashes } from "./loader/loader-crashes/page.ts";
import { loaderRefuses } from "./loader/loader-refuses/page.ts";
import { lockMismatch } from "./set/lock-mismatch/page.ts";
import { manifestConflict } from "./manifest/manifest-conflict/page.ts";
import { manifestInvalid } from "./manifest/manifest-invalid/page.ts";
import { manifestMissing } from "./manifest/manifest-missing/page.ts";
import { manifestNewerSchema } from "./manifest/manifest-newer-schema/page.ts";
import { manifestUnknownField } from "./manifest/manifest-unknown-field/page.ts";
import { manifestUnreadable } from "./manifest/manifest-unreadable/page.ts";
import { pluginsDisagree } from "./set/plugins-disagree/page.ts";
import { suppressionExpired } from "./policy/suppression-expired/page.ts";
import { suppressionStale } from "./policy/suppression-stale/page.ts";
import { targetMismatch } from "./host/target-mismatch/page.ts";
import { toolchainMismatch } from "./host/toolchain-mismatch/page.ts";
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
