"use client";

import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import {
  confirmTotpAction,
  offerTotpAction,
  removeTotpAction,
  renewCodesAction,
} from "@/lib/auth/actions/security";
import { t } from "../account-text";
import { OwnDialog } from "./own-dialog";
import { useAsk } from "./proof";
import { CodesDialog } from "./recovery-codes";
import { Row } from "./rows";
import classes from "./security.module.css";

type Offer = { readonly key: string; readonly qr: string };

const refusedNotice = (message: string) => notifications.show({ color: "danger", message });

/** The authenticator app: set up with a picture and a first code, or taken off. */
export function TotpRow({ on, shown }: { on: boolean; shown: (codes: readonly string[]) => void }) {
  const ask = useAsk();
  const [offer, setOffer] = useState<Offer>();
  const [removing, setRemoving] = useState(false);
  return (
    <Row
      title={t("security.twoStep")}
      end={
        on ? (
          <Button onClick={() => setRemoving(true)}>{t("security.twoStepRemove")}</Button>
        ) : (
          <Button
            onClick={() => void ask(offerTotpAction, { done: setOffer, refused: refusedNotice })}
          >
            {t("security.twoStepAdd")}
          </Button>
        )
      }
    >
      {on ? t("security.twoStepOn") : t("security.twoStepOff")}
      <OwnDialog
        opened={offer !== undefined}
        close={() => setOffer(undefined)}
        title={t("security.totpTitle")}
        submit={t("security.totpSubmit")}
        ask={(form) => confirmTotpAction({ code: String(form.get("code") ?? "") })}
        done={shown}
      >
        <p>{t("security.totpScan")}</p>
        {offer === undefined ? null : (
          <div className={classes.qr}>
            {/* biome-ignore lint/performance/noImgElement: made for this dialog; there is nothing to load or resize. */}
            <img
              src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qr)}`}
              alt={t("security.totpQr")}
              width={200}
              height={200}
            />
            <div>
              <span className="sr-only">{t("security.totpKey")}: </span>
              <code className={classes.key}>{offer.key}</code>
            </div>
          </div>
        )}
        <TextInput
          name="code"
          label={t("security.totpCode")}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          withAsterisk={false}
          maxLength={12}
          data-autofocus
        />
      </OwnDialog>
      <OwnDialog
        opened={removing}
        close={() => setRemoving(false)}
        title={t("security.twoStepRemoveTitle")}
        submit={t("security.twoStepRemove")}
        danger
        ask={() => removeTotpAction()}
        done={() => undefined}
      >
        <p>{t("security.twoStepRemoveWords")}</p>
      </OwnDialog>
    </Row>
  );
}

/** How many recovery codes are left, and new ones. */
export function CodesRow({
  left,
  shown,
}: {
  left: number;
  shown: (codes: readonly string[]) => void;
}) {
  const ask = useAsk();
  return (
    <Row
      title={t("security.codes")}
      end={
        <Button onClick={() => void ask(renewCodesAction, { done: shown, refused: refusedNotice })}>
          {t("security.codesRenew")}
        </Button>
      }
    >
      {t("security.codesLeft", { count: left })}
    </Row>
  );
}

/** Both, with the dialog that shows new recovery codes. Without a second factor there are no codes to speak of. */
export function TwoStepRows({
  on,
  factors,
  left,
}: {
  on: boolean;
  factors: boolean;
  left: number;
}) {
  const [codes, setCodes] = useState<readonly string[]>([]);
  return (
    <>
      <TotpRow on={on} shown={setCodes} />
      {factors ? <CodesRow left={left} shown={setCodes} /> : null}
      <CodesDialog codes={codes} close={() => setCodes([])} />
    </>
  );
}
