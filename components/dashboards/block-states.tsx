"use client";

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "@/components/charts/chart-text";
import classes from "./block-frame.module.css";

/** A block not yet there, as high as it will be. */
export function BlockWaiting({ title, height }: { title: string; height: number }) {
  return (
    <div className={classes.waiting} style={{ minHeight: height }}>
      <span className="sr-only">{t("block.loading", { title })}</span>
    </div>
  );
}

/** A block that did not come: why, what to do, and the reference the log knows it by. */
export function BlockFailed({
  cause,
  reference,
  onRetry,
}: {
  cause: "slow" | "defect";
  reference: string;
  onRetry: () => void;
}) {
  return (
    <div className={classes.failed} role="alert">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
      <p>
        <b>{t("block.failed")}</b> {t(`block.${cause}`)}
      </p>
      <Button
        size="xs"
        leftSection={<IconRefresh size={14} stroke={1.6} aria-hidden="true" />}
        onClick={onRetry}
      >
        {t("block.retry")}
      </Button>
      <small>{t("block.reference", { reference })}</small>
    </div>
  );
}

/** Nothing to show: why, and the one thing to do. */
export function BlockEmpty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
