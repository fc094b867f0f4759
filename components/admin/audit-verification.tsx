"use client";

import { Button, CopyButton, Progress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconShieldCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { SectionHead } from "@/components/ui/page-head";
import type { VerificationLine } from "@/lib/workspace/core/verification";
import { t } from "./admin-text";
import classes from "./audit.module.css";

type State = VerificationLine | { readonly verdict: "stopped" } | undefined;

const INTERRUPTED: VerificationLine = { verdict: "interrupted" };

/** Reads a stream of JSON lines as they come. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<VerificationLine> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line) as VerificationLine;
  }
}

async function verify(signal: AbortSignal, tell: (line: VerificationLine) => void): Promise<void> {
  const answer = await fetch("/api/v1/admin/audit/verification", { signal });
  if (!answer.ok || answer.body === null) return tell(INTERRUPTED);
  let ended = false;
  for await (const line of linesOf(answer.body)) {
    ended = "verdict" in line;
    tell(line);
  }
  // A stream that just ends has not said that everything is right.
  if (!ended) tell(INTERRUPTED);
}

function Running({ rows, of }: { rows: number; of: number }) {
  return (
    <div className={classes.running}>
      <Progress
        value={of === 0 ? 100 : (rows / of) * 100}
        aria-label={t("audit.verifyTitle")}
        size="sm"
        transitionDuration={0}
      />
      <p>{t("audit.progress", { rows: String(rows), of: String(of) })}</p>
    </div>
  );
}

function Right({ rows, anchor }: { rows: number; anchor: string | null }) {
  return (
    <div className={classes.verdict} data-tone="ok">
      <IconCircleCheck size={16} stroke={1.6} aria-hidden="true" />
      <div>
        <p>{t("audit.right", { rows })}</p>
        {anchor === null ? null : (
          <>
            <p>{t("audit.anchor")}</p>
            <code>{anchor}</code>
            <CopyButton value={anchor}>
              {({ copied, copy }) => (
                <Button size="xs" onClick={copy}>
                  {t(copied ? "audit.copied" : "audit.copy")}
                </Button>
              )}
            </CopyButton>
          </>
        )}
      </div>
    </div>
  );
}

function Verdict({ state }: { state: Exclude<State, undefined> }) {
  if (!("verdict" in state)) return <Running rows={state.rows} of={state.of} />;
  if (state.verdict === "ok") return <Right rows={state.rows} anchor={state.anchor} />;
  const words =
    state.verdict === "broken"
      ? t("audit.broken", { sequence: state.sequence, fault: state.fault })
      : t(`audit.${state.verdict}`);
  return (
    <div className={classes.verdict} data-tone={state.verdict === "broken" ? "danger" : "warn"}>
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
      <p>{words}</p>
    </div>
  );
}

/** Walks the whole log on the server, shows how far it is, and says which entry is wrong. Can be left at any time. */
export function AuditVerification() {
  const [state, setState] = useState<State>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const isRunning = state !== undefined && !("verdict" in state);
  const start = () => {
    const controller = new AbortController();
    running.current = controller;
    setState({ rows: 0, of: 0 });
    verify(controller.signal, setState).catch(() => {
      setState(controller.signal.aborted ? { verdict: "stopped" } : INTERRUPTED);
    });
  };
  return (
    <section className={classes.verification} aria-labelledby="h-verify">
      <SectionHead id="h-verify" title={t("audit.verifyTitle")}>
        {isRunning ? (
          <Button onClick={() => running.current?.abort()}>{t("audit.stop")}</Button>
        ) : (
          <Button
            leftSection={<IconShieldCheck size={16} stroke={1.6} aria-hidden="true" />}
            onClick={start}
          >
            {t("audit.verify")}
          </Button>
        )}
      </SectionHead>
      <p className={classes.words}>{t("audit.verifyWords")}</p>
      <div role="status">{state === undefined ? null : <Verdict state={state} />}</div>
    </section>
  );
}
