"use client";

import { Radio } from "@mantine/core";
import classes from "./editor.module.css";
import { MinutesField } from "./minutes-field";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

/** Whether a booking is agreed at once or asked for. */
export function ApprovalSection({ draft, errors, set }: SectionProps) {
  return (
    <Section id="approval" title={words("approval.title")}>
      <Radio.Group
        aria-label={words("approval.title")}
        value={draft.needsApproval ? "ask" : "now"}
        error={errors.needsApproval}
        onChange={(value) => set({ needsApproval: value === "ask" })}
      >
        <div className={classes.cards}>
          {(["now", "ask"] as const).map((value) => (
            <Radio.Card
              key={value}
              value={value}
              className={classes.card}
              aria-label={words(`approval.${value}`)}
            >
              <Radio.Indicator />
              <span>
                <b>{words(`approval.${value}`)}</b>
                <small>{words(`approval.${value}Words`)}</small>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {draft.needsApproval ? (
        <div className={classes.two}>
          <MinutesField
            label={words("approval.hold")}
            description={words("approval.holdHelp")}
            value={draft.holdMinutes}
            error={errors.holdMinutes}
            onChange={(holdMinutes) => set({ holdMinutes })}
          />
        </div>
      ) : null}
    </Section>
  );
}
