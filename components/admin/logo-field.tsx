"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "./admin-text";
import classes from "./workspace.module.css";

type Said = { readonly status: "idle" | "done" | "refused"; readonly message?: string };

/** The server's limit, so that nobody waits for a picture that is refused at the end. */
const MOST_BYTES = 5 * 1024 * 1024;

const refused = (message: string): Said => ({ status: "refused", message });

async function send(file: File): Promise<Said> {
  if (file.size > MOST_BYTES) return refused(t("workspace.logoTooLarge"));
  const answer = await fetch("/api/v1/admin/logo", { method: "PUT", body: file });
  if (answer.ok) return { status: "done", message: t("workspace.logoSaved") };
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { message?: string } }
    | undefined;
  return refused(body?.error?.message ?? t("workspace.logoFailed"));
}

async function remove(): Promise<Said> {
  const answer = await fetch("/api/v1/admin/logo", { method: "DELETE" });
  return answer.ok
    ? { status: "done", message: t("workspace.logoRemoved") }
    : refused(t("workspace.logoFailed"));
}

/** The workspace's logo: chosen, shown, removed. It is saved at once; what is stored is our own encoding of it. */
export function LogoField({ logoId, onSaved }: { logoId: string | null; onSaved: () => void }) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<Said>({ status: "idle" });
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<Said>) => {
    setBusy(true);
    const answer = await work().catch(() => refused(t("workspace.logoFailed")));
    setSaid(answer);
    setBusy(false);
    if (field.current !== null) field.current.value = "";
    if (answer.status === "done") onSaved();
    router.refresh();
  };
  return (
    <div className={classes.logo}>
      <span className={classes.label}>{t("workspace.logo")}</span>
      <div className={classes.logoShown}>
        {logoId === null ? (
          <span>{t("workspace.logoNone")}</span>
        ) : (
          // biome-ignore lint/performance/noImgElement: re-encoded by us in its final size, and immutable.
          <img src={`/api/v1/images/${logoId}`} alt={t("workspace.logo")} />
        )}
      </div>
      <div className={classes.acts}>
        <input
          ref={field}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif"
          className="sr-only"
          tabIndex={-1}
          aria-label={t("workspace.logo")}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void run(() => send(file));
          }}
        />
        <Button loading={busy} onClick={() => field.current?.click()}>
          {logoId === null ? t("workspace.logoChoose") : t("workspace.logoChange")}
        </Button>
        {logoId === null ? null : (
          <Button variant="subtle" disabled={busy} onClick={() => void run(remove)}>
            {t("workspace.logoRemove")}
          </Button>
        )}
      </div>
      <p className={classes.help}>{t("workspace.logoHelp")}</p>
      <AnswerLine answer={said} />
    </div>
  );
}
