import { words } from "../words";
import { auth } from "./auth";
import { TextLink } from "./auth-link";
import { AuthPage } from "./auth-page";
import { MailForm } from "./mail-form";

const say = words.password;

export const ForgotPasswordPage = () => (
  <AuthPage title={say.forgotTitle} below={<TextLink to="/sign-in">{say.back}</TextLink>}>
    <MailForm hint={say.forgotHint} submit={say.send} send={auth.requestReset} sent={say.sent} />
  </AuthPage>
);
