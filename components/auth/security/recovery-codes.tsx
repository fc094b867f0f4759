"use client";

import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { t } from "../account-text";
import classes from "./security.module.css";

/** Recovery codes, the one time they are shown. Closed only by saying that they are kept. */
export function CodesDialog({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const [copied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  return (
    <Modal
      opened={codes.length > 0}
      onClose={close}
      title={t("security.codesTitle")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={classes.form}>
        <p>{t("security.codesWords")}</p>
        <ul className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={classes.buttons}>
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(text).then(
                () => setCopied(true),
                () => setCopied(false),
              )
            }
          >
            {copied ? t("security.codesCopied") : t("security.codesCopy")}
          </Button>
          <Button
            component="a"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="meridian-recovery-codes.txt"
          >
            {t("security.codesDownload")}
          </Button>
          <Button variant="filled" onClick={close} data-autofocus>
            {t("security.codesKept")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
