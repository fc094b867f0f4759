"use client";

import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { DealView } from "@/lib/crm/core/deal-view";
import { decimalOf, parseMoney } from "@/lib/crm/core/money";
import { calendarDateAt } from "@/lib/time/offset";
import classes from "./act-dialogs.module.css";
import { t } from "./deal-text";
import type { Act, DealActs } from "./use-deal-acts";
import { meanwhileWords } from "./use-deal-acts";

export type Asked = "lose" | "junk" | "park" | "convert" | "assign";

type FormProps = {
  readonly view: DealView;
  readonly reader: ScreenReader;
  readonly acts: DealActs;
  readonly onClose: () => void;
};

/** One question with its fields: what is wrong stands above the buttons, what was typed stays. */
function Question({
  acts,
  reader,
  onClose,
  submit,
  danger = false,
  meant,
  children,
}: Omit<FormProps, "view"> & {
  readonly submit: string;
  readonly danger?: boolean;
  readonly meant: () => Act | string;
  readonly children: ReactNode;
}) {
  const [trouble, setTrouble] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const act = meant();
    if (typeof act === "string") return setTrouble(act);
    const answer = await acts.run(act);
    if (answer.status === "done") return onClose();
    setTrouble(
      answer.status === "changed"
        ? `${meanwhileWords(answer.changes, reader)}. ${t("conflict.shown")}`
        : (Object.values(answer.fields ?? {})[0] ?? answer.message),
    );
  };
  return (
    <form className={classes.form} onSubmit={(event) => void send(event)} noValidate>
      {children}
      <div role="alert">
        {trouble === undefined ? null : <p className={classes.trouble}>{trouble}</p>}
      </div>
      <div className={classes.acts}>
        <Button
          type="submit"
          variant={danger ? "outline" : "filled"}
          {...(danger ? { color: "danger" } : {})}
          loading={acts.busy}
        >
          {submit}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("close.cancel")}
        </Button>
      </div>
    </form>
  );
}

const named = (rows: readonly { readonly id: string; readonly name: string }[], empty?: string) => [
  ...(empty === undefined ? [] : [{ value: "", label: empty }]),
  ...rows.map(({ id, name }) => ({ value: id, label: name })),
];

function LoseForm({ what, ...props }: FormProps & { readonly what: "lose" | "junk" }) {
  const { view } = props;
  const [reasonId, setReason] = useState("");
  const [competitor, setCompetitor] = useState("");
  const [note, setNote] = useState("");
  const reasons = what === "lose" ? view.choices.lostReasons : view.choices.junkReasons;
  const loseWords = view.lead.kind === "lead" ? t("close.loseLead") : t("close.lose");
  const meant = (): Act | string => {
    if (reasonId === "") return t("close.needsReason");
    return what === "junk"
      ? { kind: "junk", reasonId, note }
      : { kind: "lose", reasonId, note, competitor };
  };
  return (
    <Question
      {...props}
      danger
      submit={what === "lose" ? loseWords : t("close.junk")}
      meant={meant}
    >
      <NativeSelect
        label={t("close.reason")}
        {...(what === "lose" ? { description: t("close.reasonHelp") } : {})}
        data={named(reasons, t("close.needsReason"))}
        value={reasonId}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {what === "lose" ? (
        <TextInput
          label={t("close.competitor")}
          value={competitor}
          maxLength={200}
          onChange={(event) => setCompetitor(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        label={t("close.note")}
        value={note}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Question>
  );
}

function ParkForm(props: FormProps) {
  const [until, setUntil] = useState<string>(props.view.lead.parkedUntil ?? "");
  return (
    <Question
      {...props}
      submit={t("close.park")}
      meant={() => (until === "" ? t("close.needsDay") : { kind: "park", until })}
    >
      <TextInput
        type="date"
        label={t("close.until")}
        description={t("close.parkHelp")}
        min={calendarDateAt(props.reader.zone, props.view.now)}
        value={until}
        data-autofocus
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </Question>
  );
}

function ConvertForm(props: FormProps) {
  const { lead, stages, choices } = props.view;
  const { currency } = lead;
  const open = stages.filter(({ type }) => type === "open");
  const [stageId, setStage] = useState(open[0]?.id ?? "");
  const [amount, setAmount] = useState(
    lead.amountMinor === null ? "" : decimalOf({ minor: lead.amountMinor, currency }),
  );
  const [expected, setExpected] = useState<string>(lead.expectedClose ?? "");
  const pipelineOf = (id: string) =>
    choices.pipelines.length < 2
      ? ""
      : ` · ${choices.pipelines.find((one) => one.id === id)?.name}`;
  const meant = (): Act | string => {
    const read =
      amount.trim() === "" ? undefined : parseMoney(amount, currency, props.reader.locale);
    if (read?.ok === false) return t("facts.notAmount");
    return {
      kind: "convert",
      stageId,
      fields: {
        amountMinor: read === undefined ? null : read.value,
        expectedClose: expected === "" ? null : expected,
      },
    };
  };
  return (
    <Question {...props} submit={t("close.convert")} meant={meant}>
      <NativeSelect
        label={t("close.stage")}
        data={open.map(({ id, name, pipelineId }) => ({
          value: id,
          label: `${name}${pipelineOf(pipelineId)}`,
        }))}
        value={stageId}
        data-autofocus
        onChange={(event) => setStage(event.currentTarget.value)}
      />
      <TextInput
        label={`${t("close.amount")} (${currency})`}
        value={amount}
        inputMode="decimal"
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("close.expected")}
        value={expected}
        onChange={(event) => setExpected(event.currentTarget.value)}
      />
    </Question>
  );
}

function AssignForm(props: FormProps) {
  const { lead, choices } = props.view;
  const [ownerId, setOwner] = useState(lead.ownerId ?? "");
  const [teamId, setTeam] = useState(lead.teamId ?? "");
  return (
    <Question
      {...props}
      submit={t("close.assign")}
      meant={() => ({
        kind: "assign",
        ownerId: ownerId === "" ? null : ownerId,
        teamId: teamId === "" ? null : teamId,
      })}
    >
      <NativeSelect
        label={t("close.owner")}
        data={named(choices.people, t("facts.nobody"))}
        value={ownerId}
        data-autofocus
        onChange={(event) => {
          const id = event.currentTarget.value;
          setOwner(id);
          setTeam(choices.people.find((person) => person.id === id)?.teamId ?? teamId);
        }}
      />
      <NativeSelect
        label={t("close.team")}
        data={named(choices.teams, t("facts.none"))}
        value={teamId}
        onChange={(event) => setTeam(event.currentTarget.value)}
      />
    </Question>
  );
}

const FORMS: Readonly<Record<Asked, (props: FormProps) => ReactNode>> = {
  lose: (props) => <LoseForm {...props} what="lose" />,
  junk: (props) => <LoseForm {...props} what="junk" />,
  park: ParkForm,
  convert: ConvertForm,
  assign: AssignForm,
};

/** What an act needs to know first: a reason, a day, a stage, a person. */
export function ActDialog({ asked, ...props }: FormProps & { readonly asked: Asked | undefined }) {
  const { name } = props.view.lead;
  const Form = asked === undefined ? undefined : FORMS[asked];
  return (
    <Modal
      opened={asked !== undefined}
      onClose={props.onClose}
      title={asked === undefined ? "" : t(`close.${asked}Title`, { name })}
      closeButtonProps={{ "aria-label": t("close.cancel") }}
    >
      {Form === undefined ? null : <Form {...props} />}
    </Modal>
  );
}
