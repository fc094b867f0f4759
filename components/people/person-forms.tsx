"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useActionState, useEffect, useState } from "react";
import { t as office } from "@/components/ui/office-text";
import type { Group } from "@/lib/access/actor";
import { resetTwoFactorAction, setGroupsAction } from "@/lib/people/actions/people";
import type { PersonAnswer } from "@/lib/people/core/person-answer";
import { AnswerLine } from "./answer-line";
import classes from "./dialog.module.css";
import { GroupChoice } from "./group-choice";
import { t } from "./people-text";

type PersonAction = (previous: PersonAnswer, form: FormData) => Promise<PersonAnswer>;

/** One button that does one thing to a person, and below it what came of it. */
export function PersonAct({
  action,
  fields,
  children,
  danger = false,
  label,
}: {
  action: PersonAction;
  /** What the form sends. */
  fields: Readonly<Record<string, string>>;
  children: ReactNode;
  danger?: boolean;
  label?: string;
}) {
  const [answer, act, pending] = useActionState(action, { status: "idle" });
  return (
    <form action={act} className={classes.form} style={{ gap: 8 }}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className={classes.acts}>
        <Button
          type="submit"
          size="xs"
          loading={pending}
          {...(danger ? { color: "danger" } : {})}
          {...(label === undefined ? {} : { "aria-label": label })}
        >
          {children}
        </Button>
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

const sameGroups = (one: readonly Group[], two: readonly Group[]): boolean =>
  one.length === two.length && one.every((group) => two.includes(group));

/** A person's groups; saved as a whole. */
export function GroupsForm({ userId, groups }: { userId: string; groups: readonly Group[] }) {
  const [answer, save, pending] = useActionState(setGroupsAction, { status: "idle" });
  const [wanted, setWanted] = useState(groups);
  useEffect(() => setWanted(groups), [groups]);
  const changed = !sameGroups(wanted, groups);
  return (
    <form action={save} className={classes.form}>
      <input type="hidden" name="userId" value={userId} />
      <GroupChoice value={wanted} onChange={setWanted} />
      {changed ? (
        <div className={classes.acts}>
          <Button type="submit" variant="filled" size="xs" loading={pending}>
            {t("person.saveGroups")}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => setWanted(groups)}>
            {t("person.discard")}
          </Button>
        </div>
      ) : null}
      <AnswerLine answer={answer} />
    </form>
  );
}

function ResetForm({ userId, onClose }: { userId: string; onClose: () => void }) {
  const [answer, reset, pending] = useActionState(resetTwoFactorAction, { status: "idle" });
  const problem = answer.status === "refused" ? answer.fields?.reason : undefined;
  const done = answer.status === "done";
  return (
    <form action={reset} className={classes.form}>
      <input type="hidden" name="userId" value={userId} />
      <p className={classes.words}>{t("person.resetWords")}</p>
      {done ? null : (
        <TextInput
          name="reason"
          label={t("person.reason")}
          description={t("person.reasonHelp")}
          required
          withAsterisk={false}
          maxLength={500}
          data-autofocus
          {...(problem === undefined ? {} : { error: `${t("person.reason")} ${problem}.` })}
        />
      )}
      <AnswerLine answer={answer} />
      <div className={classes.acts}>
        {done ? null : (
          <Button type="submit" color="danger" variant="outline" loading={pending}>
            {t("person.resetSubmit")}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {done ? t("handOver.close") : t("person.keep")}
        </Button>
      </div>
    </form>
  );
}

/** Takes the second step away, after asking why. */
export function ResetTwoFactor({ userId, name }: { userId: string; name: string }) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button size="xs" color="danger" onClick={() => setOpened(true)}>
        {t("person.reset")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("person.resetTitle", { name })}
        closeButtonProps={{ "aria-label": office("shell.close") }}
      >
        <ResetForm userId={userId} onClose={close} />
      </Modal>
    </>
  );
}
