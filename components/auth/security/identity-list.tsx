"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { removeIdentityAction } from "@/lib/auth/actions/security";
import type { IdentityLine, ProviderChoice } from "@/lib/auth/core/security-view";
import type { ClockReader } from "@/lib/time/format";
import { formatDateShort } from "@/lib/time/format";
import { t } from "../account-text";
import { providerPath } from "../provider-path";
import { OwnDialog } from "./own-dialog";
import { Row } from "./rows";
import classes from "./security.module.css";

function IdentityRow({ line, reader }: { line: IdentityLine; reader: ClockReader }) {
  const [removing, setRemoving] = useState(false);
  const { id, provider, email } = line;
  const used =
    line.usedAt === null
      ? t("security.neverUsed")
      : t("security.used", { date: formatDateShort(line.usedAt, reader) });
  return (
    <Row
      title={provider}
      end={
        <Button
          onClick={() => setRemoving(true)}
          aria-label={`${t("security.remove")} ${provider}`}
        >
          {t("security.remove")}
        </Button>
      }
    >
      {email === null ? "" : `${email}, `}
      {t("security.added", { date: formatDateShort(line.addedAt, reader) })}, {used}
      <OwnDialog
        opened={removing}
        close={() => setRemoving(false)}
        title={t("security.identityRemoveTitle", { provider })}
        submit={t("security.remove")}
        danger
        ask={() => removeIdentityAction({ id })}
        done={() => undefined}
      >
        <p>{t("security.identityRemoveWords")}</p>
      </OwnDialog>
    </Row>
  );
}

/** Identity providers' accounts that are joined to one's own, and those that may be. */
export function IdentityList({
  identities,
  joinable,
  reader,
}: {
  identities: readonly IdentityLine[];
  joinable: readonly ProviderChoice[];
  reader: ClockReader;
}) {
  return (
    <>
      {identities.map((line) => (
        <IdentityRow key={line.id} line={line} reader={reader} />
      ))}
      {identities.length === 0 ? <Row title={t("security.identitiesNone")} /> : null}
      {joinable.length === 0 ? null : (
        <div className={classes.foot}>
          {joinable.map((provider) => (
            <Button
              key={provider.id}
              component="a"
              href={providerPath(provider.id, { purpose: "join" })}
            >
              {t("security.identityJoin", { provider: provider.name })}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
