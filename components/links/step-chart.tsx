import type { LinkDay, Period } from "@/lib/links/core/statistics";
import classes from "./statistics.module.css";
import { words } from "./words";

const HEIGHT = 160;

/** Visits as bars behind, bookings as bars before them, one step each; the table below holds the same. */
export function StepChart({
  steps,
  step,
  dateText,
}: {
  steps: readonly LinkDay[];
  step: Period["step"];
  dateText: (day: LinkDay) => string;
}) {
  const most = Math.max(1, ...steps.map(({ views, bookings }) => Math.max(views, bookings)));
  const heightOf = (count: number): number => (count / most) * HEIGHT;
  const first = steps[0];
  const last = steps.at(-1);
  return (
    <figure className={classes.chart}>
      <figcaption>
        <b>{words("statistics.chart")}</b> {words("statistics.chartUnit", { step })}
        <span className={classes.legend}>
          <span data-of="views">{words("statistics.views")}</span>
          <span data-of="bookings">{words("statistics.bookings")}</span>
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${steps.length * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words("statistics.chart")}, ${words("statistics.chartUnit", { step })}`}
      >
        {steps.map((day, index) => (
          <g key={day.date}>
            <title>
              {`${dateText(day)}: ${words("statistics.visits", { count: day.views })}, ${words("statistics.booked", { count: day.bookings })}`}
            </title>
            <rect
              x={index * 10 + 1}
              width={8}
              y={HEIGHT - heightOf(day.views)}
              height={heightOf(day.views)}
              className={classes.barViews}
            />
            <rect
              x={index * 10 + 3}
              width={4}
              y={HEIGHT - heightOf(day.bookings)}
              height={heightOf(day.bookings)}
              className={classes.barBookings}
            />
          </g>
        ))}
      </svg>
      <p className={classes.axis} aria-hidden="true">
        <span>{first === undefined ? "" : dateText(first)}</span>
        <span>{last === undefined ? "" : dateText(last)}</span>
      </p>
      <p className={classes.most} aria-hidden="true">
        {most}
      </p>
    </figure>
  );
}
