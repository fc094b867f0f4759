"use client";

import { useActionState, useMemo } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { GuestTexts } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import { ManageRefusal } from "./manage-refusal";
import styles from "./own.module.css";
import type { Clocks } from "./slot-text";
import type { ManageAction } from "./undo-bar";

const REASONS = ["reasonBusy", "reasonNotNeeded", "reasonWrong", "reasonOther"] as const;

/** Cancels the meeting: names it, asks why, and can be taken back for a few seconds. */
export function CancelForm({
  action,
  texts,
  locator,
  version,
  linkName,
  hostName,
  others,
  shared,
  clocks,
}: {
  readonly action: ManageAction;
  readonly texts: GuestTexts;
  readonly locator: string;
  readonly version: number;
  readonly linkName: string;
  readonly hostName: string;
  readonly others: number;
  /** True when other guests keep the meeting: only this one's seat is given up. */
  readonly shared: boolean;
  readonly clocks: Clocks;
}) {
  const words = useMemo(() => wordsOf(clocks.locale, texts), [clocks.locale, texts]);
  const [state, formAction, pending] = useActionState(action, { status: "idle" });
  const label = shared ? "own.leave" : "own.cancel";
  return (
    <form className={styles.act} action={formAction} aria-labelledby="cancel">
      <input type="hidden" name="locator" value={locator} />
      <input type="hidden" name="version" value={version} />
      <details className={styles.cancel} open={state.status === "refused" || undefined}>
        <summary>
          <h2 className={controls.h2} id="cancel">
            {words(shared ? "own.leaveTitle" : "own.cancelTitle", { link: linkName })}
          </h2>
          <Icon name="down" />
        </summary>
        <div>
          <p className={`${controls.small} ${controls.quiet}`}>
            {shared
              ? words("own.leaveText", { host: hostName })
              : words("own.cancelText", { host: hostName, others })}
          </p>
          <ManageRefusal state={state} clocks={clocks} wanted={undefined} words={words} />
          <fieldset className={styles.reasons}>
            <legend className={controls.label}>{words("own.reason")}</legend>
            {REASONS.map((reason, index) => (
              <label className={controls.check} key={reason}>
                <input
                  type="radio"
                  name="reason"
                  value={words(`own.${reason}`)}
                  defaultChecked={index === 0}
                />
                <span>{words(`own.${reason}`)}</span>
              </label>
            ))}
          </fieldset>
          <div className={controls.field}>
            <label className={controls.label} htmlFor="cancel-note">
              {words("own.noteTo", { host: hostName })}{" "}
              <span className={controls.optional}>{words("details.optional")}</span>
            </label>
            <textarea
              className={controls.input}
              id="cancel-note"
              name="note"
              rows={2}
              maxLength={400}
            />
          </div>
          <div className={styles.move}>
            <p className={`${controls.small} ${controls.faint}`}>{words("own.undoHint")}</p>
            <button
              className={`${controls.button} ${controls.harmful}`}
              type="submit"
              aria-disabled={pending || undefined}
            >
              {words(pending ? "own.working" : label)}
            </button>
          </div>
        </div>
      </details>
    </form>
  );
}
