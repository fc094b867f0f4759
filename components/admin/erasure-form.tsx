"use client";

import { Button, Checkbox, Modal, Select } from "@mantine/core";
import { startTransition, useActionState, useRef, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { eraseGuestAction } from "@/lib/privacy/actions";
import type { Held } from "@/lib/privacy/core/held";
import { ERASURE_GROUNDS } from "@/lib/privacy/schema";
import { t } from "./admin-text";
import classes from "./privacy.module.css";

function Sure({
  email,
  opened,
  onStay,
  onGo,
}: {
  email: string;
  opened: boolean;
  onStay: () => void;
  onGo: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onStay} title={t("privacy.eraseSure", { email })}>
      <div className={classes.sure}>
        <p>{t("privacy.eraseWords")}</p>
        <div className={classes.acts}>
          <Button data-autofocus onClick={onStay}>
            {t("privacy.eraseStay")}
          </Button>
          <Button variant="filled" color="danger" onClick={onGo}>
            {t("privacy.eraseGo")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Erases what is held: with a ground, after a second look, and with what is still to come cancelled if ticked. */
export function ErasureForm({ held }: { held: Held }) {
  const [answer, erase, pending] = useActionState(eraseGuestAction, { status: "idle" });
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const fields = answer.status === "refused" ? answer.fields : {};
  const own = held.meetings.filter(({ upcoming }) => upcoming === "own").length;
  const go = () => {
    setAsking(false);
    if (form.current === null) return;
    const sent = new FormData(form.current);
    startTransition(() => erase(sent));
  };
  if (answer.status === "done") return <AnswerLine answer={answer} />;
  return (
    <form
      ref={form}
      className={classes.erase}
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(true);
      }}
    >
      <h3>{t("privacy.eraseTitle")}</h3>
      <p className={classes.words}>{t("privacy.eraseWords")}</p>
      <input type="hidden" name="email" value={held.email} />
      <Select
        name="ground"
        label={t("privacy.ground")}
        placeholder={t("privacy.chooseGround")}
        allowDeselect={false}
        data={ERASURE_GROUNDS.map((ground) => ({
          value: ground,
          label: t(`privacy.grounds.${ground}`),
        }))}
        error={fields.ground}
      />
      {own === 0 ? null : (
        <Checkbox
          name="cancel"
          value="on"
          label={t("privacy.cancel", { count: own })}
          description={t("privacy.cancelHelp")}
        />
      )}
      <AnswerLine answer={answer} />
      <Button type="submit" variant="outline" color="danger" loading={pending}>
        {t("privacy.erase")}
      </Button>
      <Sure email={held.email} opened={asking} onStay={() => setAsking(false)} onGo={go} />
    </form>
  );
}
