import type { RefObject } from "react";
import { Icon } from "@/components/guest/icon";
import type { Words } from "@/components/guest/words";
import styles from "./details.module.css";
import type { Problem } from "./form-problems";

/** What is wrong, all of it in one place, each leading to its field. */
export function ProblemSummary({
  problems,
  message,
  words,
  alert,
}: {
  readonly problems: readonly Problem[];
  /** What happened when it is no field's fault. */
  readonly message: string | undefined;
  readonly words: Words;
  readonly alert: RefObject<HTMLElement | null>;
}) {
  const title = message ?? words("details.problems", { count: problems.length });
  return (
    <section
      className={styles.alert}
      role="alert"
      tabIndex={-1}
      aria-labelledby="problems"
      ref={alert}
    >
      <Icon name="alert" />
      <div>
        <h2 id="problems">{title}</h2>
        <ul className={styles.problems}>
          {problems.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
