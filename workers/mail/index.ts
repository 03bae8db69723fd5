export { readOutbox } from "./outbox";
export { keepsMail, requireMail, sendMail, type Mail } from "./send";
