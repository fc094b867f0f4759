"use client";

import { Button, NumberInput, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import {
  addAccountAction,
  changeSeatsAction,
  removeAccountAction,
  testConnectionAction,
} from "@/lib/conferencing/actions";
import type { ProviderName } from "@/lib/conferencing/core/provider";
import type { VirtualAccountView, VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { DAILY_WRITES } from "@/lib/conferencing/core/virtual-room";
import { Holding } from "./holding";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

const IDLE = { status: "idle" } as const;
const MOST = 20;

function Today({ account, provider }: { account: VirtualAccountView; provider: ProviderName }) {
  const quota = DAILY_WRITES[provider];
  const { calls, failures, throttled, writes } = account;
  return (
    <p className={classes.facts}>
      {quota === undefined
        ? t("accounts.todayOpen", { writes })
        : t("accounts.today", { writes, quota })}
      {calls === 0 ? "" : ` · ${t("accounts.calls", { calls, failures, throttled })}`}
      {quota !== undefined && writes >= quota ? (
        <>
          {" "}
          <Tag tone="warn">{t("accounts.full")}</Tag>
        </>
      ) : null}
    </p>
  );
}

function Ids({ roomId, accountId }: { roomId: string; accountId: string }) {
  return (
    <>
      <input type="hidden" name="roomId" value={roomId} />
      <input type="hidden" name="accountId" value={accountId} />
    </>
  );
}

function Account({
  account,
  room,
  reader,
}: {
  account: VirtualAccountView;
  room: VirtualRoomView;
  reader: ScreenReader;
}) {
  const [tested, test, testing] = useActionState(testConnectionAction, IDLE);
  const [changed, change, changing] = useActionState(changeSeatsAction, IDLE);
  const [removed, remove, removing] = useActionState(removeAccountAction, IDLE);
  const { id, name, seats } = account;
  const ids = <Ids roomId={room.id} accountId={id} />;
  return (
    <li className={classes.account}>
      <div className={classes.what}>
        <h3>{name}</h3>
        <Today account={account} provider={room.provider} />
      </div>
      <form action={change} className={classes.seats}>
        {ids}
        <NumberInput
          key={seats}
          name="seats"
          aria-label={t("accounts.seatsOf", { name })}
          defaultValue={seats}
          min={1}
          max={MOST}
          allowDecimal={false}
          w={84}
        />
        <Button type="submit" loading={changing}>
          {t("accounts.set")}
        </Button>
      </form>
      <div className={classes.acts}>
        <form action={test}>
          {ids}
          <Button type="submit" loading={testing} aria-label={t("accounts.testOf", { name })}>
            {t("accounts.test")}
          </Button>
        </form>
        <form action={remove}>
          {ids}
          <Button
            type="submit"
            variant="subtle"
            loading={removing}
            aria-label={t("accounts.removeOf", { name })}
          >
            {t("accounts.remove")}
          </Button>
        </form>
      </div>
      <div className={classes.answers}>
        <AnswerLine answer={tested} />
        <AnswerLine answer={changed} />
        <Holding answer={changed} reader={reader} />
        <AnswerLine answer={removed} />
        <Holding answer={removed} reader={reader} />
      </div>
    </li>
  );
}

function AddAccount({ room }: { room: VirtualRoomView }) {
  const [answer, add, pending] = useActionState(addAccountAction, IDLE);
  const refused = answer.status === "refused" ? answer : undefined;
  return (
    <form action={add} className={classes.add} key={room.accounts.length}>
      <input type="hidden" name="roomId" value={room.id} />
      <TextInput
        name="account"
        label={t(`accounts.account.${room.provider}`)}
        defaultValue={String(refused?.typed.account ?? "")}
        maxLength={254}
        required
        withAsterisk={false}
        error={refused?.fields.account}
      />
      <NumberInput
        name="seats"
        label={t("accounts.seats")}
        defaultValue={1}
        min={1}
        max={MOST}
        allowDecimal={false}
        error={refused?.fields.seats}
      />
      <Button type="submit" loading={pending}>
        {t("accounts.add")}
      </Button>
      <div className={classes.answers}>
        <AnswerLine answer={answer} />
      </div>
    </form>
  );
}

/** The pool of a virtual room: who holds its meetings, how many at once, and how they fare today. */
export function Accounts({ room, reader }: { room: VirtualRoomView; reader: ScreenReader }) {
  return (
    <>
      <p className={classes.words}>{t("parts.accountsHelp")}</p>
      {room.accounts.length === 0 ? (
        <p className={classes.words}>{t("accounts.none")}</p>
      ) : (
        <ul className={classes.rows}>
          {room.accounts.map((account) => (
            <Account key={account.id} account={account} room={room} reader={reader} />
          ))}
        </ul>
      )}
      <AddAccount room={room} />
    </>
  );
}
