import { AccountPage } from "./account-page";
import { FactorSection } from "./factor-section";
import { PasskeysSection } from "./passkeys-section";
import { PasswordSection } from "./password-section";
import { SessionsSection } from "./sessions-section";

export const SecurityPage = () => (
  <AccountPage>
    {(account) => (
      <>
        <PasswordSection account={account} />
        <FactorSection account={account} />
        <PasskeysSection />
        <SessionsSection />
      </>
    )}
  </AccountPage>
);
