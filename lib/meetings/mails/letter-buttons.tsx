import { Link, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import { text } from "@/lib/mail/letter-frame";
import { palette } from "@/lib/mail/palette";
import type { Action, Letter } from "./letter";
import { padEnd } from "./sides";

type Direction = Letter["direction"];

function Button({ action }: { readonly action: Action }) {
  const style: CSSProperties = {
    ...text(15, 22, palette.text, action.primary ? 600 : 500),
    display: "inline-block",
    padding: "10px 18px",
    borderRadius: "8px",
    textDecoration: "none",
    whiteSpace: "nowrap",
    border: `1px solid ${action.primary ? palette.accent : palette.lineStrong}`,
    backgroundColor: action.primary ? palette.accent : palette.surface,
    ...(action.primary ? { color: palette.onAccent } : {}),
  };
  const scheme = action.primary ? "m-primary" : "m-second";
  return (
    <Link href={action.url} className={`m-button ${scheme}`} style={style}>
      {action.label}
    </Link>
  );
}

/** What there is to do, the first thing first. */
export const Buttons = ({
  actions,
  direction,
}: {
  readonly actions: readonly Action[];
  readonly direction: Direction;
}) => (
  <table role="presentation" cellPadding={0} cellSpacing={0} width="100%">
    <tbody>
      <tr>
        {actions.map((action) => (
          <td key={action.url} className="m-cell" style={padEnd(8, direction)}>
            <Button action={action} />
          </td>
        ))}
        <td className="m-hide" width="100%" />
      </tr>
    </tbody>
  </table>
);

/** The question whether one comes, and a button for each answer. */
export const AnswerButtons = ({
  answers,
  direction,
}: {
  readonly answers: NonNullable<Letter["answers"]>;
  readonly direction: Direction;
}) => (
  <>
    <Text className="m-text" style={{ ...text(15, 22, palette.text, 600), padding: "20px 0 8px" }}>
      {answers.question}
    </Text>
    <Buttons actions={answers.options} direction={direction} />
  </>
);
