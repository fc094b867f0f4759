"use client";

import { Button, Modal, Radio, Switch } from "@mantine/core";
import { startTransition, useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import {
  changeCalendarAction,
  readCalendarAction,
  removeCalendarAction,
} from "@/lib/calendars/actions";
import { causeWords } from "@/lib/calendars/core/calendar-answer";
import type { CalendarRow } from "@/lib/calendars/core/external-calendar";
import type { Instant } from "@/lib/time/instant";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";
import { readWords, whenWords } from "./read-words";

const IDLE = { status: "idle" } as const;

type Fate = "delete" | "leave";
type Asked = "remove" | "stop";

const formOf = (fields: Readonly<Record<string, string | false>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== false) form.set(name, value);
  return form;
};

/** Asks what becomes of the meetings that were written to a calendar which is to have none any more. */
function FateDialog({
  row,
  asked,
  onStay,
  onGo,
}: {
  row: CalendarRow;
  asked: Asked | undefined;
  onStay: () => void;
  onGo: (copies: Fate) => void;
}) {
  const [copies, setCopies] = useState<Fate>("delete");
  const removes = asked === "remove";
  const { name } = row;
  return (
    <Modal
      opened={asked !== undefined}
      onClose={onStay}
      title={removes ? t("remove.title", { name }) : t("remove.stop", { name })}
    >
      <div className={classes.sure}>
        <p>{removes ? t("remove.words") : t("remove.stopWords")}</p>
        {row.copies.made === 0 ? null : (
          <Radio.Group
            label={t("remove.copies")}
            value={copies}
            onChange={(value) => setCopies(value === "leave" ? "leave" : "delete")}
          >
            <div className={classes.choices}>
              <Radio value="delete" label={t("remove.delete")} />
              <Radio value="leave" label={t("remove.leave")} />
            </div>
          </Radio.Group>
        )}
        <div className={classes.acts}>
          <Button data-autofocus onClick={onStay}>
            {t("remove.stay")}
          </Button>
          <Button variant="filled" color="danger" onClick={() => onGo(copies)}>
            {removes ? t("remove.go") : t("remove.stopGo")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Facts({ row, now, reader }: { row: CalendarRow; now: Instant; reader: ScreenReader }) {
  const { words, warn } = readWords(row, now, reader);
  const { made, waiting, cause } = row.copies;
  return (
    <div className={classes.about}>
      <div className={classes.name}>
        <b>{row.name}</b>
        <Tag>{t(`list.${row.kind}`)}</Tag>
      </div>
      <p>
        {row.host}
        {row.blocks ? (
          <span
            data-warn={warn || undefined}
            title={row.readAt === null ? undefined : whenWords(row.readAt, reader)}
          >
            {words}
          </span>
        ) : null}
      </p>
      {row.writes && made > 0 ? <p>{t("list.copies", { made })}</p> : null}
      {waiting === 0 ? null : (
        <p>
          <span data-warn>
            {t("list.copiesWait", { count: waiting, cause: causeWords(cause ?? "") })}
          </span>
        </p>
      )}
    </div>
  );
}

/** One calendar elsewhere: what is known of it, what it is for, and how it goes. */
export function CalendarItem({
  row,
  now,
  reader,
}: {
  row: CalendarRow;
  now: Instant;
  reader: ScreenReader;
}) {
  const [changed, change, changing] = useActionState(changeCalendarAction, IDLE);
  const [removed, remove, removing] = useActionState(removeCalendarAction, IDLE);
  const [asked, read, reading] = useActionState(readCalendarAction, IDLE);
  const [sure, setSure] = useState<Asked>();
  const { id, name, kind, blocks, writes, copies } = row;
  const send = (blocksNow: boolean, writesNow: boolean, fate: Fate = "delete") =>
    startTransition(() =>
      change(formOf({ id, blocks: blocksNow && "on", writes: writesNow && "on", copies: fate })),
    );
  const go = (fate: Fate) => {
    const what = sure;
    setSure(undefined);
    if (what === "stop") send(blocks, false, fate);
    else startTransition(() => remove(formOf({ id, copies: fate })));
  };
  return (
    <li className={classes.item}>
      <Facts row={row} now={now} reader={reader} />
      <div className={classes.switches}>
        <Switch
          label={t("list.blocks")}
          aria-label={`${t("list.blocks")}: ${name}`}
          checked={blocks}
          disabled={changing}
          onChange={(event) => send(event.currentTarget.checked, writes)}
        />
        {kind === "caldav" ? (
          <Switch
            label={t("list.writes")}
            aria-label={`${t("list.writes")}: ${name}`}
            checked={writes}
            disabled={changing}
            onChange={(event) => {
              if (event.currentTarget.checked || copies.made === 0)
                send(blocks, event.currentTarget.checked);
              else setSure("stop");
            }}
          />
        ) : null}
      </div>
      <div className={classes.acts}>
        <Button
          size="xs"
          loading={reading}
          aria-label={t("list.readNamed", { name })}
          onClick={() => startTransition(() => read(formOf({ id })))}
        >
          {t("list.read")}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="danger"
          loading={removing}
          aria-label={t("list.removeNamed", { name })}
          onClick={() => setSure("remove")}
        >
          {t("list.remove")}
        </Button>
      </div>
      <div className={classes.said}>
        <AnswerLine answer={changed} />
        <AnswerLine answer={asked} />
        <AnswerLine answer={removed} />
      </div>
      <FateDialog row={row} asked={sure} onStay={() => setSure(undefined)} onGo={go} />
    </li>
  );
}
