const others = ["connection.sync", "connection.access", "connection.import"];

/** Whether an entry of the audit log says something of how a connection signs in. */
export const tellsOfSignIn = (action: string): boolean => !others.includes(action);
