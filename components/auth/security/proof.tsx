"use client";

import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { createContext, use, useCallback, useMemo, useState, useTransition } from "react";
import { proveAction } from "@/lib/auth/actions/security";
import type { OwnAnswer } from "@/lib/auth/core/form-answer";
import type { ProofWays } from "@/lib/auth/core/security-view";
import { t } from "../account-text";
import { Refused } from "../door";
import { showPasskey } from "../passkey-browser";
import { providerPath } from "../provider-path";
import classes from "./security.module.css";

type Ask = <Value>(
  ask: () => Promise<OwnAnswer<Value>>,
  then: { readonly done: (value: Value) => void; readonly refused: (message: string) => void },
) => Promise<void>;

const Asking = createContext<Ask>(async () => undefined);

/**
 * Asks the server for a change of one's own account. When it wants to know first who asks, the dialog appears, and the
 * same question is asked again afterwards. What is done shows at once.
 */
export const useAsk = (): Ask => use(Asking);

type Waiting = { readonly again: () => Promise<void> };

/** Everything inside may ask for changes; shows the dialog in which somebody shows who they are. */
export function ProofProvider({ ways, children }: { ways: ProofWays; children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting>();
  const router = useRouter();
  const ask: Ask = useCallback(
    async (question, then) => {
      const answer = await question();
      if (answer.status === "prove") {
        setWaiting({ again: () => ask(question, then) });
        return;
      }
      if (answer.status === "refused") {
        then.refused(answer.message);
        return;
      }
      then.done(answer.value);
      router.refresh();
    },
    [router],
  );
  return (
    <Asking value={useMemo(() => ask, [ask])}>
      {children}
      <Modal
        opened={waiting !== undefined}
        onClose={() => setWaiting(undefined)}
        title={t("security.proveTitle")}
        closeButtonProps={{ "aria-label": t("security.close") }}
        zIndex={400}
      >
        <ProofForm
          ways={ways}
          proved={async () => {
            const again = waiting?.again;
            setWaiting(undefined);
            await again?.();
          }}
        />
      </Modal>
    </Asking>
  );
}

type Given = Parameters<typeof proveAction>[0];

function ProofForm({ ways, proved }: { ways: ProofWays; proved: () => Promise<void> }) {
  const [refused, setRefused] = useState<string>();
  const [busy, start] = useTransition();
  const show = (given: () => Promise<Given>) =>
    start(async () => {
      setRefused(undefined);
      try {
        const answer = await proveAction(await given());
        if (answer.status === "done") await proved();
        else if (answer.status === "refused") setRefused(answer.message);
      } catch {
        setRefused(t("signIn.passkeyCancelled"));
      }
    });
  const byText = ways.password || ways.code;
  return (
    <div className={classes.form}>
      <p>{t("security.proveWords")}</p>
      <Refused message={refused} />
      {byText ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            const text = String(new FormData(event.currentTarget).get("secret") ?? "");
            show(async () =>
              ways.password ? { by: "password", password: text } : { by: "code", code: text },
            );
          }}
        >
          {ways.password ? (
            <PasswordInput
              name="secret"
              label={t("security.provePassword")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              maxLength={256}
              data-autofocus
              visibilityToggleButtonProps={{ "aria-label": t("door.show") }}
            />
          ) : (
            <TextInput
              name="secret"
              label={t("security.proveCode")}
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              withAsterisk={false}
              maxLength={40}
              data-autofocus
            />
          )}
          <div className={classes.buttons}>
            <Button type="submit" variant="filled" loading={busy}>
              {t("security.proveSubmit")}
            </Button>
          </div>
        </form>
      ) : null}
      {ways.passkey ? (
        <Button
          loading={busy}
          leftSection={<IconKey size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() =>
            show(async () => ({ by: "passkey", response: await showPasskey("prove") }))
          }
        >
          {t("security.provePasskey")}
        </Button>
      ) : null}
      {ways.providers.map((provider) => (
        <Button
          key={provider.id}
          component="a"
          href={providerPath(provider.id, { purpose: "prove", next: "/settings/security" })}
        >
          {t("security.proveWith", { provider: provider.name })}
        </Button>
      ))}
      {byText || ways.passkey || ways.providers.length > 0 ? null : (
        <p>{t("security.proveNone")}</p>
      )}
    </div>
  );
}
