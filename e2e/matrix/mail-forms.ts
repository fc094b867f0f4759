import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const WORDS = { event: "confirmed", role: "guest", locale: "en" } as const;

async function workspaceOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ workspace_id: string }>(
    "SELECT workspace_id FROM meeting WHERE id = $1",
    [about.id],
  );
  return rows[0]?.workspace_id ?? "";
}

/** The forms of the mailroom, and the one behind the buttons of an invitation. */
export const mailForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  answerInvitationAction: async () => ({ token: "bm90aGluZw.zz.bm90aGluZw", answer: "accepted" }),
  chooseRemindersAction: async () => ({ minutes: "30" }),
  liftSuppressionAction: async () => {
    const email = `${randomUUID()}@example.org`;
    await world.db.query(
      "INSERT INTO mail_suppression (workspace_id, email, reason) VALUES ($1, $2, 'no such user')",
      [await workspaceOf(world, about), email],
    );
    return { email, reason: "It exists again" };
  },
  previewMailAction: async () => ({ ...WORDS }),
  resetTemplateAction: async () => {
    await world.db.query("DELETE FROM mail_template");
    await world.db.query(
      "INSERT INTO mail_template (workspace_id, event, role, locale, subject, opening) VALUES ($1, $2, $3, $4, 'S', 'O')",
      [await workspaceOf(world, about), WORDS.event, WORDS.role, WORDS.locale],
    );
    return { ...WORDS, version: "1" };
  },
  retryMailAction: async () => {
    const { rows } = await world.db.query<{ id: string }>(
      "UPDATE mail_message SET state = 'bounced' WHERE id = (SELECT id FROM mail_message WHERE meeting_id = $1 ORDER BY created_at LIMIT 1) RETURNING id",
      [about.id],
    );
    return { mailId: rows[0]?.id ?? randomUUID() };
  },
  saveTemplateAction: async () => {
    await world.db.query("DELETE FROM mail_template");
    return { ...WORDS, subject: "{{topic}}", opening: "Welcome.", version: "0" };
  },
});
