"use client";

import { Button, Checkbox, CopyButton, Modal, TextInput } from "@mantine/core";
import { startTransition, useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import {
  chooseEventsAction,
  createEndpointAction,
  deleteEndpointAction,
  rotateSecretAction,
  sendTestAction,
  switchEndpointAction,
} from "@/lib/webhooks/actions";
import { WEBHOOK_EVENTS } from "@/lib/webhooks/core/event";
import type { EndpointRow, WebhookAnswer } from "@/lib/webhooks/core/webhook-view";
import { t } from "./admin-text";
import classes from "./webhooks.module.css";

const IDLE: WebhookAnswer = { status: "idle" };

const formOf = (fields: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

const fieldsOf = (answer: WebhookAnswer): Readonly<Record<string, string>> =>
  answer.status === "refused" ? (answer.fields ?? {}) : {};

/** The secret, this once: afterwards nobody can read it, also not we. */
function FreshSecret({ value }: { value: string }) {
  return (
    <div className={classes.fresh}>
      <p>{t("webhooks.fresh")}</p>
      <code>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="xs" variant="filled" onClick={copy}>
            {copied ? t("webhooks.copied") : t("webhooks.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

/** `booking.no-show` as people say it. */
const kindWords = (event: string): string => (event.split(".")[1] ?? event).replaceAll("-", " ");

function Events({
  chosen,
  onChoose,
  error,
}: {
  chosen: readonly string[];
  onChoose: (events: string[]) => void;
  error?: string | undefined;
}) {
  return (
    <Checkbox.Group
      label={t("webhooks.eventsTitle")}
      value={[...chosen]}
      onChange={onChoose}
      error={error}
    >
      <div className={classes.groups}>
        {(["booking", "meeting", "lead", "opportunity"] as const).map((group) => (
          <fieldset key={group}>
            <legend>{t(`webhooks.groups.${group}`)}</legend>
            {WEBHOOK_EVENTS.filter((event) => event.startsWith(`${group}.`)).map((event) => (
              <Checkbox key={event} name="events" value={event} label={kindWords(event)} />
            ))}
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** Makes an endpoint; what was typed stays when it is refused. */
export function AddEndpoint() {
  const [answer, create, pending] = useActionState(createEndpointAction, IDLE);
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<string[]>([]);
  const [seen, setSeen] = useState(answer);
  if (seen !== answer) {
    setSeen(answer);
    if (answer.status === "done") {
      setUrl("");
      setEvents([]);
    }
  }
  const problems = fieldsOf(answer);
  return (
    <form action={create} className={classes.form}>
      <TextInput
        name="url"
        type="url"
        label={t("webhooks.url")}
        description={t("webhooks.urlHelp")}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        error={problems.url}
      />
      <Events chosen={events} onChoose={setEvents} error={problems.events} />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {t("webhooks.add")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
      {answer.status === "done" && answer.secret ? <FreshSecret value={answer.secret} /> : null}
    </form>
  );
}

/** The events of an endpoint, to choose anew. */
export function ChooseEvents({ endpoint }: { endpoint: EndpointRow }) {
  const [answer, choose, pending] = useActionState(chooseEventsAction, IDLE);
  const [events, setEvents] = useState<string[]>([...endpoint.events]);
  return (
    <form action={choose} className={classes.form}>
      <input type="hidden" name="id" value={endpoint.id} />
      <Events chosen={events} onChoose={setEvents} error={fieldsOf(answer).events} />
      <div className={classes.acts}>
        <Button type="submit" loading={pending}>
          {t("webhooks.saveEvents")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

type Asked = "rotate" | "delete";

function Sure({
  asked,
  host,
  onStay,
  onGo,
}: {
  asked: Asked | undefined;
  host: string;
  onStay: () => void;
  onGo: () => void;
}) {
  const what = asked ?? "delete";
  return (
    <Modal opened={asked !== undefined} onClose={onStay} title={t(`webhooks.${what}Sure`)}>
      <div className={classes.form}>
        <p>{t(`webhooks.${what}Words`, { host })}</p>
        <div className={classes.acts}>
          <Button data-autofocus onClick={onStay}>
            {t("webhooks.stay")}
          </Button>
          <Button variant="filled" color={what === "delete" ? "danger" : "accent"} onClick={onGo}>
            {t(`webhooks.${what}`)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** What can be done with an endpoint. */
export function EndpointTools({ endpoint: { id, url, active } }: { endpoint: EndpointRow }) {
  const [tested, test, testing] = useActionState(sendTestAction, IDLE);
  const [turned, turn, turning] = useActionState(switchEndpointAction, IDLE);
  const [rotated, rotate, rotating] = useActionState(rotateSecretAction, IDLE);
  const [deleted, remove, removing] = useActionState(deleteEndpointAction, IDLE);
  const [asked, setAsked] = useState<Asked>();
  const go = () => {
    const work = asked === "rotate" ? rotate : remove;
    setAsked(undefined);
    startTransition(() => work(formOf({ id })));
  };
  return (
    <div className={classes.tools}>
      <div className={classes.acts}>
        <Button loading={testing} onClick={() => startTransition(() => test(formOf({ id })))}>
          {t("webhooks.test")}
        </Button>
        <Button
          loading={turning}
          onClick={() => startTransition(() => turn(formOf({ id, active: active ? "off" : "on" })))}
        >
          {active ? t("webhooks.pause") : t("webhooks.resume")}
        </Button>
        <Button loading={rotating} onClick={() => setAsked("rotate")}>
          {t("webhooks.rotate")}
        </Button>
        <Button
          variant="subtle"
          color="danger"
          loading={removing}
          onClick={() => setAsked("delete")}
        >
          {t("webhooks.delete")}
        </Button>
      </div>
      {rotated.status === "done" && rotated.secret ? <FreshSecret value={rotated.secret} /> : null}
      <AnswerLine answer={tested} />
      <AnswerLine answer={turned} />
      <AnswerLine answer={rotated} />
      <AnswerLine answer={deleted} />
      <Sure asked={asked} host={new URL(url).host} onStay={() => setAsked(undefined)} onGo={go} />
    </div>
  );
}
