import { expect, test } from "vitest";
import { LOCALES, localeDirection } from "@/lib/i18n/locale";
import { MAIL_EVENTS, MAIL_MATRIX } from "@/lib/meetings/core/mail-events";
import { renderMeetingMail } from "@/lib/meetings/mails/render-meeting-mail";
import { MIKA, mailFactsOf } from "@/lib/testing/factories/mails";

const inArabic = (hourCycle: 12 | 24 = 24) =>
  renderMeetingMail(
    mailFactsOf({
      event: "confirmed",
      meeting: { guest: MIKA },
      reader: { role: "guest", locale: "ar", hourCycle },
    }),
  );

const ISOLATED_RANGE = "\u206814:00–15:00\u2069";

/** Direction and language of the page. */
const pageTag = (html: string) => /<html dir="(\w+)" lang="(\w+)">/.exec(html)?.slice(1);

for (const locale of LOCALES)
  test(`every event can be told to every reader in ${locale}`, async () => {
    for (const event of MAIL_EVENTS)
      for (const role of MAIL_MATRIX[event]) {
        const facts = mailFactsOf({ event, meeting: { guest: MIKA }, reader: { role, locale } });
        const { subject, html, text } = await renderMeetingMail(facts);
        expect(subject).toContain("Roadmap review");
        expect(pageTag(html)).toEqual([localeDirection(locale), locale]);
        for (const said of [subject, html, text]) expect(said).not.toMatch(/\{\w+\}|undefined/);
      }
  });

test("an Arabic mail runs from the right where programs drop the page's own direction", async () => {
  const { html } = await inArabic();
  expect(pageTag(html)).toEqual(["rtl", "ar"]);
  // The page of a mail is often thrown away; its tables are not.
  expect(/<table[^>]*class="m-outer"[^>]*>/.exec(html)?.[0]).toContain('dir="rtl"');
  expect(html).not.toMatch(/text-align:(start|end)/);
  expect(html).toContain("text-align:right");
  // Joined letters must not be pulled together.
  expect(html).not.toContain("letter-spacing:-");
});

test("times in an Arabic mail are read from the earlier to the later one, in Latin digits", async () => {
  const { html, text, subject } = await inArabic();
  expect(html).toContain(ISOLATED_RANGE);
  expect(text).toContain(ISOLATED_RANGE);
  expect(text).toContain("الأربعاء، 18 نوفمبر 2026");
  expect(subject).toContain("\u206814:00\u2069 (\u2068JST\u2069)");
  expect(text).not.toMatch(/[٠-٩]/);
  expect((await inArabic(12)).text).toContain("\u20682:00 م – 3:00 م\u2069");
});

test("an Arabic text part says its direction line by line and leaves addresses alone", async () => {
  const { text, ics } = await inArabic();
  const lines = text.split("\n").filter((line) => /[\u0600-\u06ff]/.test(line));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !line.startsWith("\u200f"))).toEqual([]);
  for (const url of text.match(/https?:\/\/\S+/g) ?? []) expect(url).toMatch(/^[\x21-\x7e]+$/);
  const unfolded = ics?.content.replaceAll("\r\n ", "") ?? "";
  for (const url of unfolded.match(/https?:\/\/[^\s\\]+/g) ?? [])
    expect(url).toMatch(/^[\x21-\x7e]+$/);
});

test("cities are called by the reader's language", async () => {
  const saidIn = async (locale: string) =>
    (await renderMeetingMail(mailFactsOf({ reader: { locale } }))).text;
  expect(await saidIn("de")).toContain("Ihre Zeit in Tokio (GMT+9)");
  expect(await saidIn("id")).toContain("Waktu Anda di Tokyo (GMT+9)");
  expect(await saidIn("ja")).toContain("お使いのタイムゾーン: 東京 (GMT+9)");
  expect(await saidIn("ar")).toContain("طوكيو");
});

test("a German mail gives the zone as Germans write it", async () => {
  const { subject } = await renderMeetingMail(
    mailFactsOf({ reader: { locale: "de", zone: "Europe/Berlin" } }),
  );
  expect(subject).toContain("@ 06:00 (MEZ)");
});
