import { Tag } from "@/components/ui/tag";
import type { ScoreReason } from "@/lib/forecasting/core/panel";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";

/** What moves a score, the strongest first: an arrow for those who see it, words for those who do not. */
export function Reasons({ reasons }: { reasons: readonly ScoreReason[] }) {
  return (
    <ul className={classes.list}>
      {reasons.map(({ feature, value, effect }) => (
        <li key={feature}>
          <Tag tone={effect > 0 ? "ok" : "warn"}>
            <span aria-hidden="true">
              {effect > 0 ? "↑" : "↓"} {feature}: {value}
            </span>
            <span className="sr-only">
              {t(effect > 0 ? "score.reason.up" : "score.reason.down", { feature, value })}
            </span>
          </Tag>
        </li>
      ))}
    </ul>
  );
}
