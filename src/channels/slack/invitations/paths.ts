/** The page of an invitation: `/invitations/<tenant>/<token>`. */
export const invitationPath = '/invitations/'
/** Where Slack sends people back who signed in to accept one. */
export const signedInPath = '/slack/signed_in'

/** Is it an invitation's page, or where its sign-in comes back to? */
export const isInvitationPath = (path: string): boolean => path === signedInPath || path.startsWith(invitationPath)
