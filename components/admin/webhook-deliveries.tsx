"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { Fragment, useActionState, useEffect, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { redeliverAction } from "@/lib/webhooks/actions";
import type { DeliveryRow } from "@/lib/webhooks/core/webhook-view";
import { deliveryCauseWords } from "@/lib/webhooks/core/webhook-view";
import { t } from "./admin-text";
import classes from "./webhooks.module.css";

const TONES: Readonly<Record<DeliveryRow["state"], Tone>> = {
  queued: "info",
  delivered: "ok",
  failed: "danger",
};

const LOOK_EVERY_MS = 1_500;
const MOST_LOOKS = 12;

/** What was just asked for is on its way for a second or two: the page looks until it is told how it went. */
function useLookAgain(waits: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!waits) return undefined;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks >= MOST_LOOKS) clearInterval(timer);
      router.refresh();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [waits, router]);
}

function Delivery({ row, reader }: { row: DeliveryRow; reader: ScreenReader }) {
  const [answer, again, pending] = useActionState(redeliverAction, { status: "idle" });
  const [open, setOpen] = useState(false);
  const { id, event, state, attempts, status, cause, createdAt } = row;
  const when = `${formatDateShort(createdAt, reader)} ${formatTime(createdAt, reader)}`;
  const said = [status ?? "", cause === null ? "" : deliveryCauseWords(cause)];
  return (
    <Fragment>
      <tr>
        <td>
          <time dateTime={toIso(createdAt)}>{when}</time>
        </td>
        <td>{event}</td>
        <td>
          <Tag tone={TONES[state]}>{t(`webhooks.states.${state}`)}</Tag>
        </td>
        <td className={classes.figure}>{attempts}</td>
        <td>{said.filter((part) => part !== "").join(", ")}</td>
        <td>
          <div className={classes.acts}>
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={open}
              aria-label={t("webhooks.payloadNamed", { event, when })}
              onClick={() => setOpen(!open)}
            >
              {t("webhooks.payload")}
            </Button>
            {state === "queued" ? null : (
              <form action={again}>
                <input type="hidden" name="id" value={id} />
                <Button
                  type="submit"
                  size="xs"
                  loading={pending}
                  aria-label={t("webhooks.againNamed", { event, when })}
                >
                  {t("webhooks.again")}
                </Button>
              </form>
            )}
          </div>
          {answer.status === "refused" ? <AnswerLine answer={answer} /> : null}
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
            <pre className={classes.payload} tabIndex={0}>
              {row.payload}
            </pre>
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

/** What was sent to an endpoint, and what it said. */
export function Deliveries({
  deliveries,
  reader,
}: {
  deliveries: readonly DeliveryRow[];
  reader: ScreenReader;
}) {
  useLookAgain(deliveries.some(({ state, attempts }) => state === "queued" && attempts === 0));
  if (deliveries.length === 0) return <p className={classes.words}>{t("webhooks.noDeliveries")}</p>;
  return (
    <div className={classes.scroll}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("webhooks.when")}</th>
            <th scope="col">{t("webhooks.event")}</th>
            <th scope="col">{t("webhooks.state")}</th>
            <th scope="col" className={classes.figure}>
              {t("webhooks.attempts")}
            </th>
            <th scope="col">{t("webhooks.status")}</th>
            <th scope="col">
              <span className="sr-only">{t("webhooks.payload")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((row) => (
            <Delivery key={row.id} row={row} reader={reader} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
