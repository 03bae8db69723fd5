import { clients as words } from "../words/clients";
import { keyPlaceholder, type Server } from "./configs";
import { shellArgument } from "./quoting";
import { keyCommand } from "./rest-commands";
import type { ClientId } from "./search";

export type Step = {
  text: string;
  code?: { label: string; text: string };
  /** Where the step is a press of a button. */
  links?: { label: string; href: string }[];
};
export type Way = { title: string; steps: Step[] };
/** The first way is the one to take; the others are for those who need them. */
export type Instructions = { notice?: string; ways: [Way, ...Way[]] };

const { steps: say, add } = words;
const withCode =
  (label: string) =>
  (text: string, code: string): Step => ({
    text,
    code: { label, text: code },
  });

export const shell = withCode(add.code.command);
export const paste = withCode(add.code.file);
export const address = withCode(add.code.address);
export const header = withCode(add.code.header);

/** `command` as it stands, and what it is given. */
export const commandOf = (command: string, ...given: string[]): string =>
  [command, ...given.map(shellArgument)].join(" ");
export const run = (command: string, ...given: string[]): Step =>
  shell(say.terminal, commandOf(command, ...given));
export const file = (path: string, config: string): Step => paste(say.addToFile(path), config);
export const setKey = ({ key }: Server, text: string): Step =>
  shell(text, keyCommand(key ?? keyPlaceholder));

export const calledOf = (client: ClientId): string =>
  words.choose.called[client] ?? words.choose.names[client];

export const mainWay =
  (client: ClientId) =>
  (steps: Step[], ...others: Way[]): Instructions => ({
    ways: [{ title: add.title(calledOf(client)), steps }, ...others],
  });
