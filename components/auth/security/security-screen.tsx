import { PageHead } from "@/components/ui/page-head";
import type { ProofWays, SecurityView } from "@/lib/auth/core/security-view";
import type { ClockReader } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { t } from "../account-text";
import { AddressRow, PasswordRow } from "./address-password";
import { IdentityList } from "./identity-list";
import { PasskeyList } from "./passkey-list";
import { ProofProvider } from "./proof";
import { Card } from "./rows";
import classes from "./security.module.css";
import { SessionList } from "./session-list";
import { TwoStepRows } from "./two-step";

const NOTICES = [
  "joined",
  "taken",
  "other",
  "prove",
  "no-step",
  "declined",
  "not-genuine",
  "unreachable",
] as const;

/** How one signs in and where one is signed in. `notice` is what a round trip to a provider came back with. */
export function SecurityScreen({
  view,
  ways,
  reader,
  now,
  notice,
}: {
  view: SecurityView;
  ways: ProofWays;
  reader: ClockReader;
  now: Instant;
  notice: string | undefined;
}) {
  const said = NOTICES.find((one) => one === notice);
  const { email, hasPassword, totp, recoveryCodes, passkeys, identities, joinable } = view;
  return (
    <>
      <PageHead title={t("security.title")} context={t("security.context")} />
      <ProofProvider ways={ways}>
        <div className={classes.screen}>
          {said === undefined ? null : (
            <p role="status" className={classes.notice} data-good={said === "joined" || undefined}>
              {t(`security.notice.${said}`)}
            </p>
          )}
          <Card id="h-account" title={t("security.account")}>
            <AddressRow email={email} />
            <PasswordRow email={email} hasPassword={hasPassword} />
          </Card>
          <Card id="h-two-step" title={t("security.steps")}>
            <TwoStepRows on={totp} factors={totp || passkeys.length > 0} left={recoveryCodes} />
          </Card>
          <Card id="h-passkeys" title={t("security.passkeys")}>
            <PasskeyList passkeys={passkeys} reader={reader} now={now} />
          </Card>
          {identities.length + joinable.length === 0 ? null : (
            <Card id="h-identities" title={t("security.identities")}>
              <IdentityList identities={identities} joinable={joinable} reader={reader} />
            </Card>
          )}
          <Card id="h-sessions" title={t("security.sessions")}>
            <SessionList sessions={view.sessions} reader={reader} />
          </Card>
        </div>
      </ProofProvider>
    </>
  );
}
