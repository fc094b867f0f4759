"use client";

import { Button, CopyButton, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "@/components/people/people-text";
import type { ScreenReader } from "@/components/shell/viewer";
import { createApiKeyAction, revokeApiKeyAction } from "@/lib/people/actions/settings";
import type { ApiKeyRow } from "@/lib/people/core/settings";
import { formatDateShort } from "@/lib/time/format";
import classes from "./settings.module.css";

/** The new key, this once: afterwards nobody can read it, also not we. */
function FreshKey({ value }: { value: string }) {
  return (
    <div className={classes.fresh}>
      <p>{t("keys.fresh")}</p>
      <code>{value}</code>
      <div className={classes.acts}>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {copied ? t("keys.copied") : t("keys.copy")}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

function MakeKey() {
  const [answer, make, pending] = useActionState(createApiKeyAction, { status: "idle" });
  const problem = answer.status === "refused" ? answer.fields?.name : undefined;
  return (
    <form action={make} className={classes.form}>
      <div className={classes.make}>
        <TextInput
          name="name"
          label={t("keys.name")}
          description={t("keys.nameHelp")}
          required
          withAsterisk={false}
          maxLength={80}
          autoComplete="off"
          {...(problem === undefined ? {} : { error: `${t("keys.name")} ${problem}.` })}
        />
        <Button type="submit" variant="filled" loading={pending}>
          {t("keys.make")}
        </Button>
      </div>
      <AnswerLine answer={answer} />
      {answer.status === "done" && answer.key !== undefined ? (
        <FreshKey value={answer.key} />
      ) : null}
    </form>
  );
}

/** The reader's own keys for programs that act in their name. */
export function ApiKeys({ keys, reader }: { keys: readonly ApiKeyRow[]; reader: ScreenReader }) {
  const [answer, revoke, pending] = useActionState(revokeApiKeyAction, { status: "idle" });
  return (
    <>
      <MakeKey />
      <section aria-labelledby="h-keys">
        <h2 id="h-keys" className="sr-only">
          {t("keys.list")}
        </h2>
        <AnswerLine answer={answer} />
        {keys.length === 0 ? (
          <p className={classes.words}>{t("keys.none")}</p>
        ) : (
          <ul className={classes.keys}>
            {keys.map(({ id, name, prefix, createdAt, usedAt }) => (
              <li key={id}>
                <div>
                  <b>{name}</b>
                  <p>
                    <code>{prefix}…</code>{" "}
                    {t("keys.facts", {
                      made: formatDateShort(createdAt, reader),
                      used: usedAt === null ? t("keys.never") : formatDateShort(usedAt, reader),
                    })}
                  </p>
                </div>
                <form action={revoke}>
                  <input type="hidden" name="id" value={id} />
                  <Button
                    type="submit"
                    size="xs"
                    color="danger"
                    disabled={pending}
                    aria-label={t("keys.revokeNamed", { name })}
                  >
                    {t("keys.revoke")}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
