import type { ReactNode } from "react";
import controls from "./controls.module.css";
import type { IconName } from "./icon";
import { Icon } from "./icon";
import styles from "./plain-card.module.css";

/** A page with one thing to say, and perhaps one thing to do. */
export function PlainCard({
  icon,
  tone = "neutral",
  title,
  children,
}: {
  readonly icon: IconName;
  readonly tone?: "neutral" | "ok" | "wait" | "harm";
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <article className={`${controls.card} ${styles.card}`}>
      <span className={`${styles.badge} ${styles[tone]}`}>
        <Icon name={icon} />
      </span>
      <div className={styles.text}>
        <h1 className={controls.h1}>{title}</h1>
        {children}
      </div>
    </article>
  );
}
