/** A booking of a guest that the demonstration begins with. */
export type Example = {
  readonly link: string;
  readonly workingDay: number;
  readonly minute: number;
  readonly guest: string;
  readonly email: string;
  readonly zone: string;
  readonly subject: string;
  readonly confirmed: boolean;
};

/** Counted in working days from today: whatever day of the week it is, the week has something in it. */
export const EXAMPLES: readonly Example[] = [
  {
    link: "demo",
    workingDay: -1,
    minute: 600,
    guest: "Rizky Pratama",
    email: "rizky@sagara.example",
    zone: "Asia/Jakarta",
    subject: "Sagara Foods: onboarding kick-off",
    confirmed: true,
  },
  {
    link: "demo-quick",
    workingDay: 0,
    minute: 870,
    guest: "Emi Kato",
    email: "emi.kato@hoshi.example",
    zone: "Asia/Tokyo",
    subject: "Hoshi Robotics: roadmap review",
    confirmed: true,
  },
  {
    link: "demo-quick",
    workingDay: 0,
    minute: 960,
    guest: "Tom Becker",
    email: "tom.becker@nordwind.example",
    zone: "Europe/Berlin",
    subject: "Nordwind Logistics: intro call",
    confirmed: true,
  },
  {
    link: "demo",
    workingDay: 1,
    minute: 600,
    guest: "Claire Dubois",
    email: "claire@ateliernord.example",
    zone: "Europe/Paris",
    subject: "Atelier Nord: design session",
    confirmed: true,
  },
  {
    link: "demo",
    workingDay: 2,
    minute: 960,
    guest: "Lukas Brandt",
    email: "lukas.brandt@halden.example",
    zone: "Europe/Oslo",
    subject: "Halden Energy: discovery",
    confirmed: false,
  },
  {
    link: "demo",
    workingDay: 3,
    minute: 540,
    guest: "Sarah Chen",
    email: "sarah.chen@kestrel.example",
    zone: "America/Los_Angeles",
    subject: "Kestrel Health: discovery",
    confirmed: false,
  },
];
