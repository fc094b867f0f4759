"use client";

import { Button, Modal, Radio } from "@mantine/core";
import { useState } from "react";
import { t } from "@/components/ui/office-text";
import classes from "./series.module.css";
import { say } from "./series-words";

/** Which dates of a series are meant. */
export type Scope = "one" | "following" | "all";

const SCOPES = ["one", "following", "all"] as const;

/** Asks which dates of a series a change is meant for, before it is made. */
export function SeriesScope({
  what,
  opened,
  pending,
  onlyOthers = false,
  onChoose,
  onClose,
}: {
  readonly what: "save" | "cancel";
  readonly opened: boolean;
  readonly pending: boolean;
  /** Another way to repeat is nothing one date alone can have. */
  readonly onlyOthers?: boolean;
  readonly onChoose: (scope: Scope) => void;
  readonly onClose: () => void;
}) {
  const [chosen, setScope] = useState<Scope>("one");
  const scope = onlyOthers && chosen === "one" ? "following" : chosen;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say(what === "save" ? "scope.saveTitle" : "scope.cancelTitle")}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      <div className={classes.scope}>
        <Radio.Group
          aria-label={say(what === "save" ? "scope.saveTitle" : "scope.cancelTitle")}
          value={scope}
          onChange={(value) => setScope(value as Scope)}
        >
          <div className={classes.radios}>
            {SCOPES.filter((one) => !(onlyOthers && one === "one")).map((one) => (
              <Radio
                key={one}
                value={one}
                label={say(`scope.${one}`)}
                description={what === "save" ? say(`scope.${one}Help`) : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <div className={classes.acts}>
          <Button variant="subtle" onClick={onClose}>
            {say("scope.back")}
          </Button>
          <Button
            variant="filled"
            {...(what === "cancel" ? { color: "danger" } : {})}
            loading={pending}
            onClick={() => onChoose(scope)}
          >
            {say(what === "save" ? "scope.go" : "scope.goCancel")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
