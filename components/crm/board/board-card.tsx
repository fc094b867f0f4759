import {
  IconAlertTriangle,
  IconArrowRight,
  IconCheckbox,
  IconClock,
  IconHourglass,
  IconMail,
  IconPhone,
  IconVideo,
} from "@tabler/icons-react";
import { memo } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import type { BoardCard } from "@/lib/crm/core/board";
import type { ForecastCategory } from "@/lib/crm/core/lead";
import { formatMoneyShort } from "@/lib/crm/core/money";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { t } from "./board-text";
import classes from "./card.module.css";
import { closeLateDays, dayWords, stepWords } from "./card-words";

const ICONS = { call: IconPhone, mail: IconMail, meeting: IconVideo, task: IconCheckbox } as const;

/** What every card of a board is drawn with; the same object for all, so that a card is drawn again only for itself. */
export type CardLook = {
  readonly reader: ScreenReader;
  readonly now: Instant;
  readonly today: CalendarDate;
  readonly currency: string;
  /** Forecast categories are shown and can be changed. */
  readonly forecast: boolean;
  readonly hrefOf: (id: string) => string;
  readonly onMenu: (id: string) => void;
  readonly onCategory: (id: string, category: ForecastCategory) => void;
};

function Amount({ card, look }: { card: BoardCard; look: CardLook }) {
  const { baseMinor, amountMinor, currency } = card;
  if (baseMinor !== null)
    return (
      <span className={classes.amount}>
        {formatMoneyShort({ minor: baseMinor, currency: look.currency }, look.reader.locale)}
      </span>
    );
  return (
    <span className={classes.amount} data-missing>
      {amountMinor === null ? t("card.noAmount") : t("card.noRate")}
      <span className="sr-only">{currency}</span>
    </span>
  );
}

/** Product, and the amount in its own currency where that is another one. */
function aboutOf(card: BoardCard, look: CardLook): string {
  const own =
    card.amountMinor !== null && card.currency !== look.currency
      ? formatMoneyShort(
          { minor: card.amountMinor, currency: card.currency },
          look.reader.locale,
          "code",
        )
      : null;
  return [card.product ?? card.name, own].filter((part) => part !== null).join(" · ");
}

function Step({ card, look }: { card: BoardCard; look: CardLook }) {
  if (card.next === null)
    return (
      <span className={classes.step} data-tone="warn">
        <IconAlertTriangle size={14} stroke={1.6} aria-hidden="true" />
        {t("card.noStep")}
      </span>
    );
  const Icon = ICONS[card.next.kind];
  const { what, when, lateDays } = stepWords(card.next, look.now, look.reader);
  return (
    <span className={classes.step}>
      <Icon size={14} stroke={1.6} aria-hidden="true" />
      <span className="clip">{what}</span>
      <span className={classes.when} data-late={lateDays > 0 || undefined}>
        {when}
      </span>
    </span>
  );
}

function Close({ card, look }: { card: BoardCard; look: CardLook }) {
  const late = closeLateDays(card, look.today);
  if (late > 0)
    return (
      <span className={classes.tag} data-tone="danger">
        <IconClock size={12} stroke={1.8} aria-hidden="true" />
        <span aria-hidden="true">{t("card.closeLate", { days: late })}</span>
        <span className="sr-only">, {t("card.closeLateWords", { days: late })}</span>
      </span>
    );
  if (card.expectedClose === null) return null;
  return (
    <span className={classes.close}>
      {dayWords(card.expectedClose, look.today, look.reader.locale)}
    </span>
  );
}

function Foot({ card, look }: { card: BoardCard; look: CardLook }) {
  return (
    <span className={classes.foot}>
      {card.ownerName === null ? null : (
        <>
          <Avatar name={card.ownerName} size={24} photoId={card.ownerPhotoId} />
          <span className="sr-only">{t("card.owner", { name: card.ownerName })}</span>
        </>
      )}
      {card.rotDays === null ? null : (
        <span className={classes.tag} data-tone="warn">
          <IconHourglass size={12} stroke={1.8} aria-hidden="true" />
          <span aria-hidden="true">{t("card.rotting", { days: card.rotDays })}</span>
          <span className="sr-only">, {t("card.rottingWords", { days: card.rotDays })}</span>
        </span>
      )}
      <Close card={card} look={look} />
      {card.meetings === 0 ? null : (
        <span className={classes.meetings}>
          <IconVideo size={14} stroke={1.6} aria-hidden="true" />
          <span aria-hidden="true">{card.meetings}</span>
          <span className="sr-only">{t("card.meetings", { count: card.meetings })}</span>
        </span>
      )}
    </span>
  );
}

/** The face of a card: also what is carried while it is dragged. */
export function CardFace({ card, look }: { card: BoardCard; look: CardLook }) {
  return (
    <>
      <span className={classes.top}>
        <b className="clip">{card.title}</b>
        <Amount card={card} look={look} />
      </span>
      <span className={`${classes.about} clip`}>{aboutOf(card, look)}</span>
      <Step card={card} look={look} />
      <Foot card={card} look={look} />
    </>
  );
}

const CATEGORIES = ["pipeline", "best_case", "commit", "omitted"] as const;

/**
 * One deal: a link to its panel, which arrows walk along and Space lifts. Beside the link stand what a link must not
 * hold: its menu, and on the forecast board its category.
 */
export const DealCard = memo(function DealCard({
  card,
  look,
  open,
  lifted,
  saving,
}: {
  card: BoardCard;
  look: CardLook;
  open: boolean;
  lifted: boolean;
  saving: boolean;
}) {
  return (
    <article
      className={classes.card}
      data-open={open || undefined}
      data-lifted={lifted || undefined}
      data-saving={saving || undefined}
    >
      <a
        href={look.hrefOf(card.id)}
        className={classes.link}
        data-card={card.id}
        data-changeable={card.changeable || undefined}
        draggable={false}
        aria-describedby="board-hint"
        aria-current={open ? "true" : undefined}
      >
        <CardFace card={card} look={look} />
      </a>
      {look.forecast ? (
        <select
          className={classes.category}
          aria-label={t("category.of", { title: card.title })}
          value={card.category}
          disabled={!card.changeable}
          onChange={(event) =>
            look.onCategory(card.id, event.currentTarget.value as ForecastCategory)
          }
        >
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {t(`category.${category}`)}
            </option>
          ))}
        </select>
      ) : null}
      {card.changeable ? (
        <button
          type="button"
          className={classes.menu}
          aria-label={t("card.move", { title: card.title })}
          title={t("card.move", { title: card.title })}
          onClick={() => look.onMenu(card.id)}
        >
          <IconArrowRight size={14} stroke={1.6} aria-hidden="true" />
        </button>
      ) : null}
    </article>
  );
});
