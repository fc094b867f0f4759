"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import { t as office } from "@/components/ui/office-text";
import type { Group } from "@/lib/access/actor";
import { invitePeopleAction } from "@/lib/people/actions/people";
import { AnswerLine } from "./answer-line";
import classes from "./dialog.module.css";
import { GroupChoice } from "./group-choice";
import { t } from "./people-text";

const USUAL: readonly Group[] = ["meeting_user"];

/** What a schema says of the field begins small; a sentence of the command is whole already. */
const problemWords = (problem: string): string =>
  problem.endsWith(".") ? problem : t("invite.emailsWrong", { problem });

function InviteForm({ onClose }: { onClose: () => void }) {
  const [answer, invite, pending] = useActionState(invitePeopleAction, { status: "idle" });
  const [emails, setEmails] = useState("");
  const [groups, setGroups] = useState(USUAL);
  const problem = answer.status === "refused" ? answer.fields?.emails : undefined;
  useEffect(() => {
    // Ready for the next ones; the groups are likely to be the same.
    if (answer.status === "done") setEmails("");
  }, [answer]);
  return (
    <form action={invite} className={classes.form}>
      <AnswerLine answer={answer} />
      <Textarea
        name="emails"
        label={t("invite.emails")}
        description={t("invite.emailsHelp")}
        placeholder="mei@halden.example, ana@halden.example"
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={emails}
        onChange={(event) => setEmails(event.currentTarget.value)}
        error={problem && problemWords(problem)}
        data-autofocus
      />
      <GroupChoice value={groups} onChange={setGroups} />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {t("invite.submit")}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("invite.close")}
        </Button>
      </div>
    </form>
  );
}

/** The way in for new people: one or many addresses, and their groups. Stays open for the next ones. */
export function InviteDialog() {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button
        variant="filled"
        leftSection={<IconUserPlus size={14} stroke={1.8} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t("invite.open")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("invite.title")}
        closeButtonProps={{ "aria-label": office("shell.close") }}
      >
        <InviteForm onClose={close} />
      </Modal>
    </>
  );
}
